import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";

const repository = join(__dirname, "../..");

/** More files beside each other than this are read by nobody. */
const MOST_FILES = 15;

function foldersBelow(folder: string): readonly string[] {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inside.flatMap(({ name }) => foldersBelow(join(folder, name)))];
}

describe("the rooms of src", () => {
  it(`hold at most ${MOST_FILES} files beside each other`, () => {
    const sizes = foldersBelow(join(repository, "src")).map((folder) => ({
      folder: relative(repository, folder),
      files: readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile()).length,
    }));

    assert.ok(sizes.length > 10);
    assert.deepStrictEqual(
      sizes.filter(({ files }) => files > MOST_FILES),
      [],
    );
  });
});
