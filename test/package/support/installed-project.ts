import { join } from "node:path";
import { cachedFolder, writeFiles, type Files } from "./cache";
import { succeed } from "./command";
import { packageFile } from "./shop-program";
import { packedTarball } from "./tarball";
import { pulumiVersions } from "./versions";

/** A project of a user's, and how it comes to its packages. */
export interface Layout {
  /** Names its folder in the cache. */
  readonly name: string;
  /** All files; `TARBALL` in a `package.json` stands for the packed package, at the root of the project. */
  readonly files: Files;
  /** Installs what the files name, in the folder of the whole project. */
  readonly install: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Installs the packed package, and all else that the layout names, as its manager does. @returns the folder. */
export async function installedProject({ name, files, install, env = {} }: Layout): Promise<string> {
  const tarball = await packedTarball();
  const text = JSON.stringify(files);
  return cachedFolder(name, { text, install, env, tarball: tarball.fileName }, async (folder) => {
    await tarball.copyTo(folder);
    const path = `file:${join(folder, tarball.fileName)}`;
    await writeFiles(
      folder,
      JSON.parse(text.replaceAll("TARBALL", JSON.stringify(path).slice(1, -1))) as Files,
    );
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

/** The package beside an SDK, with nothing in the folder that would need it yet. */
export function installedBeside(age: keyof typeof pulumiVersions): Promise<string> {
  const dependencies = { "@pulumi/pulumi": pulumiVersions[age], "@types/node": "22.19.1" };
  const files = { "package.json": packageFile(dependencies) };
  return installedProject({ name: `beside-${age}`, files, install: npmInstall });
}
