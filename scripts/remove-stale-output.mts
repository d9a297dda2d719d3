/*
 * node scripts/remove-stale-output.mts
 *
 * Removes from dist what no source makes any more: the compiler leaves the output of a file that was moved or deleted.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

for (const root of [".", "packages/local-ecs"]) {
  const dist = join(root, "dist");
  for (const path of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
    const source = /^(.*?)(\.d)?\.[jt]s(\.map)?$/.exec(path)?.[1];
    if (source !== undefined && !existsSync(join(root, "src", `${source}.ts`))) rmSync(join(dist, path));
  }
}
