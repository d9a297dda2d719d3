/** Which unit tests a source file concerns. */
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** Imports of types are left out: they are gone once transpiled. */
const IMPORT = /^(?:import|export)(?! type\b)[^;]*?from "(\.[^"]+)"|\b(?:require|import)\("(\.[^"]+)"\)/gm;

/**
 * The specs of `test/unit` that load one of these files, directly or through others, nearest first: each list needs one
 * more import than the one before.
 */
export function concernedSpecs(root: string, changed: readonly string[]): readonly (readonly string[])[] {
  const importers = importersIn(root);
  const seen = new Set(changed.map((file) => resolve(root, file)));
  const steps: (readonly string[])[] = [];
  for (let files = [...seen]; files.length > 0; files = nextOf(files, importers, seen)) {
    const specs = files.filter((file) => isUnitSpec(root, file));
    if (specs.length > 0) steps.push(specs);
  }
  return steps;
}

function nextOf(
  files: readonly string[],
  importers: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): string[] {
  const next = new Set(files.flatMap((file) => importers.get(file) ?? []).filter((file) => !seen.has(file)));
  for (const file of next) seen.add(file);
  return [...next];
}

function isUnitSpec(root: string, file: string): boolean {
  return file.startsWith(join(root, "test/unit/")) && file.endsWith(".spec.ts") && existsSync(file);
}

function importersIn(root: string): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const name of globSync(["src/**/*.ts", "test/{unit,support,golden}/**/*.ts"], { cwd: root })) {
    const file = join(root, name);
    for (const [, from, loaded] of readFileSync(file, "utf8").matchAll(IMPORT)) {
      const imported = fileOf(resolve(file, "..", from ?? loaded ?? ""));
      importers.set(imported, [...(importers.get(imported) ?? []), file]);
    }
  }
  return importers;
}

function fileOf(path: string): string {
  if (existsSync(`${path}.ts`)) return `${path}.ts`;
  return existsSync(path) && statSync(path).isDirectory() ? join(path, "index.ts") : path;
}
