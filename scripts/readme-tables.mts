/**
 * Writes the tables of inputs, outputs and failures in README.md from the documentation in the code and in
 * docs/errors.md, so that each thing is said once: `npm run docs`. They stand between `<!-- inputs -->` and
 * `<!-- /inputs -->`, likewise for outputs and failures.
 */
import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import ts from "typescript";
import { documentedMembers, type DocumentedMember } from "./readme-tables/documented-members.mts";
import { effectsOfInputs } from "./readme-tables/effects-of-inputs.mts";
import { failureRows } from "./readme-tables/failure-table.mts";

const repository = resolve(import.meta.dirname, "..");
const readme = resolve(repository, "README.md");

/** The README as it should be, given how it is. */
export async function withTables(text: string): Promise<string> {
  const program = ts.createProgram(
    ["src/program/ecs-task-args.ts", "src/program/ecs-task.ts", "src/inputs/inputs-and-effects.ts"].map(
      (file) => resolve(repository, file),
    ),
    { strict: true, noEmit: true, module: ts.ModuleKind.Node16, skipLibCheck: true, types: ["node"] },
  );
  const effects = effectsOfInputs(program, resolve(repository, "src/inputs/inputs-and-effects.ts"));
  const inputs = documentedMembers(
    program,
    resolve(repository, "src/program/ecs-task-args.ts"),
    "EcsTaskArgs",
  );
  const outputs = documentedMembers(program, resolve(repository, "src/program/ecs-task.ts"), "EcsTask");
  const failures = failureRows(await readFile(resolve(repository, "docs/errors.md"), "utf8"));
  const tables = {
    inputs: inputTable(inputs, effects),
    outputs: outputTable(outputs),
    failures: table(["what you see", "code", "what it means", "what to do"], failures),
  };
  const replaced = Object.entries(tables).reduce((all, [marker, rows]) => between(all, marker, rows), text);
  return format(replaced, { ...(await resolveConfig(readme)), parser: "markdown" });
}

/** How the README says what a change leads to. */
const CHANGES: Readonly<Record<string, string>> = { "re-run": "**run**", judge: "judge", update: "update" };

function inputTable(inputs: readonly DocumentedMember[], effects: ReadonlyMap<string, string>): string {
  const rows = inputs.map(({ name, type, isOptional, defaultValue, meaning }) => {
    const change = CHANGES[effects.get(name) ?? ""];
    if (!change) throw new Error(`inputs-and-effects.ts does not say what a change of ${name} leads to`);
    // What the column "a change" says already.
    const rest = meaning.replaceAll(/ ?A change runs (a new task|new tasks)\./g, "").trim();
    return [`\`${name}\``, type, isOptional ? (defaultValue ?? "none") : "required", change, rest];
  });
  return table(["name", "type", "default", "a change", "meaning"], rows);
}

function outputTable(outputs: readonly DocumentedMember[]): string {
  return table(
    ["name", "type", "meaning"],
    outputs.map(({ name, type, meaning }) => [`\`${name}\``, type, meaning]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "-"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function between(text: string, marker: string, content: string): string {
  const pattern = new RegExp(`(<!-- ${marker} -->).*(<!-- /${marker} -->)`, "s");
  if (!pattern.test(text)) throw new Error(`README.md has no place for the table of ${marker}`);
  return text.replace(pattern, (_all, open: string, close: string) => `${open}\n\n${content}\n\n${close}`);
}

if (process.argv[1] === import.meta.filename) {
  await writeFile(readme, await withTables(await readFile(readme, "utf8")));
}
