import assert from "node:assert/strict";
import { ListTasksCommand } from "@aws-sdk/client-ecs";
import { isRunning, startLab, type Lab } from "../support/lab";
import { PulumiProject } from "../support/pulumi-project";
import { requirePulumi } from "../support/pulumi-required";

/** A task runs an image, and the look-ups ask where else it runs: by the digest that the task reported. */
const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask, getRunningImagesOutput, getTasksByImageDigestOutput } = require("pulumi-ecs-task");
  const config = new pulumi.Config();
  const job = new EcsTask("job", {
    taskDefinition: config.require("taskDefinition"),
    overrides: { containerOverrides: [{ name: "app", command: ["sh", "-c", "exit 0"] }] },
  });
  const cluster = config.require("cluster");
  const found = getTasksByImageDigestOutput({ imageDigest: job.imageDigests.app, cluster });
  exports.taskArns = found.taskArns;
  exports.services = found.containers.apply((containers) => containers.map(({ serviceName }) => serviceName));
  exports.running = getRunningImagesOutput({ cluster: job.imageDigests.apply(() => cluster) }).containers.apply(
    (containers) => containers.map(({ image, imageDigest }) => [image, imageDigest]),
  );
`;

function assertNoStack(stdout: string): void {
  assert.doesNotMatch(stdout, /unhandled exception|^ +at /m);
}

describe("the look-ups of images in a program", function () {
  this.timeout(300_000);
  let lab: Lab;
  let project: PulumiProject;
  let digests: readonly string[];
  /** The tasks of the services, one for each version. */
  let taskArns: readonly string[];

  before(requirePulumi);
  before(async () => {
    lab = await startLab();
    const seeded = [];
    for (const version of ["1", "2"]) {
      const image = `shop/app:${version}`;
      const { digest } = await lab.image(image, { version }, { Cmd: ["sleep", "600"] });
      const taskDefinition = await lab.define([{ name: "app", image, stopTimeout: 0 }], `web-${version}`);
      const serviceName = `web-${version}`;
      lab.local.seedService({ serviceName, taskDefinition });
      const listed = await lab.ecs.send(new ListTasksCommand({ serviceName }));
      seeded.push({ digest, taskDefinition, taskArn: listed.taskArns![0]! });
    }
    for (const { taskArn } of seeded) await lab.until(taskArn, isRunning);
    digests = seeded.map(({ digest }) => digest);
    taskArns = seeded.map(({ taskArn }) => taskArn);
    project = await PulumiProject.create({
      program: PROGRAM,
      config: {
        taskDefinition: seeded[1]!.taskDefinition,
        cluster: "default",
        "aws:region": lab.local.region,
        "aws:endpoints": JSON.stringify([{ ecs: lab.local.url }]),
      },
      env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
    });
  });
  after(async () => {
    await (project as PulumiProject | undefined)?.close();
    await lab.close();
  });

  const surveys = () => lab.lines.filter((line) => line.includes("ListTasks")).length;

  it("wait in a preview for what is not known yet, and ask nothing", async () => {
    const before = surveys();

    const { code, stdout } = await project.preview();

    assert.equal(code, 0, stdout);
    assert.match(stdout, /^ +taskArns: \[unknown\]$/m);
    assert.equal(surveys(), before);
  });

  it("find by the digest that the task reported what else runs it", async () => {
    const { code, stdout } = await project.up("--skip-preview");

    assert.equal(code, 0, stdout);
    const { running, ...found } = await project.outputs();
    assert.deepStrictEqual(found, { taskArns: [taskArns[1]], services: ["web-2"] });
    assert.deepStrictEqual(running, [
      ["shop/app:1", digests[0]],
      ["shop/app:2", digests[1]],
    ]);
  });

  it("are known in a preview once the digest is", async () => {
    const before = surveys();

    const { code, stdout } = await project.preview("--expect-no-changes");

    assert.equal(code, 0, stdout);
    assert.doesNotMatch(stdout, /unknown/i);
    assert.ok(surveys() > before);
  });

  it("fail with what ECS said", async () => {
    await project.setConfig("cluster", "violet");

    const { code, stdout } = await project.up("--skip-preview");

    assert.notEqual(code, 0);
    assert.match(
      stdout,
      /error: ListTasks failed: ClusterNotFoundException: Cluster not found.* the names\.$/m,
    );
    assertNoStack(stdout);
  });

  it("fail with what to allow, where looking is not permitted", async () => {
    await project.setConfig("cluster", "default");
    const denied = { error: "AccessDeniedException", message: "User: joe is not authorized" };
    // One for each of the look-ups.
    lab.local.faults.add({ ListTasks: [{ ...denied, times: 2 }] });

    const { code, stdout } = await project.up("--skip-preview");

    assert.notEqual(code, 0);
    assert.match(
      stdout,
      /error: ListTasks failed: AccessDeniedException: User: joe is not authorized.*\. Check the AWS credentials, and allow ecs:ListTasks\.$/m,
    );
    assertNoStack(stdout);
  });
});
