import assert from "node:assert/strict";
import { command, type CommandResult } from "./support/command";
import { installedBeside, installedProject, npmInstall } from "./support/installed-project";
import { typeScriptFiles } from "./support/shop-program";

/** Runs `pulumi-ecs-task local` as `npx` does, in a folder in which it is installed. */
function local(cwd: string, ...args: readonly string[]): Promise<CommandResult> {
  return command([process.execPath, "node_modules/pulumi-ecs-task/dist/cli/main.js", "local", ...args], {
    cwd,
  });
}

describe("pulumi-ecs-task local of the packed package", function () {
  this.timeout(300_000);

  it("is the command local-ecs where that is installed beside it", async () => {
    const folder = await installedBeside("newest");

    const { code, said } = await local(folder, "--help");

    assert.equal(code, 0, said);
    assert.match(said, /^Usage: local-ecs \[options\] /);
  });

  it("says what to install where it is not", async () => {
    const folder = await installedProject({ name: "npm", files: typeScriptFiles(), install: npmInstall });

    const { code, said } = await local(folder);

    assert.equal(code, 1);
    assert.match(said, /^pulumi-ecs-task local: .* npm install --save-dev local-ecs\n$/);
  });
});
