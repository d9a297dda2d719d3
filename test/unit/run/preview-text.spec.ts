import assert from "node:assert/strict";
import fc from "fast-check";
import { willDo, willRun } from "../../../src/run/preview-text";
import { readState } from "../../../src/provider/read-state";
import type { TaskState } from "../../../src/run/task-state";
import { UNKNOWN } from "../../../src/inputs/unknown";
import { anyInputs, anyPreviewInputs } from "../../support/any-inputs";
import { runningTask, stoppedTask, TASK_ARN } from "../../support/builders";

const recorded: TaskState = readState("id", {
  taskDefinition: "app:1",
  phase: "SETTLED",
  outcome: "SUCCEEDED",
});
const still: TaskState = {
  ...recorded,
  phase: "RUNNING",
  outcome: "RUNNING",
  taskArn: TASK_ARN,
  tasks: [runningTask()],
};
const ID = "0123456789abcdef0123456789abcdef";

describe("the forecast of an update", () => {
  it("goes on waiting for a task that outlived its timeout", () => {
    assert.equal(
      willDo({ ...still, failure: "it was still RUNNING after 60 s" }, { taskDefinition: "app:1" }),
      `will go on waiting for task ${ID}: it was still RUNNING after 60 s`,
    );
  });

  it("waits for the end of a task that only had to run before", () => {
    const running: TaskState = { ...still, phase: "SETTLED", waitFor: "RUNNING" };

    assert.equal(
      willDo(running, { taskDefinition: "app:1", waitFor: "STOPPED" }),
      `will wait for task ${ID} to stop: waitFor RUNNING -> STOPPED`,
    );
    assert.equal(
      willDo(running, { taskDefinition: "app:1" }),
      `will wait for task ${ID} to end: waitFor RUNNING -> EXITED`,
    );
  });

  it("looks for a task of which nobody knows whether it was started", () => {
    assert.match(
      willDo({ ...recorded, phase: "UNKNOWN" }, { taskDefinition: "app:1" }) ?? "",
      /^will look for/,
    );
  });

  it("tells also of what else changed when it runs again", () => {
    const failed: TaskState = { ...recorded, phase: "FAILED", failure: "it failed" };

    assert.equal(
      willDo(failed, { taskDefinition: "app:1", timeoutSeconds: 5 }),
      "will run again: the last run failed (it failed); also changed: timeoutSeconds 3600 -> 5",
    );
  });

  it("is the same for a settled run and its own inputs: nothing", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        assert.equal(willDo({ ...recorded, ...inputs }, inputs), undefined);
      }),
    );
  });

  it("is given for any inputs, known or not", () => {
    fc.assert(
      fc.property(anyInputs, anyPreviewInputs, (olds, news) => {
        assert.match(willRun(news), /^will run (a task|\d+ tasks)/);
        assert.doesNotMatch(willDo({ ...recorded, ...olds }, news) ?? "", /undefined|\[object|04da6b54/);
      }),
    );
  });

  it("fails when the recorded task had failed and its end is to be waited for now", () => {
    const ended: TaskState = { ...recorded, outcome: "FAILED", waitFor: "NONE" };

    assert.equal(
      willDo({ ...ended, failure: "app exited with code 1" }, { taskDefinition: "app:1" }),
      "will fail, no task will run: the last run, whose end was not waited for, failed (app exited with code 1); waitFor NONE -> EXITED",
    );
    assert.match(willDo(ended, { taskDefinition: "app:1" }) ?? "", /failed \(no reason was recorded\)/);
  });

  it("says what it can of a record that tells no reason and no task", () => {
    const say = (state: Partial<TaskState>) => willDo({ ...recorded, ...state }, { taskDefinition: "app:1" });

    assert.equal(say({ phase: "FAILED" }), "will run again: the last run failed (no reason was recorded)");
    assert.equal(say({ phase: "RUNNING" }), "will go on waiting for task of the last run: it had not ended");
    assert.equal(
      say({ phase: "UNKNOWN", failure: "the answer was lost" }),
      "will look for the last run's task: the answer was lost",
    );
  });

  it("may run where it is not known yet whether anything changed, and shows values only where none is secret", () => {
    const news = { taskDefinition: "app:2", cluster: UNKNOWN, launchType: "FARGATE", group: "g", count: 2 };

    assert.equal(
      willDo(recorded, news),
      "will run a new task: taskDefinition app:1 -> app:2, cluster (known only after the update), launchType (none) -> FARGATE, count 1 -> 2, group",
    );
    assert.equal(
      willDo(recorded, { taskDefinition: "app:1", cluster: UNKNOWN }),
      "may run a new task: cluster (known only after the update)",
    );
  });

  it("says from when on tags hold, and that another judgement may change the outcome", () => {
    const ended: TaskState = { ...recorded, tasks: [stoppedTask([])] };

    assert.equal(
      willDo(ended, { taskDefinition: "app:1", tags: { a: "1" }, successExitCodes: [3] }),
      "no task will run, the last run is judged again: successExitCodes, tags (tags from the next run on)",
    );
  });

  it("says that a run which failed is judged again, and not that it runs again", () => {
    const failed: TaskState = { ...still, tasks: [stoppedTask([])], phase: "FAILED", outcome: "FAILED" };

    assert.equal(
      willDo(failed, { taskDefinition: "app:1", successExitCodes: [3] }),
      "no task will run, the last run is judged again: successExitCodes",
    );
    assert.match(
      willDo({ ...failed, tasks: [] }, { taskDefinition: "app:1", successExitCodes: [3] }) ?? "",
      /^will run again: .*; also changed: successExitCodes$/,
    );
  });

  it("shows a cluster by its name, and warns of a family without a revision", () => {
    const settled = { ...recorded, cluster: "arn:aws:ecs:eu-central-1:1:cluster/prod" };

    assert.equal(
      willDo(settled, { taskDefinition: "app", cluster: "test" }),
      "will run a new task: taskDefinition app:1 -> app, cluster prod -> test (its latest revision; a newer one will not make it run again, taskDefinition.arn would)",
    );
  });

  it("says of a change that only later behaviour depends on no more than that", () => {
    assert.equal(
      willDo(recorded, { taskDefinition: "app:1", timeoutSeconds: 5 }),
      "no task will run: timeoutSeconds 3600 -> 5",
    );
  });
});
