import assert from "node:assert/strict";
import { cp, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";
import { startLocalEcs } from "../../src/api/index";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";

const hourMs = 60 * 60 * 1000;

describe("a local ECS with a state folder", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let folder: string;
  let stateDir: string;
  let lab: Lab;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "state-"));
    stateDir = join(folder, "state");
    await start();
  });
  afterEach(async () => {
    await lab.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    lab = await startLab({ stateDir });
    await lab.image("app:1", {
      "/exit.js": "console.log('done'); process.exit(3)",
      "/long.js": "setInterval(() => {}, 1000)",
    });
  }
  const restart = async (): Promise<void> => {
    await lab.close();
    await start();
  };
  const describeTask = async (task: string) =>
    (await lab.ecs.send(new DescribeTasksCommand({ tasks: [task], include: ["TAGS"] }))).tasks![0]!;
  const logConfiguration = {
    logDriver: "awslogs" as const,
    options: { "awslogs-group": "logs", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "s" },
  };
  const short = { name: "app", image: "app:1", command: ["node", "/exit.js"], logConfiguration };
  const long = { name: "app", image: "app:1", command: ["node", "/long.js"] };

  it("knows a stopped task, its logs and its token after a restart", async () => {
    const taskDefinition = await lab.define([short]);
    const input = { taskDefinition, clientToken: "once", tags: [{ key: "who", value: "me" }] };
    const { taskArn } = await lab.run(taskDefinition, input);
    await lab.until(taskArn, hasStopped);
    const [before, stream] = [await describeTask(taskArn), `s/app/${taskArn.split("/").at(-1)!}`];
    await restart();

    assert.deepEqual(await describeTask(taskArn), before);
    assert.deepEqual(await lab.output("logs", stream), ["done"]);
    const { tasks } = await lab.ecs.send(new RunTaskCommand(input));
    assert.deepEqual(tasks, [{ taskArn, lastStatus: "STOPPED", desiredStatus: "STOPPED" }]);
    lab.local.advanceClock(hourMs);
    const { failures } = await lab.ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }));
    assert.deepEqual(failures, [{ arn: taskArn, reason: "MISSING" }]);
  });

  it("goes on with families, revisions and clusters", async () => {
    const first = await lab.define([short]);
    await lab.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: first }));
    await restart();
    const second = await lab.define([short]);
    const described = await lab.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: first }));
    const { clusters } = await lab.ecs.send(new DescribeClustersCommand({}));

    assert.equal(second, first.replace(/:1$/, ":2"));
    assert.equal(described.taskDefinition!.status, "INACTIVE");
    assert.ok(described.taskDefinition!.deregisteredAt instanceof Date);
    assert.equal(clusters![0]!.clusterName, "default");
  });

  it("says of a task that ran when it was ended what became of it", async () => {
    const { taskArn } = await lab.run(await lab.define([long]));
    await lab.until(taskArn, isRunning);
    await restart();
    const task = await describeTask(taskArn);

    assert.deepEqual(
      [task.lastStatus, task.desiredStatus, task.stopCode, task.stoppedReason],
      ["STOPPED", "STOPPED", "TerminationNotice", "The local ECS was ended while the task was not."],
    );
    assert.equal(task.containers![0]!.exitCode, undefined);
    assert.deepEqual((await lab.ecs.send(new ListTasksCommand({}))).taskArns, []);
  });

  it("says so too when it was killed: each change is written at once", async () => {
    const { taskArn } = await lab.run(await lab.define([long]));
    await lab.until(taskArn, isRunning);
    // What a process that is killed now leaves behind.
    const left = join(folder, "left");
    await cp(stateDir, left, { recursive: true });
    await using next = await startLocalEcs({ stateDir: left });
    const ecs = new ECSClient({
      endpoint: next.url,
      region: next.region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const { tasks } = await ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }));
    ecs.destroy();

    assert.deepEqual([tasks![0]!.lastStatus, tasks![0]!.stopCode], ["STOPPED", "TerminationNotice"]);
  });

  it("keeps the clock where it was moved to", async () => {
    lab.local.advanceClock(24 * hourMs);
    const { createdAt } = await lab.run(await lab.define([long]));
    await restart();
    const { createdAt: later } = await lab.run(await lab.define([long]));

    assert.ok(later! >= createdAt!);
  });

  it("is for one process at a time, and leaves nothing of its own beside the state", async () => {
    await assert.rejects(startLocalEcs({ stateDir }), {
      message: `${stateDir} is in use by process ${process.pid}: end it, or choose another folder.`,
    });
    await lab.close();

    assert.deepEqual(await readdir(stateDir), ["state.db"]);
  });

  it("is refused when it is damaged", async () => {
    await lab.close();
    const file = join(stateDir, "state.db");
    await writeFile(file, "damaged ".repeat(1000));

    await assert.rejects(startLocalEcs({ stateDir }), {
      message: `${file} is damaged: file is not a database. Choose another folder, or remove this one.`,
    });
  });

  it("belongs to one account and region", async () => {
    await lab.close();

    await assert.rejects(startLocalEcs({ stateDir, region: "eu-west-1" }), {
      message: `${stateDir} belongs to account 123456789012 in us-east-1: start with these, or choose another folder.`,
    });
  });

  it("is readable by its user only: it holds what tasks were given", async () => {
    await lab.define([{ ...short, environment: [{ name: "PASSWORD", value: "hunter2" }] }]);
    const modes = ["", "state.db", "state.db-wal", "pid"].map(async (name) =>
      ((await stat(join(stateDir, name))).mode & 0o777).toString(8),
    );

    assert.deepEqual(await Promise.all(modes), ["700", "600", "600", "600"]);
  });
});
