import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { packedTarball } from "./support/tarball";

const repository = resolve(__dirname, "../..");

/** What a build of a package's present sources makes: a folder that was not cleaned holds more. */
function built(folder: string): string[] {
  return readdirSync(join(repository, folder, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => `dist/${path.replaceAll("\\", "/").replace(/\.ts$/, "")}`)
    .flatMap((path) => [`${path}.js`, `${path}.d.ts`]);
}

describe("the packed package", function () {
  this.timeout(60_000);

  const documents = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];

  it("holds what is built, what its messages and the registry show, and nothing else", async () => {
    const { paths } = await packedTarball("pulumi-ecs-task");

    assert.deepStrictEqual(paths, [...documents, "docs/errors.md", ...built(".")].sort());
  });

  it("local-ecs holds what is built, what the registry shows, and nothing else", async () => {
    const { paths } = await packedTarball("local-ecs");

    assert.deepStrictEqual(paths, [...documents, ...built("packages/local-ecs")].sort());
  });
});
