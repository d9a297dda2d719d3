import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { packedTarball } from "./support/tarball";

const repository = resolve(__dirname, "../..");

/** What a build of the present sources makes: a folder that was not cleaned holds more. */
function built(): string[] {
  return readdirSync(join(repository, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `dist/${path.replaceAll("\\", "/").replace(/\.ts$/, "")}`)
    .flatMap((path) => [`${path}.js`, `${path}.d.ts`]);
}

describe("the packed package", function () {
  this.timeout(60_000);

  it("holds what is built, what its messages and the registry show, and nothing else", async () => {
    const { paths } = await packedTarball();

    const documents = ["CHANGELOG.md", "LICENSE", "README.md", "docs/errors.md", "package.json"];
    assert.deepStrictEqual(paths, [...documents, ...built()].sort());
  });
});
