import assert from "node:assert/strict";
import { startLab, hasStopped, type Lab } from "../support/lab";
import { PulumiProject } from "../support/pulumi-project";
import { isEngineAtLeast, requirePulumi } from "../support/pulumi-required";

const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask, getTaskOutput } = require("pulumi-ecs-task");
  const config = new pulumi.Config();
  const taskArn = config.require("taskArn");
  const taskDefinition = config.get("before");
  const before = { taskDefinition, region: taskDefinition?.split(":")[3], waitFor: "NONE" };
  const dependsOn = taskDefinition ? [new EcsTask("before", before)] : [];
  const last = EcsTask.get("last", pulumi.output(taskArn), {}, { dependsOn });
  exports.resource = pulumi.all([last.imageDigests, last.exitCodes, last.outcome, last.id]);
  // The preview is silent about an unknown output that was known before.
  if (taskDefinition) exports.late = last.outcome;
  exports.lookUp = getTaskOutput({ taskArn }).apply((task) => [task.imageDigests, task.exitCodes, task.outcome]);
`;

describe("a task that Pulumi did not start", function () {
  this.timeout(300_000);
  let lab: Lab;
  let project: PulumiProject;
  let digest: string;
  let taskArn: string;
  let taskDefinition: string;

  before(requirePulumi);
  before(async () => {
    lab = await startLab();
    ({ digest } = await lab.image("job:1", { "main.mjs": "process.exit(4)" }, { Cmd: ["node", "main.mjs"] }));
    taskDefinition = await lab.define([{ name: "app", image: "job:1" }]);
    ({ taskArn } = await lab.run(taskDefinition));
    await lab.until(taskArn, hasStopped);
    project = await PulumiProject.create({
      program: PROGRAM,
      config: {
        taskArn,
        "aws:region": "eu-west-1",
        "aws:endpoints": JSON.stringify([{ ecs: lab.local.url }]),
      },
      env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    });
  });
  after(async () => {
    await project.close();
    await lab.close();
  });

  it("is read by EcsTask.get and getTaskOutput, in the region of its ARN, and known in preview", async () => {
    const preview = await project.preview();
    const up = await project.up("--skip-preview");

    const expected = [{ app: digest }, { app: 4 }, "FAILED"];
    assert.equal(preview.code, 0, preview.stdout);
    assert.ok(preview.stdout.includes(digest), preview.stdout);
    assert.equal(up.code, 0, up.stdout);
    assert.deepStrictEqual(await project.outputs(), { resource: [...expected, taskArn], lookUp: expected });
  });

  it("is not read in the preview while it depends on what is new, which says that it is unknown", async function () {
    // Older ones read it all the same.
    if (!(await isEngineAtLeast("3.276.0"))) this.skip();
    await project.setConfig("before", taskDefinition);

    const preview = await project.preview();
    const up = await project.up("--skip-preview");

    assert.equal(preview.code, 0, preview.stdout);
    assert.match(preview.stdout, /late *: \[unknown\]/);
    assert.equal(up.code, 0, up.stdout);
    assert.deepStrictEqual((await project.outputs()).resource, [
      { app: digest },
      { app: 4 },
      "FAILED",
      taskArn,
    ]);
  });

  it("is unknown once ECS has forgotten it, which is no error", async () => {
    lab.local.advanceClock(2 * 60 * 60_000);

    const up = await project.up("--skip-preview");

    assert.equal(up.code, 0, up.stdout);
    const { resource } = await project.outputs();
    assert.deepStrictEqual(resource, [{}, {}, "UNKNOWN", taskArn]);
  });

  it("has to be named by the ARN of a task", async () => {
    await project.setConfig("taskArn", "my-task");

    const up = await project.up("--skip-preview");

    assert.notEqual(up.code, 0);
    assert.match(
      up.stdout,
      /error: "my-task" is not the ARN of an ECS task\. It must look like arn:aws:ecs:/,
    );
    assert.doesNotMatch(up.stdout, /unhandled exception|^ +at /m);
  });

  it("is not looked for under an empty ARN, and no task is run instead", async () => {
    await project.setConfig("taskArn", "");

    const preview = await project.preview();

    assert.notEqual(preview.code, 0);
    assert.match(preview.stdout, /error: EcsTask\.get\("last"\) was given an empty ARN\./);
    assert.doesNotMatch(preview.stdout, /unhandled exception|^ +at /m);
  });

  it("is not touched by destroy", async () => {
    await project.setConfig("taskArn", taskArn);

    const destroy = await project.destroy("--skip-preview");

    assert.equal(destroy.code, 0, destroy.stdout);
  });
});
