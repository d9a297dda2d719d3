import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ERROR_CODES } from "../../src/errors";

describe("docs/errors.md", () => {
  it("has a section for each error code, and for nothing else, in order", () => {
    const text = readFileSync(join(__dirname, "../../docs/errors.md"), "utf8");

    const sections = [...text.matchAll(/^## (.+)$/gm)].map(([, title]) => title);

    assert.deepStrictEqual(sections, [...ERROR_CODES].sort());
  });
});
