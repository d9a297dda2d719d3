import assert from "node:assert/strict";
import fc from "fast-check";
import { willDo, willRun } from "../../../src/task/forecast";
import { readState } from "../../../src/provider/state";
import type { TaskState } from "../../../src/task/task-state";
import { anyInputs, anyPreviewInputs } from "../../support/any-inputs";
import { runningTask, TASK_ARN } from "../../support/builders";

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
});
