import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const repository = join(__dirname, "../../../..");

describe("the example test-your-deployment", function () {
  // A Node for the tests and one for each run of the script.
  this.timeout(60_000);

  it("tests a script that is not ours with the built package, and passes", async () => {
    assert.ok(
      existsSync(join(repository, "packages/local-ecs/dist/api/index.js")),
      "run `npm run build` first",
    );
    const report = await new Promise<string>((resolve) => {
      const args = ["--test", "--test-reporter=tap", "examples/test-your-deployment/migrate.test.mjs"];
      execFile(process.execPath, args, { cwd: repository }, (_error, stdout, stderr) => {
        resolve(stdout + stderr);
      });
    });

    assert.match(report, /^# fail 0$/m, report);
    assert.match(report, /^# pass 6$/m, report);
  });
});
