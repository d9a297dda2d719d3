import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const folder = join(__dirname, "../golden");

/** Compares a text with the one that is stored; with `ACCEPT=1` in the environment it is stored instead. */
export async function assertGolden(file: string, text: string): Promise<void> {
  const path = join(folder, file);
  if (process.env.ACCEPT) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    return;
  }
  const stored = await readFile(path, "utf8").catch(() => "");
  assert.equal(
    text,
    stored,
    `test/golden/${file} says something else: look at the difference; ACCEPT=1 stores it`,
  );
}
