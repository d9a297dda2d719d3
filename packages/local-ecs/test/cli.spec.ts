import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..");

function localEcs(...args: readonly string[]) {
  return spawnSync(process.execPath, ["-r", "ts-node/register", "src/cli/main.ts", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
}

describe("the command local-ecs", function () {
  // Each of these starts a Node that compiles TypeScript.
  this.timeout(20_000);

  it("prints the same help that the documentation shows", () => {
    const { status, stdout } = localEcs("--help");

    assert.equal(status, 0);
    assert.ok(readFileSync(join(folder, "README.md"), "utf8").includes(`\n${stdout}`), stdout);
  });

  it("ends with 2 when the command line makes no sense, and says what", () => {
    const { status, stderr } = localEcs("--port", "http");

    assert.equal(status, 2);
    assert.match(stderr, /^local-ecs: --port must be a number up to 65535, not "http"\.\n\nUsage:/);
  });

  it("ends with 1 when it cannot start, and says why without a stack", () => {
    const { status, stderr } = localEcs("--images", "no/such/folder");

    assert.equal(status, 1);
    assert.equal(
      stderr,
      "local-ecs: --images no/such/folder is no folder. Give one that is an OCI image layout, or is going to be one.\n",
    );
  });
});
