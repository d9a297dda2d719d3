import assert from "node:assert/strict";
import { diagnose } from "../../../../src/outcome/explain/diagnose";
import { judgeOutcome } from "../../../../src/outcome/judge-outcome";
import { failureText } from "../../../../src/provider/failure-text";
import type { TaskRecord } from "../../../../src/outcome/task-record";
import { container, neverStarted, stoppedTask } from "../../../support/builders";

const ID = "0123456789abcdef0123456789abcdef";

function explain(...tasks: TaskRecord[]): string[] {
  const outcome = judgeOutcome(tasks, {});
  assert.ok(outcome.kind === "FAILED");
  return failureText(diagnose(tasks, outcome)).split("\n");
}

describe("diagnose", () => {
  it("puts the cause into the first line", () => {
    const reason = "CannotPullImageManifestError: Error response from daemon: manifest unknown";

    const [first, ...rest] = explain(
      stoppedTask([neverStarted({ reason })], {
        stopCode: "TaskFailedToStart",
        stoppedReason: "Task failed to start",
      }),
    );

    assert.equal(first, `Task ${ID} failed: container "app" did not run to its end (${reason})`);
    assert.deepStrictEqual(rest.slice(0, 1), ["  task stopped: TaskFailedToStart, Task failed to start"]);
    assert.match(rest.at(-1) ?? "", /What to do \(IMAGE_NOT_FOUND\): check the image's name/);
  });

  it("takes the task's reason when the container has none", () => {
    const stoppedReason = "ResourceInitializationError: unable to pull secrets or registry auth.";

    const [first, last] = explain(
      stoppedTask([neverStarted()], { stopCode: "TaskFailedToStart", stoppedReason }),
    );

    assert.match(first ?? "", /\(ResourceInitializationError: unable to pull secrets or registry auth\)$/);
    assert.match(last ?? "", /What to do \(RESOURCES_NOT_INITIALISED\): give the task.s subnets/);
  });

  it("does not repeat that an essential container exited, which is how every task ends", () => {
    const stoppedReason = "Essential container in task exited";

    const lines = explain(stoppedTask([container({ exitCode: 1 })], { stoppedReason }));

    assert.deepStrictEqual(lines.slice(0, -1), [`Task ${ID} failed: container "app" exited with code 1`]);
  });

  it("lists all failed containers of all tasks", () => {
    const failed = [container({ exitCode: 1 }), container({ name: "other", exitCode: 2 })];

    const lines = explain(
      stoppedTask(failed),
      stoppedTask([container({ exitCode: 4 })], { taskArn: "task/x" }),
    );

    assert.deepStrictEqual(lines.slice(0, -1), [
      `Task ${ID} (one of 2) failed: container "app" exited with code 1`,
      `  task ${ID}: container "app" exited with code 1`,
      `  task ${ID}: container "other" exited with code 2`,
      '  task x: container "app" exited with code 4',
    ]);
  });

  it("says once what several tasks failed with, and which they are", () => {
    const failed = (taskArn: string, reason?: string) =>
      stoppedTask([{ ...container({ exitCode: 9 }), ...(reason && { reason }) }], { taskArn });

    const lines = explain(failed("task/a"), failed("task/b"), failed("task/c", "Killed"));

    assert.deepStrictEqual(lines.slice(0, -1), [
      '2 of 3 tasks failed: container "app" exited with code 9',
      '  tasks a, b: container "app" exited with code 9',
      '  task c: container "app" exited with code 9 (Killed)',
    ]);
  });

  it("says once why ECS stopped several tasks", () => {
    const stopped = (taskArn: string, stoppedReason: string) =>
      stoppedTask([container({ exitCode: 1 })], { taskArn, stopCode: "UserInitiated", stoppedReason });

    const lines = explain(stopped("task/a", "one"), stopped("task/b", "two"), stopped("task/c", "two"));

    assert.equal(lines[0], '3 of 3 tasks failed: container "app" exited with code 1 (one)');
    assert.equal(lines[2], "  tasks b, c stopped: UserInitiated, two");
  });

  it("always says why ECS stopped a task that has no exit code", () => {
    const stoppedReason = "Essential container in task exited";

    const [first] = explain(stoppedTask([neverStarted()], { stoppedReason }));

    assert.equal(
      first,
      `Task ${ID} failed: container "app" did not run to its end (Essential container in task exited)`,
    );
  });

  it("says why ECS stopped a task where that is not the usual end", () => {
    const stoppedReason = "Something of which nobody has heard";

    const [first] = explain(stoppedTask([container({ exitCode: 1 })], { stoppedReason }));

    assert.equal(first, `Task ${ID} failed: container "app" exited with code 1 (${stoppedReason})`);
  });

  it("advises by the exit code when ECS says nothing", () => {
    const lines = explain(stoppedTask([container({ exitCode: 127 })]));

    assert.match(lines.at(-1) ?? "", /the command was not found in the image/);
  });
});
