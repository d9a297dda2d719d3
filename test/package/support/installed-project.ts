import { join } from "node:path";
import { cachedFolder, writeFiles, type Files } from "./cache";
import { succeed } from "./command";
import { packageFile } from "./shop-program";
import { packedTarball, type PackageName } from "./tarball";
import { pulumiVersions } from "./versions";

/** A project of a user's, and how it comes to its packages. */
export interface Layout {
  /** Names its folder in the cache. */
  readonly name: string;
  /** All files; `TARBALL(name)` in a `package.json` stands for that packed package, at the root of the project. */
  readonly files: Files;
  /** Installs what the files name, in the folder of the whole project. */
  readonly install: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Installs the packed packages, and all else that the layout names, as its manager does. @returns the folder. */
export async function installedProject({ name, files, install, env = {} }: Layout): Promise<string> {
  const text = JSON.stringify(files);
  const names = new Set([...text.matchAll(/TARBALL\(([\w-]+)\)/g)].map(([, each]) => each as PackageName));
  const tarballs = await Promise.all(
    [...names].map(async (each) => [each, await packedTarball(each)] as const),
  );
  const fileNames = tarballs.map(([, { fileName }]) => fileName);
  return cachedFolder(name, { text, install, env, fileNames }, async (folder) => {
    let written = text;
    for (const [each, tarball] of tarballs) {
      await tarball.copyTo(folder);
      const path = `file:${join(folder, tarball.fileName)}`;
      written = written.replaceAll(`TARBALL(${each})`, JSON.stringify(path).slice(1, -1));
    }
    await writeFiles(folder, JSON.parse(written) as Files);
    await succeed(install, { cwd: folder, env });
  });
}

/** Words that install with npm, with no lockfile. */
export const npmInstall: readonly string[] = [
  "npm",
  "install",
  "--ignore-scripts",
  "--no-audit",
  "--no-fund",
  "--no-package-lock",
];

/** Both packages beside an SDK, with nothing in the folder that would need them yet. */
export function installedBeside(age: keyof typeof pulumiVersions): Promise<string> {
  const dependencies = {
    "@pulumi/pulumi": pulumiVersions[age],
    "@types/node": "22.19.1",
    "local-ecs": "TARBALL(local-ecs)",
  };
  const files = { "package.json": packageFile(dependencies) };
  return installedProject({ name: `beside-${age}`, files, install: npmInstall });
}
