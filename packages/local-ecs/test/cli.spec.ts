import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const repository = join(__dirname, "..", "..");

function pulumiEcsTask(...args: readonly string[]) {
  return spawnSync(process.execPath, ["-r", "ts-node/register", "src/cli/main.ts", ...args], {
    cwd: repository,
    encoding: "utf8",
  });
}

describe("pulumi-ecs-task local", function () {
  // Each of these starts a Node that compiles TypeScript.
  this.timeout(20_000);

  it("prints the same help that the documentation shows", () => {
    const { status, stdout } = pulumiEcsTask("local", "--help");

    assert.equal(status, 0);
    assert.ok(readFileSync(join(repository, "docs/local-ecs.md"), "utf8").includes(`\n${stdout}`), stdout);
  });

  it("ends with 2 when the command line makes no sense, and says what", () => {
    const badPort = pulumiEcsTask("local", "--port", "http");
    const badCommand = pulumiEcsTask("remote");

    assert.equal(badPort.status, 2);
    assert.match(
      badPort.stderr,
      /^pulumi-ecs-task local: --port must be a number up to 65535, not "http"\.\n\nUsage:/,
    );
    assert.equal(badCommand.status, 2);
    assert.match(badCommand.stderr, /^pulumi-ecs-task: there is no command "remote"\.\n\nUsage:/);
  });

  it("ends with 1 when it cannot start, and says why without a stack", () => {
    const { status, stderr } = pulumiEcsTask("local", "--images", "no/such/folder");

    assert.equal(status, 1);
    assert.equal(
      stderr,
      "pulumi-ecs-task: --images no/such/folder is no folder. Give one that is an OCI image layout, or is going to be one.\n",
    );
  });
});
