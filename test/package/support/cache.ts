import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** What these tests install stays here, outside the checkout: no module of the repository can be found from it. */
const cache = join(
  process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "pulumi-ecs-task",
  "package-tests",
);

/**
 * A folder of the cache that `fill` has filled. It is filled again only when `key`, which says what is in it, has
 * changed; a folder that was left half filled is filled again, too.
 */
export async function cachedFolder(
  name: string,
  key: unknown,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cache, name);
  const stamp = createHash("sha256").update(JSON.stringify(key)).digest("hex");
  const stampFile = `${folder}.stamp`;
  const found = await readFile(stampFile, "utf8").catch(() => undefined);
  if (found === stamp) return folder;
  await rm(stampFile, { force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await fill(folder);
  await writeFile(stampFile, stamp);
  return folder;
}

/** Files by their path in `folder`; what is no text is written as JSON, which is YAML, too. */
export type Files = Readonly<Record<string, string | object>>;

export async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === "string" ? content : JSON.stringify(content, null, 2));
  }
}
