import assert from "node:assert/strict";
import {
  ConflictException,
  CreateClusterCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
} from "@aws-sdk/client-ecs";
import { hasStopped, startLab, type Lab } from "../support/lab";

const hourMs = 60 * 60 * 1000;

describe("RunTask's clientToken on the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;
  let short: string;
  let long: string;

  before(async () => {
    lab = await startLab();
    await lab.ecs.send(new CreateClusterCommand({ clusterName: "other" }));
    await lab.image("app:1", { "/short.js": "", "/long.js": "setInterval(() => {}, 1000)" });
    short = await lab.define([{ name: "app", image: "app:1", command: ["node", "/short.js"] }]);
    long = await lab.define([{ name: "app", image: "app:1", command: ["node", "/long.js"] }]);
  });
  after(() => lab.close());

  const run = async (input: RunTaskCommandInput) => (await lab.ecs.send(new RunTaskCommand(input))).tasks!;

  it("gives the same task again for the same parameters", async () => {
    const [first] = await run({ taskDefinition: long, clientToken: "same", startedBy: "me" });
    const [again] = await run({ startedBy: "me", clientToken: "same", taskDefinition: long });

    assert.equal(again!.taskArn, first!.taskArn);
    assert.equal(again!.startedBy, "me");
  });

  it("refuses other parameters and names the tasks of the token", async () => {
    const [task] = await run({ taskDefinition: long, clientToken: "conflict" });

    await assert.rejects(run({ taskDefinition: long, clientToken: "conflict", count: 2 }), (error) => {
      assert.ok(error instanceof ConflictException);
      assert.equal(error.$metadata.httpStatusCode, 400);
      assert.deepEqual(error.resourceIds, [task!.taskArn]);
      return true;
    });
  });

  it("counts tokens per cluster", async () => {
    const [one] = await run({ taskDefinition: long, clientToken: "per-cluster" });
    const [other] = await run({ taskDefinition: long, clientToken: "per-cluster", cluster: "other" });

    assert.notEqual(one!.taskArn, other!.taskArn);
  });

  it("shows only ARN and statuses of a stopped task, and starts a new one an hour after it stopped", async () => {
    const [first] = await run({ taskDefinition: short, clientToken: "short" });
    await lab.until(first!.taskArn!, hasStopped);
    const [replay] = await run({ taskDefinition: short, clientToken: "short" });
    lab.local.advanceClock(hourMs);
    const [anew] = await run({ taskDefinition: short, clientToken: "short" });

    assert.deepEqual(replay, { taskArn: first!.taskArn, lastStatus: "STOPPED", desiredStatus: "STOPPED" });
    assert.notEqual(anew!.taskArn, first!.taskArn);
  });

  it("forgets the token of a running task after 24 hours", async () => {
    const [first] = await run({ taskDefinition: long, clientToken: "day" });
    lab.local.advanceClock(24 * hourMs - 60_000);
    const [within] = await run({ taskDefinition: long, clientToken: "day" });
    lab.local.advanceClock(60_000);
    const [after] = await run({ taskDefinition: long, clientToken: "day" });

    assert.equal(within!.taskArn, first!.taskArn);
    assert.notEqual(after!.taskArn, first!.taskArn);
  });
});
