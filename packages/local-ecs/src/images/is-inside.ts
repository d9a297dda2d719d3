import { existsSync, realpathSync } from "node:fs";
import { dirname, sep } from "node:path";

/** Whether a folder is another one, or in it. Both are real paths: no link leads out of either. */
function isInside(realRoot: string, real: string): boolean {
  return real === realRoot || real.startsWith(realRoot + sep);
}

/** Whether a folder that is there, or is still to be made, is really in the root: links in an image may lead out of it. */
export function staysInside(root: string, folder: string): boolean {
  // Only the system itself follows links as it will later; Node's own realpath takes ".." behind a link for its undoing.
  const { native: realpath } = realpathSync;
  return existsSync(folder) ? isInside(realpath(root), realpath(folder)) : staysInside(root, dirname(folder));
}
