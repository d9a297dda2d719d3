import { rmSync } from "node:fs";
import { copyFile, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { succeed } from "./command";

const repository = resolve(__dirname, "../../..");

/** The packages that are published, by their folders. */
const FOLDERS = { "pulumi-ecs-task": ".", "local-ecs": "packages/local-ecs" };
export type PackageName = keyof typeof FOLDERS;

/** A package as it would be published. */
export interface Tarball {
  /** Paths of the files in it, sorted. */
  readonly paths: readonly string[];
  /**
   * Names its content, which is the same, byte for byte, as long as the files are: managers keep what they have
   * installed once by its name.
   */
  readonly fileName: string;
  copyTo(folder: string): Promise<void>;
}

const packed = new Map<PackageName, Promise<Tarball>>();

/** Packs what is built, once. */
export function packedTarball(name: PackageName): Promise<Tarball> {
  const tarball = packed.get(name) ?? pack(name);
  packed.set(name, tarball);
  return tarball;
}

async function pack(name: PackageName): Promise<Tarball> {
  const folder = await mkdtemp(join(tmpdir(), "tarball-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const words = ["npm", "pack", "--json", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const answer = await succeed(words, { cwd: join(repository, FOLDERS[name]) });
  const [{ filename, shasum, files }] = JSON.parse(answer) as [
    { filename: string; shasum: string; files: { path: string }[] },
  ];
  const fileName = `${name}-${shasum}.tgz`;
  return {
    paths: files.map(({ path }) => path).sort(),
    fileName,
    copyTo: (target) => copyFile(join(folder, filename), join(target, fileName)),
  };
}
