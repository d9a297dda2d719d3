import assert from "node:assert/strict";
import {
  DeregisterTaskDefinitionCommand,
  RunTaskCommand,
  waitUntilTasksStopped,
  type RunTaskCommandInput,
} from "@aws-sdk/client-ecs";
import { startBench, type Bench } from "./support/bench";
import { conforms } from "./support/conforms";

describe("RunTask", function () {
  this.timeout(600_000);
  let bench: Bench;
  let taskDefinition: string;
  before(async () => {
    bench = await startBench();
    taskDefinition = await bench.define();
  });

  const send = (input: Partial<RunTaskCommandInput>) =>
    bench.ecs.send(
      new RunTaskCommand({ cluster: bench.cluster, taskDefinition, ...bench.fargate, ...input }),
    );

  conforms("a task tells how its container ended", async () => {
    const ends = await bench.define({ containerDefinitions: [bench.shell("exit 3")] });
    const { taskArn } = await bench.run(ends);

    const task = await bench.until(taskArn, "STOPPED");

    assert.equal(task.desiredStatus, "STOPPED");
    assert.equal(task.stopCode, "EssentialContainerExited");
    assert.equal(task.stoppedReason, "Essential container in task exited");
    assert.equal(task.containers![0]!.exitCode, 3);
    assert.equal(task.containers![0]!.lastStatus, "STOPPED");
  });

  conforms("a container tells the digest of its image", async () => {
    const ends = await bench.define({ containerDefinitions: [bench.shell("exit 0")] });
    const { taskArn } = await bench.run(ends);

    const { containers } = await bench.until(taskArn, "STOPPED");

    assert.match(containers![0]!.imageDigest ?? "no digest", /^sha256:[0-9a-f]{64}$/);
  });

  conforms("a task that stopped has all its times", async () => {
    const ends = await bench.define({ containerDefinitions: [bench.shell("exit 0")] });
    const { taskArn } = await bench.run(ends);

    const task = await bench.until(taskArn, "STOPPED");

    const { createdAt, pullStartedAt, pullStoppedAt, startedAt, stoppingAt, executionStoppedAt, stoppedAt } =
      task;
    const times = {
      createdAt,
      pullStartedAt,
      pullStoppedAt,
      startedAt,
      stoppingAt,
      executionStoppedAt,
      stoppedAt,
    };
    const missing = Object.entries(times).filter(([, time]) => time === undefined);
    assert.deepEqual(missing, []);
  });

  conforms("the answer shows every container, with an ARN of its own", async () => {
    const two = await bench.define({
      containerDefinitions: [bench.shell(), { ...bench.shell(), name: "side" }],
    });

    const { containers, taskArn } = await bench.run(two);

    assert.deepEqual(containers!.map(({ name }) => name).sort(), ["app", "side"]);
    assert.ok(containers!.every(({ containerArn }) => containerArn!.includes(":container/")));
    assert.ok(containers!.every((container) => container.taskArn === taskArn));
  });

  conforms("a task starts as PROVISIONING with desiredStatus RUNNING", async () => {
    const { lastStatus, desiredStatus } = await bench.run(taskDefinition);

    assert.deepEqual([lastStatus, desiredStatus], ["PROVISIONING", "RUNNING"]);
  });

  conforms("the SDK's waiter sees the task stop", async () => {
    const ends = await bench.define({ containerDefinitions: [bench.shell("exit 0")] });
    const { taskArn } = await bench.run(ends);

    const { state } = await waitUntilTasksStopped(
      { client: bench.ecs, maxWaitTime: 300, minDelay: 1, maxDelay: 2 },
      { cluster: bench.cluster, tasks: [taskArn] },
    );

    assert.equal(state, "SUCCESS");
  });

  conforms("the same clientToken starts nothing anew", async () => {
    const clientToken = bench.unique("token");

    const one = await send({ clientToken });
    const two = await send({ clientToken });

    assert.equal(two.tasks![0]!.taskArn, one.tasks![0]!.taskArn);
  });

  conforms("the same clientToken with other parameters is a conflict that names the tasks", async () => {
    const clientToken = bench.unique("token");
    const { tasks } = await send({ clientToken });

    const answer = send({ clientToken, group: "another" });

    await assert.rejects(answer, { name: "ConflictException", resourceIds: [tasks![0]!.taskArn] });
  });

  const refused: readonly {
    name: string;
    input: () => Promise<Partial<RunTaskCommandInput>>;
    error: string;
  }[] = [
    {
      name: "more than ten tasks",
      input: () => Promise.resolve({ count: 11 }),
      error: "InvalidParameterException",
    },
    {
      name: "a startedBy of more than 128 characters",
      input: () => Promise.resolve({ startedBy: "x".repeat(129) }),
      error: "InvalidParameterException",
    },
    {
      name: "an override of an unknown container",
      input: () => Promise.resolve({ overrides: { containerOverrides: [{ name: "unknown" }] } }),
      error: "InvalidParameterException",
    },
    {
      name: "awsvpc without a network configuration",
      input: () => Promise.resolve({ networkConfiguration: undefined }),
      error: "InvalidParameterException",
    },
    {
      name: "a launch type together with a capacity provider strategy",
      input: () => Promise.resolve({ capacityProviderStrategy: [{ capacityProvider: "FARGATE" }] }),
      error: "InvalidParameterException",
    },
    {
      name: "an unknown task definition",
      input: () => Promise.resolve({ taskDefinition: bench.unique("never") }),
      error: "ClientException",
    },
    {
      name: "an INACTIVE task definition",
      input: async () => {
        const inactive = await bench.define();
        await bench.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: inactive }));
        return { taskDefinition: inactive };
      },
      error: "ClientException",
    },
    {
      name: "an unknown cluster",
      input: () => Promise.resolve({ cluster: bench.unique("never") }),
      error: "ClusterNotFoundException",
    },
    {
      name: "EC2 in a cluster without container instances",
      input: async () => ({
        launchType: "EC2",
        networkConfiguration: undefined,
        taskDefinition: await bench.define({ requiresCompatibilities: ["EC2"], networkMode: "bridge" }),
      }),
      error: "InvalidParameterException",
    },
  ];
  for (const { name, input, error } of refused)
    conforms(`RunTask refuses ${name}`, async () => {
      await assert.rejects(send(await input()), { name: error });
    });
});
