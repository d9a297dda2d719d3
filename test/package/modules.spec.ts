import assert from "node:assert/strict";
import { startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { ProviderHost } from "../support/provider-host";
import { writeFiles } from "./support/cache";
import { succeed } from "./support/command";
import { installedBeside } from "./support/installed-project";
import { installTools, type Tools } from "./support/tools";
import { nodeVersions, pulumiVersions } from "./support/versions";

const REQUIRED = `
  const { EcsTask, getTask, ERROR_CODES } = require("pulumi-ecs-task");
  const { provider } = require("pulumi-ecs-task/provider");
  const { startLocalEcs } = require("local-ecs");
  console.log(JSON.stringify([process.version, typeof EcsTask.get, typeof getTask, ERROR_CODES.length > 0,
    Object.keys(provider).length, typeof startLocalEcs]));
`;

const IMPORTED = `
  import { EcsTask, getTask, ERROR_CODES } from "pulumi-ecs-task";
  import { provider } from "pulumi-ecs-task/provider";
  import { startLocalEcs } from "local-ecs";
  console.log(JSON.stringify([process.version, typeof EcsTask.get, typeof getTask, ERROR_CODES.length > 0,
    Object.keys(provider).length, typeof startLocalEcs]));
`;

for (const [age, pulumi] of Object.entries(pulumiVersions)) {
  describe(`the packed package beside the ${age} @pulumi/pulumi, ${pulumi}`, function () {
    this.timeout(300_000);
    let tools: Tools;
    let folder: string;
    let m: Migrations;

    before(async () => {
      tools = await installTools();
      folder = await installedBeside(age as keyof typeof pulumiVersions);
      await writeFiles(folder, { "required.cjs": REQUIRED, "imported.mjs": IMPORTED });
      m = await startMigrations();
    });
    after(() => stopMigrations(m));

    for (const [name, version] of Object.entries(nodeVersions)) {
      const node = name as keyof typeof nodeVersions;
      const exported = [`v${version}`, "function", "function", true, 7, "function"];

      it(`is required from CommonJS on Node ${name}`, async () => {
        const said = await succeed([tools.node(node), "required.cjs"], { cwd: folder });
        assert.deepStrictEqual(JSON.parse(said), exported);
      });

      it(`is imported by name from ESM on Node ${name}`, async () => {
        const said = await succeed([tools.node(node), "imported.mjs"], { cwd: folder });
        assert.deepStrictEqual(JSON.parse(said), exported);
      });

      it(`runs a task in Pulumi's provider process on Node ${name}`, async () => {
        const { url, region } = m.lab.local;
        const config = { "aws:region": region, "aws:endpoints": JSON.stringify([{ ecs: url, logs: url }]) };
        const host = await ProviderHost.start(config, {}, { folder, node: tools.node(node) });
        try {
          const inputs = m.inputs(["exit", "0"], { resourceUrn: `urn:${age}-${name}` });
          const { id, state } = await host.create(inputs);
          const { changes } = await host.diff(id, state, inputs);
          await host.delete(id, state);

          assert.deepStrictEqual([state.outcome, state.imageDigests], ["SUCCEEDED", { app: m.digest }]);
          assert.equal(changes, false);
        } finally {
          await host.close();
        }
      });
    }
  });
}
