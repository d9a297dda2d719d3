import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "../..");

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

  it("says its version", () => {
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };

    assert.equal(localEcs("--version").stdout, `${version}\n`);
  });

  for (const [args, why] of [
    [["--port", "http"], '--port must be a number up to 65535, not "http".'],
    [["--runtime", "vm"], '--runtime must be process or engine, not "vm".'],
    [["--"], "-- must be followed by a command, such as `-- pulumi up`."],
    [["--nonsense"], "Unknown option '--nonsense'"],
  ] as const)
    it(`ends with 2 when the command line is wrong, and says what: ${args.join(" ")}`, () => {
      const { status, stdout, stderr } = localEcs(...args);

      assert.deepEqual([status, stdout], [2, ""]);
      assert.equal(stderr, `local-ecs: ${why}\nAll options: local-ecs --help\n`);
    });

  it("ends with 1 when it cannot start, and says why without a stack", () => {
    const { status, stderr } = localEcs("--images", "no/such/folder");

    assert.equal(status, 1);
    assert.equal(
      stderr,
      "local-ecs: --images no/such/folder is not there. Give an OCI image layout, an archive of images, or a folder for both.\n",
    );
  });
});
