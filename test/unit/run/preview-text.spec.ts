import assert from "node:assert/strict";
import fc from "fast-check";
import { willDo, willRun } from "../../../src/run/preview-text";
import { readState } from "../../../src/provider/read-state";
import type { TaskState } from "../../../src/run/task-state";
import { whatRuns } from "../../../src/inputs/definition/what-runs";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { UNKNOWN } from "../../../src/inputs/unknown";
import { canonicalJson } from "../../../src/text/canonical-json";
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

describe("the forecast of a run whose task definition is known inside", () => {
  const DIGESTS = ["0123456789abcdef", "fedcba9876543210"].map((digits) => `sha256:${digits.repeat(4)}`);
  const runs = (image: string, others: object = {}) =>
    whatRuns(
      {
        containerDefinitions: [
          { name: "app", image },
          { name: "proxy", image: "envoy:1" },
        ],
        ...others,
      },
      canonicalJson,
    );
  const unknown: TaskInputs = { taskDefinition: UNKNOWN };

  it("says what differs, whether or not the new revision is known", () => {
    const revisions = { before: runs("shop/app:41"), after: runs("shop/app:42", { cpu: "512" }) };
    const inside = "app: image shop/app:41 -> :42; task cpu none -> 512";

    assert.equal(
      willDo(recorded, { taskDefinition: "app:2" }, revisions),
      `will run a new task: taskDefinition app:1 -> app:2 (${inside})`,
    );
    assert.equal(
      willDo(recorded, unknown, revisions),
      `will run a new task: taskDefinition app:1 -> a new revision made by this update (${inside})`,
    );
  });

  it("may run where nothing that runs differs in what the update makes", () => {
    const revisions = { before: runs("shop/app:41"), after: runs("shop/app:41") };
    const same = "with the same images, commands, variables, sizes and roles";

    assert.equal(
      willDo(recorded, unknown, revisions),
      `may run a new task: taskDefinition app:1 -> perhaps a new revision made by this update (${same})`,
    );
    assert.equal(
      willDo(recorded, { taskDefinition: "app:2" }, revisions),
      `will run a new task: taskDefinition app:1 -> app:2 (${same})`,
    );
  });

  it("says no more than is known of one of the two", () => {
    assert.equal(
      willDo(recorded, unknown, { after: runs("shop/app:41") }),
      "may run a new task: taskDefinition (known only after the update)",
    );
  });

  it("names the images of a first run: of the containers that do the work, else of all", () => {
    const overrides = { containerOverrides: [{ name: "app", command: ["x"] }] };

    assert.equal(
      willRun({ taskDefinition: "app:1", overrides }, runs("shop/app:41")),
      "will run a task: app:1 on cluster default (app: image shop/app:41)",
    );
    assert.equal(
      willRun({ ...unknown, cluster: UNKNOWN }, runs("shop/app:41")),
      "will run a task (app: image shop/app:41; proxy: image envoy:1)",
    );
    assert.equal(
      willRun({ ...unknown, overrides: UNKNOWN as unknown as object }, runs("shop/app:41")),
      "will run a task on cluster default (app: image shop/app:41; proxy: image envoy:1)",
    );
  });

  it("shows digests that are expected or trigger, old and new, and no other value", () => {
    const [old = "", now = ""] = DIGESTS;
    const change = (before: Partial<TaskInputs>, after: Partial<TaskInputs>) =>
      willDo({ ...recorded, ...before }, { taskDefinition: "app:1", ...after });
    const shown = "sha256:0123456789ab -> sha256:fedcba987654";

    assert.equal(
      change({ expectedImageDigests: { app: old } }, { expectedImageDigests: { app: now } }),
      `will run a new task: expectedImageDigests.app ${shown}`,
    );
    assert.equal(
      change({ triggers: { image: old, other: 1 } }, { triggers: { image: now, other: 1 } }),
      `will run a new task: triggers.image ${shown}`,
    );
    assert.equal(change({ triggers: [old] }, { triggers: [now] }), `will run a new task: triggers ${shown}`);
    assert.equal(change({ triggers: [old, 1] }, { triggers: [now, 1] }), "will run a new task: triggers");
    assert.equal(change({ triggers: ["hunter2"] }, { triggers: [now] }), "will run a new task: triggers");
    assert.equal(change({}, { triggers: [now] }), "will run a new task: triggers");
  });
});
