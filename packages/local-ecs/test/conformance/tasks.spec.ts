import assert from "node:assert/strict";
import {
  DescribeTasksCommand,
  ListTasksCommand,
  StopTaskCommand,
  paginateListTasks,
  type ListTasksCommandInput,
} from "@aws-sdk/client-ecs";
import { startBench, type Bench } from "./support/bench";
import { conforms } from "./support/conforms";

describe("tasks", function () {
  this.timeout(600_000);
  let bench: Bench;
  let family: string;
  let running: readonly string[];
  let stopped: string;
  before(async () => {
    bench = await startBench();
    family = bench.unique("family");
    const taskDefinition = await bench.define({ family });
    const other = await bench.define();
    running = [
      (await bench.run(taskDefinition, { startedBy: "me" })).taskArn,
      (await bench.run(other, { startedBy: "me" })).taskArn,
      (await bench.run(taskDefinition, { startedBy: "you" })).taskArn,
    ];
    const tags = [{ key: "who", value: "me" }];
    ({ taskArn: stopped } = await bench.run(taskDefinition, { startedBy: "me", tags }));
    await bench.ecs.send(new StopTaskCommand({ cluster: bench.cluster, task: stopped, reason: "enough" }));
    await bench.until(stopped, "STOPPED");
  });

  const list = async (input: ListTasksCommandInput = {}) =>
    (await bench.ecs.send(new ListTasksCommand({ cluster: bench.cluster, ...input }))).taskArns!.sort();
  const describeTasks = (tasks: string[], cluster = bench.cluster) =>
    bench.ecs.send(new DescribeTasksCommand({ cluster, tasks }));

  conforms("ListTasks lists by family, startedBy and desiredStatus", async () => {
    assert.deepEqual(await list(), [...running].sort());
    assert.deepEqual(await list({ family }), [running[0]!, running[2]!].sort());
    assert.deepEqual(await list({ startedBy: "me" }), [running[0]!, running[1]!].sort());
    assert.deepEqual(await list({ desiredStatus: "STOPPED" }), [stopped]);
    assert.deepEqual(await list({ launchType: "EC2" }), []);
  });

  conforms("ListTasks takes startedBy as its only filter", async () => {
    await assert.rejects(list({ startedBy: "me", family }), { name: "InvalidParameterException" });
  });

  conforms("ListTasks gives pages of the size asked for", async () => {
    const pages = [];
    const settings = { client: bench.ecs, pageSize: 2 };
    for await (const { taskArns } of paginateListTasks(settings, { cluster: bench.cluster }))
      pages.push(taskArns!);

    assert.deepEqual(
      pages.map(({ length }) => length),
      [2, 1],
    );
    assert.deepEqual(pages.flat().sort(), [...running].sort());
  });

  conforms("DescribeTasks answers MISSING for a task that never was", async () => {
    const { tasks, failures } = await describeTasks(["f".repeat(32)]);

    assert.deepEqual([tasks, failures!.map(({ reason }) => reason)], [[], ["MISSING"]]);
  });

  conforms("DescribeTasks does not look into other clusters", async () => {
    const { cluster } = await startBench();

    const { tasks } = await describeTasks([stopped], cluster);

    assert.deepEqual(tasks, []);
  });

  conforms("DescribeTasks refuses an empty list", async () => {
    await assert.rejects(describeTasks([]), {
      name: "InvalidParameterException",
      message: "Tasks cannot be empty.",
    });
  });

  conforms("a stopped task tells who stopped it and why", async () => {
    const { stopCode, stoppedReason, desiredStatus } = await bench.describe(stopped);

    assert.deepEqual([stopCode, stoppedReason, desiredStatus], ["UserInitiated", "enough", "STOPPED"]);
  });

  conforms("StopTask has deleted the task's tags", async () => {
    assert.deepEqual((await bench.describe(stopped)).tags, []);
  });

  conforms("StopTask says that it does not know a task", async () => {
    const answer = bench.ecs.send(new StopTaskCommand({ cluster: bench.cluster, task: "f".repeat(32) }));

    await assert.rejects(answer, {
      name: "InvalidParameterException",
      message: "The referenced task was not found.",
    });
  });
});
