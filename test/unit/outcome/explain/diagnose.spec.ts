import assert from "node:assert/strict";
import { diagnose, diagnosisText } from "../../../../src/outcome/explain/diagnose";
import { judgeOutcome } from "../../../../src/outcome/judge-outcome";
import type { TaskRecord } from "../../../../src/outcome/task-record";
import { container, neverStarted, stoppedTask } from "../../../support/builders";

const ID = "0123456789abcdef0123456789abcdef";

function explain(...tasks: TaskRecord[]): string[] {
  const outcome = judgeOutcome(tasks, {});
  assert.ok(outcome.kind === "FAILED");
  return diagnosisText(diagnose(tasks, outcome), []).split("\n");
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

  it("shows the last lines of a container, or why there are none", () => {
    const diagnosis = { summary: "It failed", details: [], code: "IT_FAILED", remedy: "repair it." };

    const text = diagnosisText(diagnosis, [
      { container: "app", lines: ["one", "two"] },
      { container: "side", lines: [], note: "not permitted" },
      { container: "side", task: "b", lines: [] },
    ]);

    assert.equal(
      text,
      [
        "It failed",
        '  last 2 log lines of container "app":',
        "    | one",
        "    | two",
        '  no log lines of container "side": not permitted',
        '  no log lines of container "side" of task b: it wrote none',
        "  What to do (IT_FAILED): repair it.",
      ].join("\n"),
    );
  });

  it("says that a container wrote nothing where nothing else is known of its lines", () => {
    const diagnosis = { summary: "It failed", details: [], code: "IT_FAILED", remedy: "repair it." };

    const text = diagnosisText(diagnosis, [{ container: "app", lines: [] }]);

    assert.match(text, /no log lines of container "app": it wrote none/);
  });
});

describe("the text of a diagnosis", () => {
  const diagnosis = { summary: "Task 1 failed", details: [], code: "CONTAINER_FAILED", remedy: "look" };
  const wholeLog = "https://console.example/log";
  const minified = Array.from({ length: 20 }, (_, index) => `${index}:${"x".repeat(60_000)}`);

  it("shows the last of many long lines, and says where the others are", () => {
    const lines = diagnosisText(diagnosis, [{ container: "app", lines: minified, wholeLog }]).split("\n");

    assert.deepStrictEqual(lines.slice(0, 3), [
      "Task 1 failed",
      '  last 20 log lines of container "app":',
      `    … 12 lines left out; the whole log: ${wholeLog}`,
    ]);
    assert.match(lines.at(-2) ?? "", /^ {4}\| 19:x+ … \(\d+ characters left out\) … x+$/);
    assert.equal(lines.at(-1), "  What to do (CONTAINER_FAILED): look");
    assert.ok(lines.every((line) => line.length <= 2000));
  });

  it("shows some lines of each of many containers", () => {
    const logs = Array.from({ length: 8 }, (_, index) => ({
      container: `app${index}`,
      lines: minified,
      wholeLog,
    }));

    const text = diagnosisText(diagnosis, logs);

    for (const { container } of logs)
      assert.match(
        text,
        new RegExp(`container "${container}":\\n {4}… 1\\d lines left out; .*\\n {4}\\| 1\\d:x+ `),
      );
    assert.ok(Buffer.byteLength(text) <= 16 * 1024);
    assert.match(text, /\n {2}What to do \(CONTAINER_FAILED\): look$/);
  });

  it("says where the whole of a long line is when no line is left out", () => {
    const long = [{ container: "app", lines: ["x".repeat(3000)] }];

    const [, , withLink] = diagnosisText(diagnosis, [{ ...long[0]!, wholeLog }]).split("\n");
    const [, , without] = diagnosisText(diagnosis, long).split("\n");

    assert.equal(withLink, `    … the whole log: ${wholeLog}`);
    assert.match(without ?? "", /^ {4}\| x+ … \(\d+ characters left out\)/);
  });

  it("shows lines of ten containers where very many failed, and counts the others", () => {
    const logs = Array.from({ length: 100 }, (_, index) => ({
      container: `${index}`,
      lines: minified,
      wholeLog,
    }));
    const details = Array.from({ length: 100 }, () => "d".repeat(1000));

    const lines = diagnosisText({ ...diagnosis, details }, logs).split("\n");

    assert.ok(Buffer.byteLength(lines.join("\n")) <= 16 * 1024);
    assert.equal(lines[0], "Task 1 failed");
    assert.ok(lines.includes("  … 96 lines left out"));
    assert.equal(lines.filter((line) => /^ {4}\| 19:x/.test(line)).length, 10);
    assert.match(lines.at(-2) ?? "", /^ {2}… log lines left out of 90 more containers: "10", "11"/);
    assert.equal(lines.at(-1), "  What to do (CONTAINER_FAILED): look");
  });

  it("marks each line of a log event that has several: no CI system takes one for a command", () => {
    const text = diagnosisText(diagnosis, [{ container: "app", lines: ["one\n::add-mask::two"] }]);

    assert.match(text, /\n {2}last log line of container "app":\n {4}\| one\n {4}\| ::add-mask::two\n/);
  });

  it("says where the whole log is when all that was read is shown", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `${index}`);

    const shown = diagnosisText(diagnosis, [{ container: "app", lines, wholeLog }]).split("\n");

    assert.equal(shown[1], '  last 20 log lines of container "app":');
    assert.equal(shown[2], `    … the whole log: ${wholeLog}`);
    assert.equal(shown.length, 24);
  });
});
