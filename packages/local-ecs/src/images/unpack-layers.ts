import { mkdir, readdir, realpath, rm } from "node:fs/promises";
import { basename, dirname, join, posix } from "node:path";
import * as tar from "tar";
import { isInside } from "./is-inside";
import type { Layer } from "./image-content";
import { sha256OfFile } from "./sha256";

const WHITEOUT = ".wh.";
const OPAQUE_WHITEOUT = ".wh..wh..opq";

/**
 * Lays the layers of an image over each other in `root`. Files belong to the current user, whoever owns them in the image.
 * @see https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md#whiteouts
 */
export async function unpackLayers(layers: readonly Layer[], root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  for (const { file, digest } of layers) {
    const found = await sha256OfFile(file);
    if (found !== digest)
      throw new Error(`the content of layer ${digest} does not match its digest: it is ${found}`);
    await applyWhiteouts(file, root);
    await extract(file, root).catch((error: unknown) => {
      throw new Error(`layer ${digest} cannot be unpacked: ${(error as Error).message}`, { cause: error });
    });
  }
}

async function extract(file: string, root: string): Promise<void> {
  const problems: (string | Error)[] = [];
  await tar.extract({
    file,
    cwd: root,
    preserveOwner: false,
    strict: false,
    // What cannot be written is no error to this package; what it only remarks on, like a device, may be left out.
    onwarn: (code, problem) => {
      if (code !== "TAR_ENTRY_INFO" && code !== "TAR_ENTRY_UNSUPPORTED") problems.push(problem);
    },
    filter: (path, entry) => {
      if ("linkpath" in entry) keepInside(entry);
      return !basename(path).startsWith(WHITEOUT);
    },
  });
  const [problem] = problems;
  if (problem !== undefined) throw problem instanceof Error ? problem : new Error(problem);
}

/** A link that begins at the image's root, or climbs to it, must lead to the same place in the folder. */
function keepInside(entry: Pick<tar.ReadEntry, "type" | "path" | "linkpath">): void {
  const { type, path, linkpath } = entry;
  if (type !== "SymbolicLink" || linkpath === undefined) return;
  const folder = posix.join("/", posix.dirname(path));
  const isWithin = !posix.normalize(posix.join(folder.slice(1), linkpath)).startsWith("..");
  if (isWithin && !posix.isAbsolute(linkpath)) return;
  entry.linkpath = posix.relative(folder, posix.resolve(folder, linkpath)) || ".";
}

/** Whiteouts hide what the layers below brought, never what their own layer brings: so they come first. */
async function applyWhiteouts(file: string, root: string): Promise<void> {
  const whiteouts: string[] = [];
  await tar.list({
    file,
    onReadEntry: ({ path }) => {
      if (basename(path).startsWith(WHITEOUT)) whiteouts.push(path);
    },
  });
  for (const path of whiteouts) {
    const folder = await inside(root, join(root, dirname(path)));
    if (folder === undefined) continue;
    const name = basename(path);
    const hidden = name === OPAQUE_WHITEOUT ? await readdir(folder) : [name.slice(WHITEOUT.length)];
    for (const entry of hidden.filter(isPlainName))
      await rm(join(folder, entry), { recursive: true, force: true });
  }
}

function isPlainName(name: string): boolean {
  return name !== "" && name !== "." && name !== "..";
}

/** The real folder, if it is there and in the root: a link in the image must not lead a deletion out of it. */
async function inside(root: string, folder: string): Promise<string | undefined> {
  const [realRoot, real] = await Promise.all([realpath(root), realpath(folder).catch(() => undefined)]);
  return real !== undefined && isInside(realRoot, real) ? real : undefined;
}
