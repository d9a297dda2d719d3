import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  InvalidParameterException,
  ListTasksCommand,
  StopTaskCommand,
  paginateListTasks,
  type ListTasksCommandInput,
} from "@aws-sdk/client-ecs";
import { hasStopped, startLab, type Lab } from "../support/lab";

describe("listing and describing tasks of the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;
  let running: readonly string[];
  let stopped: string;
  let elsewhere: string;

  before(async () => {
    lab = await startLab();
    await lab.ecs.send(new CreateClusterCommand({ clusterName: "other" }));
    await lab.image("app:1", { "/long.js": "setInterval(() => {}, 1000)" });
    const container = { name: "app", image: "app:1", command: ["node", "/long.js"], stopTimeout: 0 };
    const one = await lab.define([container], "one");
    const two = await lab.define([container], "two");
    const launched = [];
    for (const [taskDefinition, startedBy] of [
      [one, "me"],
      [one, "you"],
      [two, "me"],
    ] as const)
      launched.push(
        (await lab.run(taskDefinition, { startedBy, tags: [{ key: "who", value: startedBy }] })).taskArn,
      );
    running = launched;
    ({ taskArn: stopped } = await lab.run(one, { startedBy: "me", tags: [{ key: "who", value: "me" }] }));
    await lab.ecs.send(new StopTaskCommand({ task: stopped }));
    await lab.until(stopped, hasStopped);
    ({ taskArn: elsewhere } = await lab.run(one, { cluster: "other" }));
  });
  after(() => lab.close());

  const list = async (input: ListTasksCommandInput = {}) =>
    (await lab.ecs.send(new ListTasksCommand(input))).taskArns!;

  const filters: readonly {
    name: string;
    input: ListTasksCommandInput;
    expected: () => readonly string[];
  }[] = [
    { name: "tasks that are meant to run, without a filter", input: {}, expected: () => running },
    { name: "stopped tasks when asked for", input: { desiredStatus: "STOPPED" }, expected: () => [stopped] },
    { name: "nothing for desiredStatus PENDING", input: { desiredStatus: "PENDING" }, expected: () => [] },
    { name: "by family", input: { family: "one" }, expected: () => running.slice(0, 2) },
    { name: "by startedBy", input: { startedBy: "me" }, expected: () => [running[0]!, running[2]!] },
    { name: "by launch type", input: { launchType: "FARGATE" }, expected: () => [] },
    { name: "by cluster", input: { cluster: "other" }, expected: () => [elsewhere] },
    { name: "by family and status", input: { family: "two", desiredStatus: "STOPPED" }, expected: () => [] },
  ];
  for (const { name, input, expected } of filters)
    it(`lists ${name}`, async () => {
      assert.deepEqual(await list(input), expected());
    });

  it("lists by container instance", async () => {
    const { tasks } = await lab.ecs.send(new DescribeTasksCommand({ tasks: [running[0]!] }));

    assert.deepEqual(await list({ containerInstance: tasks![0]!.containerInstanceArn }), running);
    assert.deepEqual(await list({ containerInstance: "0".repeat(32) }), []);
  });

  it("refuses startedBy together with another filter", async () => {
    for (const other of [{ family: "one" }, { launchType: "EC2" }, { desiredStatus: "STOPPED" }] as const)
      await assert.rejects(
        list({ startedBy: "me", ...other }),
        isInvalid(/cannot specify startedBy with other arguments/),
      );
  });

  it("gives the list in pages of the size asked for", async () => {
    const pages = [];
    for await (const { taskArns } of paginateListTasks({ client: lab.ecs, pageSize: 2 }, {}))
      pages.push(taskArns);

    assert.deepEqual(pages, [running.slice(0, 2), running.slice(2)]);
  });

  it("refuses a page size or a token that makes no sense", async () => {
    await assert.rejects(list({ maxResults: 101 }), isInvalid(/maxResults must be between 1 and 100/));
    await assert.rejects(list({ nextToken: "nonsense" }), isInvalid(/Invalid token/));
  });

  it("describes by id and by ARN, with tags only when asked for", async () => {
    const [taskArn] = running;
    const byId = await lab.ecs.send(new DescribeTasksCommand({ tasks: [taskArn!.split("/").at(-1)!] }));
    const byArn = await lab.ecs.send(new DescribeTasksCommand({ tasks: [taskArn!], include: ["TAGS"] }));

    assert.equal(byId.tasks![0]!.taskArn, taskArn);
    assert.equal(byId.tasks![0]!.tags, undefined);
    assert.deepEqual(byArn.tasks![0]!.tags, [{ key: "who", value: "me" }]);
  });

  it("has deleted the tags of a task that was stopped", async () => {
    const { tasks } = await lab.ecs.send(new DescribeTasksCommand({ tasks: [stopped], include: ["TAGS"] }));

    assert.deepEqual(tasks![0]!.tags, []);
  });

  it("answers MISSING for tasks that are unknown or in another cluster", async () => {
    const unknown = "f".repeat(32);
    const { tasks, failures } = await lab.ecs.send(new DescribeTasksCommand({ tasks: [unknown, elsewhere] }));

    assert.deepEqual(tasks, []);
    assert.deepEqual(failures, [
      { arn: `arn:aws:ecs:us-east-1:123456789012:task/default/${unknown}`, reason: "MISSING" },
      { arn: elsewhere, reason: "MISSING" },
    ]);
  });

  it("refuses to describe no tasks, more than a hundred, or what is no task id", async () => {
    const describeTasks = (tasks: string[]) => lab.ecs.send(new DescribeTasksCommand({ tasks }));

    await assert.rejects(describeTasks([]), isInvalid(/Tasks cannot be empty\./));
    await assert.rejects(describeTasks(Array<string>(101).fill("f".repeat(32))), isInvalid(/at most 100/));
    await assert.rejects(describeTasks(["nonsense"]), isInvalid(/taskId length should be one of \[32,36\]/));
  });

  it("answers StopTask as AWS does when the task is unknown or has stopped already", async () => {
    const stop = (task: string) => lab.ecs.send(new StopTaskCommand({ task, reason: "again" }));

    await assert.rejects(stop("f".repeat(32)), isInvalid(/The referenced task was not found\./));
    await assert.rejects(stop("nonsense"), isInvalid(/Task Identifier is invalid/));
    assert.equal((await stop(stopped)).task!.stoppedReason, "Task stopped by user");
  });

  it("forgets a stopped task after an hour", async () => {
    lab.local.advanceClock(60 * 60 * 1000);

    const { failures } = await lab.ecs.send(new DescribeTasksCommand({ tasks: [stopped] }));
    assert.deepEqual(failures, [{ arn: stopped, reason: "MISSING" }]);
    assert.deepEqual(await list({ desiredStatus: "STOPPED" }), []);
    assert.deepEqual(await list(), running);
  });
});

function isInvalid(message: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof InvalidParameterException, String(error));
    assert.match(error.message, message);
    return true;
  };
}
