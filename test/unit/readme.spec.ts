import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const README = join(__dirname, "../../README.md");

describe("README.md", function () {
  // It takes the compiler to read the documentation.
  this.timeout(120_000);

  it("has the tables of inputs and outputs that the code documents", async () => {
    const { withTables } = await import("../../scripts/readme-tables.mts");
    const written = await readFile(README, "utf8");

    const generated = await withTables(written);

    if (process.env.ACCEPT) await writeFile(README, generated);
    else assert.equal(written, generated, "README.md is out of date: run `npm run docs`");
  });
});
