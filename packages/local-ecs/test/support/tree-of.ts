import { lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import type { Tree } from "./layer-cases";

/** What is in a folder. */
export function treeOf(root: string, path = ""): Tree {
  return readdirSync(join(root, path))
    .flatMap((name) => {
      const each = join(path, name);
      const full = join(root, each);
      const stat = lstatSync(full);
      if (stat.isSymbolicLink()) return [`${each} -> ${readlinkSync(full)}`];
      if (stat.isDirectory()) return [`${each}/`, ...treeOf(root, each)];
      // A pipe or a device would never end.
      return [`${each}: ${stat.isFile() ? readFileSync(full, "utf8") : ""}`];
    })
    .sort();
}
