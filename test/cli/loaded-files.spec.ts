import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const MAIN = join(__dirname, "..", "..", "dist", "cli", "main.js");
const TELL = `process.on("exit", () => console.error(Object.keys(require.cache).join("\\n")))`;

/** The files of packages that a command line loads. */
function loadedBy(...args: readonly string[]): readonly string[] {
  const code = `${TELL}; process.argv.splice(1, 0, ${JSON.stringify(MAIN)}); require(${JSON.stringify(MAIN)})`;
  const { stderr } = spawnSync(process.execPath, ["-e", code, "--", ...args], { encoding: "utf8" });
  const files = stderr.split("\n");
  assert.ok(files.includes(MAIN), stderr);
  return files.filter((file) => file.includes("node_modules"));
}

describe("the command line", () => {
  it("loads no package for its help", () => {
    assert.deepEqual(loadedBy("--help"), []);
  });

  it("loads the AWS SDK only for a command that asks AWS", () => {
    assert.ok(loadedBy("where", "--help").some((file) => file.includes("@smithy")));
    assert.deepEqual(loadedBy("no-such-command"), []);
  });
});
