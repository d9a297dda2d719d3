import { rmSync, symlinkSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { staysInside } from "../../images/is-inside";
import { makeFolders } from "./make-folders";
import type { Mount } from "../container-runtime";

/**
 * A link does for a mount: the paths of the image lead to it. What the image has there is removed first.
 * @param root - where the image is unpacked.
 * @throws Error when a mount has no place of its own in there.
 */
export function linkMounts(root: string, mounts: readonly Mount[]): void {
  const places = mounts.map(({ source, target }) => ({ source, target, place: placeOf(root, target) }));
  // The outer one first, as in a real container.
  places.sort((one, other) => one.place.length - other.place.length);
  for (const { source, target, place } of places) {
    // What is behind a link belongs to this machine: neither is anything removed there, nor made.
    if (!staysInside(root, dirname(place)))
      throw new Error(
        `the mount point "${target}" is inside of another one, for which the runtime "engine" is needed`,
      );
    rmSync(place, { recursive: true, force: true });
    makeFolders(dirname(place));
    symlinkSync(source, place);
  }
}

/** Nothing leads out of a container by "..". */
function placeOf(root: string, target: string): string {
  const place = resolve(root, `.${resolve("/", target)}`);
  if (place === resolve(root)) throw new Error("invalid mount config: destination can't be '/'");
  return place;
}
