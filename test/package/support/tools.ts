import { join } from "node:path";
import { cachedFolder, writeFiles } from "./cache";
import { succeed } from "./command";
import { managerVersions, nodeVersions, typescriptVersions } from "./versions";

/** Package managers, compilers and Node.js in the versions that users have. */
export interface Tools {
  /** Of a version of Node.js. */
  node(version: keyof typeof nodeVersions): string;
  /** Words that start the compiler of a version. */
  tsc(version: keyof typeof typescriptVersions): readonly string[];
  /** Words that start a package manager. */
  readonly yarn1: readonly string[];
  readonly yarn4: readonly string[];
  readonly pnpm: readonly string[];
}

let installed: Promise<Tools> | undefined;

/** Gets them from npm, once. */
export function installTools(): Promise<Tools> {
  return (installed ??= install());
}

async function install(): Promise<Tools> {
  const platform = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const aliased = (name: string, target: string, version: string) => [name, `npm:${target}@${version}`];
  const dependencies = Object.fromEntries([
    ...Object.entries(nodeVersions).map(([name, version]) =>
      aliased(`node-${name}`, `node-${platform}`, version),
    ),
    ...Object.entries(typescriptVersions).map(([name, version]) =>
      aliased(`typescript-${name}`, "typescript", version),
    ),
    aliased("yarn-1", "yarn", managerVersions.yarn1),
    aliased("yarn-4", "@yarnpkg/cli-dist", managerVersions.yarn4),
    aliased("pnpm-12", "pnpm", managerVersions.pnpm),
  ]) as object;
  const folder = await cachedFolder("tools", dependencies, async (cwd) => {
    await writeFiles(cwd, { "package.json": { private: true, dependencies } });
    await succeed(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd });
  });
  const program = (path: string) => join(folder, "node_modules", path);
  return {
    node: (version) =>
      program(process.platform === "win32" ? `node-${version}/bin/node.exe` : `node-${version}/bin/node`),
    tsc: (version) => [process.execPath, program(`typescript-${version}/bin/tsc`)],
    yarn1: [process.execPath, program("yarn-1/bin/yarn.js")],
    yarn4: [process.execPath, program("yarn-4/bin/yarn.js")],
    pnpm: [process.execPath, program("pnpm-12/bin/pnpm.mjs")],
  };
}
