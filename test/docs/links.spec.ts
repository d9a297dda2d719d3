import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { basename, dirname, join, normalize, resolve } from "node:path";
import { anchorsOf, documents, linksOf } from "./markdown";

const repository = resolve(__dirname, "../..");

/** Why the links of a document lead nowhere. Those to other sites are for `npm run links`. */
function brokenLinks(path: string): string[] {
  const all = documents();
  const document = all.find((each) => each.path === path);
  assert.ok(document, path);
  return linksOf(document).flatMap((link) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [file = "", anchor] = link.split("#");
    const target = file === "" ? path : normalize(join(path, "..", decodeURI(file)));
    if (!existsSync(join(repository, target))) return [`${link}: there is no such file`];
    if (anchor === undefined) return [];
    const linked = all.find((each) => each.path === target);
    return linked && anchorsOf(linked).has(anchor) ? [] : [`${link}: there is no such heading`];
  });
}

describe("links in the documentation", () => {
  for (const { path } of documents()) {
    it(`lead to files and headings that are there, in ${path}`, () => {
      assert.deepStrictEqual(brokenLinks(path), []);
    });
  }

  it("are found, and so are the headings they lead to", () => {
    const text = "# One `two`, three!\n[a](b.md#c) ![d](e.svg)\n`[no](code)`\n# One two three\n[f]: g.md\n";
    const document = { path: "test.md", text };

    assert.deepStrictEqual(linksOf(document), ["b.md#c", "e.svg", "g.md"]);
    assert.deepStrictEqual([...anchorsOf(document)], ["one-two-three", "one-two-three-1"]);
  });

  it("lead from the index of each folder of docs/ to every document in it", () => {
    const all = documents().filter(({ path }) => path.startsWith("docs/"));
    const indexes = all.filter(({ path }) => basename(path) === "README.md");
    const linked = indexes.flatMap((index) =>
      linksOf(index).map((link) => normalize(join(dirname(index.path), link.split("#")[0] ?? ""))),
    );

    const missing = all.map(({ path }) => path).filter((path) => !linked.includes(path));

    assert.ok(indexes.length > 1);
    assert.deepStrictEqual(missing, ["docs/README.md"]);
  });
});
