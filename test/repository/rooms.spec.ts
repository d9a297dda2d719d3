import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const repository = join(__dirname, "../..");

/** More files beside each other than this are read by nobody. */
const MOST_FILES = 15;

function foldersBelow(folder: string): readonly string[] {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inside.flatMap(({ name }) => foldersBelow(join(folder, name)))];
}

for (const sources of ["src", "packages/local-ecs/src", "packages/local-ecs/test"])
  describe(`the rooms of ${sources}`, () => {
    it(`hold at most ${MOST_FILES} files beside each other`, () => {
      const sizes = foldersBelow(join(repository, sources)).map((folder) => ({
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

describe("the unit tests of packages/local-ecs", () => {
  it("have the path of the file that they test", () => {
    const own = join(repository, "packages/local-ecs");
    const specs = readdirSync(join(own, "test/unit"), { encoding: "utf8", recursive: true }).filter(
      (name) => name.endsWith(".spec.ts") && !name.startsWith("support"),
    );

    assert.ok(specs.length > 25);
    assert.deepStrictEqual(
      specs.filter((name) => !existsSync(join(own, "src", name.replace(/\.spec\.ts$/, ".ts")))),
      [],
    );
  });
});

describe("CONTRIBUTING.md", () => {
  const text = readFileSync(join(repository, "CONTRIBUTING.md"), "utf8");
  const paths = [...text.matchAll(/`((?:src|test|packages|scripts|bench)\/[\w./-]+)`/g)].map(
    ([, path = ""]) => path,
  );

  it("names only files and folders that exist", () => {
    assert.ok(paths.length > 40);
    assert.deepStrictEqual(
      paths.filter((path) => !existsSync(join(repository, path))),
      [],
    );
  });

  it("names only files and folders of the local ECS that exist", () => {
    const start = text.indexOf("| folder of `packages/local-ecs/src`");
    const tables = text.slice(start, text.indexOf("`npm run build` builds both packages"));
    const named = [...tables.matchAll(/`((?!packages\/)[a-z-]+\/[\w./-]*)`/g)].map(([, path = ""]) => path);
    const folders = readdirSync(join(repository, "packages/local-ecs/src"));

    assert.ok(named.length > folders.length);
    assert.deepStrictEqual(
      named.filter((path) => !existsSync(join(repository, "packages/local-ecs/src", path))),
      [],
    );
    assert.deepStrictEqual(
      folders.filter((folder) => !named.includes(`${folder}/`)),
      [],
    );
  });

  it("asks twenty questions", () => {
    const questions = text.slice(
      text.indexOf("| question"),
      text.indexOf("The local ECS is a package of its own"),
    );

    assert.equal([...questions.matchAll(/^\| .*\? +\|/gm)].length, 20);
  });
});
