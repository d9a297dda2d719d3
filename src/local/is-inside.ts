import { sep } from "node:path";

/** Whether a folder is another one, or in it. Both are real paths: no link leads out of either. */
export function isInside(realRoot: string, real: string): boolean {
  return real === realRoot || real.startsWith(realRoot + sep);
}
