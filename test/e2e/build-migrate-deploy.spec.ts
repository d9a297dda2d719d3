import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startLab, isRunning, type Lab } from "../support/lab";
import { eventually } from "../support/eventually";
import { PulumiProject } from "../support/pulumi-project";
import { requirePulumi } from "../support/pulumi-required";

/** The example without what only AWS has: its own migration, and a service that is there already. */
const PROGRAM = `
  import * as pulumi from "@pulumi/pulumi";
  import { EcsTask } from "pulumi-ecs-task";
  import { CONTAINER, migrate } from "./migrate";
  import { serviceDigests } from "./service-digests";

  const config = new pulumi.Config();
  const taskDefinition = config.require("taskDefinition");
  const migration = migrate(config.require("imageDigest"), { taskDefinition });
  new EcsTask("after", { taskDefinition, waitFor: "NONE" }, { dependsOn: migration });
  export const migrated = migration.imageDigests[CONTAINER];
  export const running = serviceDigests({ cluster: pulumi.output("default"), name: pulumi.output("shop") });
`;

const MIGRATION = {
  "app/package.json": JSON.stringify({ scripts: { migrate: "node migrate.mjs" } }),
  "app/migrate.mjs": "console.log('migrated');",
  "app/serve.mjs": "setInterval(() => {}, 1000);",
};

describe("the EcsTask part of the example build-migrate-deploy", function () {
  this.timeout(300_000);
  let lab: Lab;
  let project: PulumiProject;
  let digest: string;

  before(requirePulumi);
  before(async () => {
    lab = await startLab();
    const config = { WorkingDir: "/app", Cmd: ["node", "serve.mjs"] };
    ({ digest } = await lab.image("shop:1", MIGRATION, config));
    const taskDefinition = await lab.define([{ name: "app", image: `shop@${digest}`, stopTimeout: 2 }]);
    lab.local.seedService({ serviceName: "shop", taskDefinition, desiredCount: 2 });
    await eventually(() => lab.local.tasks.all().every(isRunning));
    project = await PulumiProject.create({
      example: "build-migrate-deploy",
      config: {
        taskDefinition,
        imageDigest: digest,
        "aws:region": lab.local.region,
        "aws:endpoints": JSON.stringify([{ ecs: lab.local.url }]),
      },
    });
    await writeFile(join(project.folder, "index.ts"), PROGRAM);
    // Without the config that only the rest of the program needs.
    await writeFile(join(project.folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  });
  after(async () => {
    await project.close();
    await lab.close();
  });

  it("runs what was built, and shows that the service runs the same", async () => {
    const up = await project.up("--skip-preview");

    assert.equal(up.code, 0, up.stdout + up.stderr);
    assert.deepStrictEqual(await project.outputs(), { migrated: digest, running: [digest] });
  });

  it("fails when another image ran than was built, and what comes next is not touched", async () => {
    const files = { ...MIGRATION, "app/migrate.mjs": "console.log('not what was built');" };
    const another = await lab.image("shop:2", files, { WorkingDir: "/app" });
    await project.setConfig("taskDefinition", await lab.define([{ name: "app", image: "shop:2" }]));
    const before = lab.local.tasks.all().length;

    const up = await project.up("--skip-preview");

    assert.notEqual(up.code, 0);
    assert.ok(up.stdout.includes(digest) && up.stdout.includes(another.digest), up.stdout + up.stderr);
    assert.equal(lab.local.tasks.all().length, before + 1, "more than the migration ran");
  });
});
