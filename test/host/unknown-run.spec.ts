import assert from "node:assert/strict";
import { DescribeTasksCommand, type Task } from "@aws-sdk/client-ecs";
import type { TaskState } from "../../src/run/task-state";
import type { RunResult } from "../../src/run/run-result";
import { told } from "../support/told";
import { startRun } from "../../src/run/start-run";
import { updateRun } from "../../src/run/update-run";
import { hasStopped, startLab, type Lab } from "../support/lab";
import { portsOn } from "../support/ports-on";

const SLEEP = { name: "app", image: "shop/sleep:1", stopTimeout: 2 };

/** As AWS JSON writes it: times are seconds. */
function inAwsJson(task: Task): object {
  return JSON.parse(
    JSON.stringify(task, (_key, value: unknown) =>
      typeof value === "string" && /^\d{4}-.*Z$/.test(value) ? Date.parse(value) / 1000 : value,
    ),
  ) as object;
}

describe("a run of which nobody knows", () => {
  let lab: Lab;
  let taskDefinition: string;

  beforeEach(async () => {
    lab = await startLab();
    const program = { "app/main.mjs": "setInterval(() => {}, 1000);" };
    await lab.image("shop/sleep:1", program, { WorkingDir: "/app", Entrypoint: ["node", "main.mjs"] });
    taskDefinition = await lab.define([SLEEP]);
  });

  afterEach(() => lab.close());

  /** Time flies here, and processes start in real time: the limits are out of reach. */
  const NO_LIMITS = { timeoutSeconds: 604_800, startTimeoutSeconds: 604_800 };

  const inputs = () => ({ taskDefinition, waitFor: "RUNNING" as const, ...NO_LIMITS });

  /** How often RunTask was sent. */
  const launches = () => lab.lines.filter((line) => line.startsWith("RunTask ")).length;

  function start(news: TaskState | ReturnType<typeof inputs>): Promise<RunResult> {
    const run = { identity: "i".repeat(12), life: "l".repeat(12), generation: 1 };
    return startRun(portsOn(lab), { inputs: news, run });
  }

  it("because no answer of RunTask arrived is recorded as UNKNOWN, and the next up adopts its task", async () => {
    lab.local.faults.add({ RunTask: [{ drop: "after", times: "always" }] });
    const lost = await start(inputs());
    const sent = launches();
    lab.local.faults.clear();

    const found = await updateRun(portsOn(lab), lost.state, inputs());

    assert.deepStrictEqual(
      [lost.state.phase, lost.state.outcome, lost.state.tasks],
      ["UNKNOWN", "UNKNOWN", []],
    );
    assert.match(told(lost), /^ECS did not answer whether it started the task: RunTask failed with /);
    assert.ok(sent > 1);
    assert.deepStrictEqual([found.failure, found.state.phase], [undefined, "SETTLED"]);
    assert.deepStrictEqual(
      lab.local.tasks.all().map(({ taskArn }) => taskArn),
      [found.state.taskArn],
    );
  });

  it("because no answer of RunTask arrived is asked for with the same token, and is the same task", async () => {
    lab.local.faults.add({ RunTask: [{ drop: "after", times: "always" }] });
    const lost = await start(inputs());
    lab.local.faults.clear();
    lab.local.faults.add({ ListTasks: [{ body: '{"taskArns":[]}', times: 4 }] });
    const before = launches();

    const found = await updateRun(portsOn(lab), lost.state, inputs());

    assert.deepStrictEqual([lab.local.faults.pending(), launches() - before], [{}, 1]);
    assert.deepStrictEqual([found.state.phase, lab.local.tasks.all().length], ["SETTLED", 1]);
  });

  it("because its task vanished is UNKNOWN, and goes on when ECS shows the task again", async () => {
    const running = await start(inputs());
    const taskArn = running.state.taskArn ?? "";
    const toTheEnd = { ...inputs(), waitFor: "STOPPED" as const };
    lab.local.tasks.hide(taskArn);
    const vanished = await updateRun(portsOn(lab), running.state, toTheEnd);
    lab.local.tasks.show(taskArn);
    lab.local.tasks.interrupt(taskArn, { stopCode: "TerminationNotice" });

    const ended = await updateRun(portsOn(lab), vanished.state, toTheEnd);

    assert.deepStrictEqual([vanished.state.phase, vanished.state.outcome], ["UNKNOWN", "UNKNOWN"]);
    assert.match(told(vanished), /vanished: ECS does not know it any more/);
    assert.deepStrictEqual([ended.state.phase, ended.state.taskArn], ["FAILED", taskArn]);
    assert.ok(lab.local.tasks.all().every(hasStopped));
  });

  it("because its task vanished goes on when the task is just being stopped", async () => {
    const running = await start(inputs());
    const taskArn = running.state.taskArn ?? "";
    const unknown: TaskState = { ...running.state, phase: "UNKNOWN", outcome: "UNKNOWN" };
    const { tasks } = await lab.ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }));
    const stopping = { ...tasks?.[0], desiredStatus: "STOPPED", lastStatus: "DEACTIVATING" };
    lab.local.faults.add({
      DescribeTasks: [{ body: JSON.stringify({ tasks: [inAwsJson(stopping)] }) }],
    });

    const going = await updateRun(portsOn(lab), unknown, inputs());

    assert.deepStrictEqual([going.state.phase, going.state.taskArn], ["SETTLED", taskArn]);
  });

  it("because its task vanished goes on with the recorded task when looking for others is not permitted", async () => {
    const running = await start(inputs());
    const unknown: TaskState = { ...running.state, phase: "UNKNOWN", outcome: "UNKNOWN" };
    lab.local.faults.add({ ListTasks: [{ error: "AccessDeniedException", times: "always" }] });

    const going = await updateRun(portsOn(lab), unknown, inputs());

    assert.deepStrictEqual([going.state.phase, going.state.taskArn], ["SETTLED", running.state.taskArn]);
  });

  it("because its launch was not answered long ago is not taken for forgotten when looking is not permitted", async () => {
    const running = await start(inputs());
    const { taskArn, ...lost } = running.state;
    const unknown: TaskState = {
      ...lost,
      phase: "UNKNOWN",
      outcome: "UNKNOWN",
      tasks: [],
      taskArns: [],
      launchedAt: "2020-01-01T00:00:00.000Z",
    };
    lab.local.faults.add({ ListTasks: [{ error: "AccessDeniedException", times: "always" }] });

    const refused = updateRun(portsOn(lab), unknown, inputs());

    await assert.rejects(
      refused,
      /looking for its task on cluster default in .* is not permitted\. Nothing was started\./,
    );
    assert.deepStrictEqual(
      lab.local.tasks.all().map((task) => task.taskArn),
      [taskArn],
    );
  });
});
