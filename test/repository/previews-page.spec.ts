import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const PAGE = join(__dirname, "../../docs/previews.md");

/** Stands in the golden previews only because another situation needs it. */
const NOT_SHOWN = ["resource that is new"];

describe("docs/previews.md", () => {
  it("says what the real CLI says", async () => {
    const { withPreviews } = await import("../../scripts/preview-texts.mts");
    const written = await readFile(PAGE, "utf8");

    const generated = await withPreviews(written);

    if (process.env.ACCEPT) await writeFile(PAGE, generated);
    else assert.equal(written, generated, "docs/previews.md is out of date: run `npm run docs`");
  });

  it("shows every situation once", async () => {
    const { previewTexts } = await import("../../scripts/preview-texts.mts");
    const shown = [...(await readFile(PAGE, "utf8")).matchAll(/<!-- preview: (.+?) -->/g)];

    const situations = [...(await previewTexts()).keys()].filter((name) => !NOT_SHOWN.includes(name));
    assert.deepStrictEqual(shown.map(([, name]) => name).sort(), situations.sort());
  });
});
