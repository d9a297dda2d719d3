import assert from "node:assert/strict";
import { RegisterTaskDefinitionCommand, RunTaskCommand } from "@aws-sdk/client-ecs";
import { hasStopped, startLab, type Lab } from "../support/lab";

/** Prints what the tests want to see of a container, one JSON line. */
const probe = `console.log(JSON.stringify({ env: process.env, cwd: process.cwd(), args: process.argv.slice(2) }))`;
const logConfiguration = {
  logDriver: "awslogs" as const,
  options: { "awslogs-group": "logs", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "s" },
};
const awsvpc = { awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"] } };

describe("a task on the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;
  let digest: string;

  before(async () => {
    lab = await startLab();
    ({ digest } = await lab.image(
      "shop/migrate:1",
      {
        "/app/probe.js": probe,
        "/app/exit.js": "process.exit(Number(process.argv[2]))",
        "/app/run.sh": { content: "#!/bin/sh\nexit 7\n", mode: 0o755 },
      },
      {
        Env: ["FROM_IMAGE=image", "COLOUR=image"],
        WorkingDir: "/app",
        Entrypoint: ["node"],
        Cmd: ["exit.js", "9"],
      },
    ));
  });
  after(() => lab.close());

  it("ends with success, the image's digest and all times in order", async () => {
    const task = await lab.runToEnd([{ name: "app", image: "shop/migrate:1", command: ["exit.js", "0"] }]);

    const container = task.containers![0]!;
    assert.equal(container.exitCode, 0);
    assert.equal(container.imageDigest, digest);
    assert.equal(container.image, "shop/migrate:1");
    assert.match(container.runtimeId!, /^[0-9a-f]{64}$/);
    assert.equal(task.stopCode, "EssentialContainerExited");
    assert.equal(task.stoppedReason, "Essential container in task exited");
    assert.equal(task.desiredStatus, "STOPPED");
    const { createdAt, pullStartedAt, pullStoppedAt, startedAt, executionStoppedAt, stoppedAt } = task;
    const times = [createdAt, pullStartedAt, pullStoppedAt, startedAt].map((time) => time!.getTime());
    assert.deepEqual(
      times,
      [...times].sort((one, other) => one - other),
    );
    assert.ok(executionStoppedAt! >= pullStoppedAt! && stoppedAt! >= executionStoppedAt!);
  });

  it("finds the image by digest, also when its tag has moved to another image", async () => {
    const older = await lab.image("shop/moving:1", { "/main.js": "process.exit(1)" });
    const newer = await lab.image("shop/moving:1", { "/main.js": "process.exit(2)" });
    const command = ["node", "/main.js"];

    const byDigest = await lab.runToEnd([{ name: "app", image: `shop/moving@${older.digest}`, command }]);
    const byTag = await lab.runToEnd([{ name: "app", image: "shop/moving:1", command }]);

    assert.notEqual(older.digest, newer.digest);
    assert.deepEqual(
      [byDigest, byTag].map(({ containers }) => [containers![0]!.imageDigest, containers![0]!.exitCode]),
      [
        [older.digest, 1],
        [newer.digest, 2],
      ],
    );
  });

  it("takes the image's command when nobody gives another one", async () => {
    const task = await lab.runToEnd([{ name: "app", image: "shop/migrate:1" }]);

    assert.equal(task.containers![0]!.exitCode, 9);
  });

  it("runs an executable of the image by its absolute path", async () => {
    const task = await lab.runToEnd([{ name: "app", image: "shop/migrate:1", entryPoint: ["/app/run.sh"] }]);

    assert.equal(task.containers![0]!.exitCode, 7);
  });

  it("gives the container the variables of image, task definition and override, and none of this machine's", async () => {
    process.env.AWS_SESSION_TOKEN = "of the host";
    const taskDefinition = await lab.define([
      {
        name: "app",
        image: "shop/migrate:1",
        command: ["probe.js"],
        environment: [
          { name: "COLOUR", value: "definition" },
          { name: "SIZE", value: "definition" },
        ],
        logConfiguration,
      },
    ]);
    const { taskArn } = await lab.run(taskDefinition, {
      overrides: {
        containerOverrides: [
          { name: "app", command: ["probe.js", "up"], environment: [{ name: "SIZE", value: "override" }] },
        ],
      },
    });
    await lab.until(taskArn, hasStopped).finally(() => delete process.env.AWS_SESSION_TOKEN);

    const [line = ""] = await lab.output("logs", `s/app/${taskArn.split("/").at(-1)!}`);
    const { env, cwd, args } = JSON.parse(line) as {
      env: Record<string, string>;
      cwd: string;
      args: string[];
    };
    const { PATH, HOME, TMPDIR, ECS_CONTAINER_METADATA_URI_V4, ...others } = env;
    assert.deepEqual(others, { FROM_IMAGE: "image", COLOUR: "definition", SIZE: "override" });
    assert.match(ECS_CONTAINER_METADATA_URI_V4!, /^http:/);
    assert.ok(PATH!.endsWith(process.env.PATH!));
    assert.ok(cwd.endsWith("/rootfs/app"));
    assert.deepEqual([HOME, TMPDIR], [cwd.replace(/app$/, "root"), cwd.replace(/app$/, "tmp")]);
    assert.deepEqual(args, ["up"]);
  });

  it("shows a Fargate task as AWS does, from PROVISIONING on", async () => {
    const { taskDefinition } = await lab.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "fargate",
        networkMode: "awsvpc",
        requiresCompatibilities: ["FARGATE"],
        cpu: "256",
        memory: "512",
        containerDefinitions: [{ name: "app", image: "shop/migrate:1", command: ["exit.js", "0"] }],
      }),
    );
    const launched = await lab.run(taskDefinition!.taskDefinitionArn!, {
      launchType: "FARGATE",
      networkConfiguration: awsvpc,
    });
    const ended = await lab.until(launched.taskArn, hasStopped);

    assert.match(launched.taskArn, /^arn:aws:ecs:us-east-1:123456789012:task\/default\/[0-9a-f]{32}$/);
    assert.deepEqual([launched.lastStatus, launched.desiredStatus], ["PROVISIONING", "RUNNING"]);
    assert.deepEqual([launched.cpu, launched.memory, launched.group], ["256", "512", "family:fargate"]);
    assert.deepEqual(launched.attachments![0]!.status, "PRECREATED");
    assert.deepEqual(launched.attachments![0]!.details, [{ name: "subnetId", value: "subnet-1" }]);
    assert.deepEqual(
      [ended.launchType, ended.platformVersion, ended.platformFamily],
      ["FARGATE", "1.4.0", "Linux"],
    );
    assert.equal(ended.connectivity, "CONNECTED");
    assert.equal(ended.containers![0]!.networkInterfaces![0]!.attachmentId, ended.attachments![0]!.id);
    assert.equal(ended.attachments![0]!.status, "DELETED");
    assert.ok(ended.version! > launched.version!);
  });

  it("starts as many tasks as are asked for", async () => {
    const taskDefinition = await lab.define([
      { name: "app", image: "shop/migrate:1", command: ["exit.js", "0"] },
    ]);
    const { tasks } = await lab.ecs.send(new RunTaskCommand({ taskDefinition, count: 3 }));
    const ended = await Promise.all(tasks!.map(({ taskArn }) => lab.until(taskArn!, hasStopped)));

    assert.deepEqual(new Set(ended.map(({ taskArn }) => taskArn)).size, 3);
    assert.deepEqual(
      ended.map(({ containers }) => containers![0]!.exitCode),
      [0, 0, 0],
    );
  });
});
