import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";

/** The packages that a fresh process has loaded after requiring an entry of ours, besides Pulumi's own. */
function packagesLoadedBy(entry: string): string[] {
  const program = `
    require("@pulumi/pulumi");
    const before = new Set(Object.keys(require.cache));
    require(${JSON.stringify(entry)});
    const files = Object.keys(require.cache).filter((file) => !before.has(file));
    const name = (file) => /node_modules[\\\\/]((?:@[^\\\\/]+[\\\\/])?[^\\\\/]+)[^]*$/.exec(file)?.[1] ?? "ours";
    console.log(JSON.stringify([...new Set(files.map(name))]));
  `;
  return JSON.parse(execFileSync(process.execPath, ["-e", program], { encoding: "utf8" })) as string[];
}

describe("importing the package", () => {
  it("loads no AWS SDK, no TypeScript compiler and no other package into the program", () => {
    assert.deepStrictEqual(packagesLoadedBy("pulumi-ecs-task"), ["ours"]);
  });

  it("loads no AWS SDK into the provider before AWS is asked for something", () => {
    assert.deepStrictEqual(packagesLoadedBy("pulumi-ecs-task/provider"), ["ours"]);
  });
});
