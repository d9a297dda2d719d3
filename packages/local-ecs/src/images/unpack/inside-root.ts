import { lstatSync, mkdirSync, readlinkSync, rmSync, type Stats } from "node:fs";
import { join, posix } from "node:path";

/** As Linux: more links than this in one path are taken for a loop. */
const MOST_LINKS = 40;

/**
 * Where a path of an image is on this machine: as a container would find it, links included. None leads out of the root,
 * neither by `..` nor by being absolute. What is not there yet has its place all the same.
 *
 * @throws Error when links lead in a circle.
 */
export function placeInRoot(root: string, path: string): string {
  const left = partsOf(path);
  let place: readonly string[] = [];
  let links = 0;
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    if (part === "..") {
      place = place.slice(0, -1);
      continue;
    }
    const next = join(root, ...place, part);
    if (statOf(next)?.isSymbolicLink() !== true) {
      place = [...place, part];
      continue;
    }
    links += 1;
    if (links > MOST_LINKS) throw new Error(`${path}: too many levels of symbolic links`);
    const target = readlinkSync(next);
    if (posix.isAbsolute(target)) place = [];
    left.unshift(...partsOf(target));
  }
  return join(root, ...place);
}

/** The same of a path's folder; its last part is taken as it is, even if it is a link. */
export function placeOfEntry(root: string, path: string): string | undefined {
  const parts = partsOf(posix.normalize(posix.join("/", path)));
  const name = parts.pop();
  return name === undefined ? undefined : join(placeInRoot(root, parts.join("/")), name);
}

/** Makes a folder of a root and those above it. What is there and is no folder makes way. */
export function makeFolder(root: string, folder: string): void {
  // Most entries of an image find it there.
  if (statOf(folder)?.isDirectory() === true) return;
  let place = root;
  for (const part of partsOf(folder.slice(root.length))) {
    place = join(place, part);
    const found = statOf(place);
    if (found?.isDirectory() === true) continue;
    if (found !== undefined) remove(place);
    mkdirSync(place, { mode: 0o755 });
  }
}

/** Whatever it is. */
export function remove(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** Of the path itself, not of what a link leads to; `undefined` when nothing is there. */
export function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}
