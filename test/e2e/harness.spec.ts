import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { PulumiProject } from "../support/pulumi-project";
import { requirePulumi } from "../support/pulumi-required";

/** A program with one dynamic resource that takes its time to create. */
const program = (seconds: number): string => `
  const pulumi = require("@pulumi/pulumi");
  const config = new pulumi.Config();
  const provider = {
    async create(inputs) {
      console.log("creating now");
      await new Promise((resolve) => setTimeout(resolve, ${String(seconds * 1000)}));
      return { id: "thing-1", outs: inputs };
    },
  };
  class Thing extends pulumi.dynamic.Resource {}
  const thing = new Thing(provider, "thing", { colour: config.get("colour"), key: config.getSecret("key") });
  exports.id = thing.id;
  exports.key = thing.key;
  exports.package = require.resolve("pulumi-ecs-task/package.json");
`;

describe("PulumiProject", function () {
  this.timeout(120_000);
  before(requirePulumi);

  it("takes a stack through its life with the real CLI and leaves nothing behind", async () => {
    const project = await PulumiProject.create({
      program: program(0),
      config: { colour: "green" },
      secrets: { key: "hunter2-hunter2" },
    });
    try {
      const preview = await project.preview();
      const up = await project.up("--skip-preview");
      const [outputs, state] = [await project.outputs(), await project.stackExport()];
      await project.setConfig("colour", "-1");
      const changed = await project.preview("--diff");
      const refresh = await project.refresh();
      const destroy = await project.destroy();

      assert.equal(preview.code, 0, preview.stdout + preview.stderr);
      assert.match(preview.stdout, /\+ 2 to create/);
      assert.equal(up.code, 0, up.stdout + up.stderr);
      assert.equal(outputs.id, "thing-1");
      assert.equal(outputs.key, "hunter2-hunter2");
      assert.match(String(outputs.package), /package\.json$/);
      assert.ok(state.resources.some(({ urn, id }) => urn.endsWith("::thing") && id === "thing-1"));
      assert.ok(!JSON.stringify(state).includes("hunter2"));
      assert.match(changed.stdout, /colour/);
      assert.equal(refresh.code, 0, refresh.stdout + refresh.stderr);
      assert.equal(destroy.code, 0, destroy.stdout + destroy.stderr);
      assert.deepEqual((await project.stackExport()).resources, []);
      assert.deepEqual(await project.processes(), []);
    } finally {
      await project.close();
    }
    assert.ok(!existsSync(project.folder));
  });

  it("kills a command on its way, and with close what the command left behind", async () => {
    await using project = await PulumiProject.create({ program: program(100) });
    const up = project.startUp("--skip-preview");
    await up.saw(/creating now/);
    up.kill("SIGKILL");
    const { code, signal } = await up.result;
    const orphans = await project.processes();
    await project.close();

    assert.deepEqual({ code, signal }, { code: null, signal: "SIGKILL" });
    if (process.platform === "linux") {
      assert.ok(
        orphans.some(({ command }) => command.includes("dynamic-provider")),
        "no provider was left",
      );
    }
    assert.deepEqual(await project.processes(), []);
    assert.ok(!existsSync(project.folder));
  });
});
