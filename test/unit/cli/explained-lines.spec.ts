import assert from "node:assert/strict";
import { explainedLines } from "../../../src/cli/render/explained-lines";
import type { Explanation } from "../../../src/outcome/explain/explain-run";
import type { ExplainedTask } from "../../../src/lookup/explain-task";
import { projectOutputs } from "../../../src/outcome/outputs";
import type { TaskRecord } from "../../../src/outcome/task-record";
import { container, neverStarted, runningTask, stoppedTask } from "../../support/builders";

const digest = `sha256:${"a".repeat(64)}`;
const image = "shop/app:42";
const times = { createdAt: "2026-11-22T09:50:29.000Z" };

function explained(
  task: TaskRecord,
  outcome: ExplainedTask["outcome"],
  explanation?: Explanation,
): ExplainedTask {
  return { ...projectOutputs([task], outcome, {}), ...(explanation ? { explanation } : {}) };
}

describe("a task that is explained", () => {
  it("says first that it succeeded, then when and what ran", () => {
    const startedAt = "2026-11-22T09:50:30.000Z";
    const stoppedAt = "2026-11-22T09:50:42.500Z";
    const who = { group: "family:app", startedBy: "ci" };
    const task = stoppedTask([container({ image, imageDigest: digest })], {
      ...times,
      ...who,
      startedAt,
      stoppedAt,
    });

    assert.deepEqual(explainedLines(explained(task, "SUCCEEDED")), [
      "Task 0123456789abcdef0123456789abcdef succeeded.",
      "",
      "task definition  app:41",
      "cluster          prod",
      "group            family:app",
      "started by       ci",
      "created at       2026-11-22T09:50:29.000Z",
      "started at       2026-11-22T09:50:30.000Z",
      "stopped at       2026-11-22T09:50:42.500Z",
      "ran for          12.5 s",
      "",
      "CONTAINER  STATUS   EXIT  IMAGE        DIGEST",
      `app        STOPPED  0     shop/app:42  ${digest}`,
    ]);
  });

  it("leaves out what is not known of one that has not ended", () => {
    const task = runningTask({ ...times, containers: [{ name: "app" }, { name: "side", image }] });

    assert.deepEqual(explainedLines(explained(task, "RUNNING")), [
      "Task 0123456789abcdef0123456789abcdef has not ended: it is RUNNING.",
      "",
      "task definition  app:41",
      "cluster          prod",
      "created at       2026-11-22T09:50:29.000Z",
      "",
      "CONTAINER  STATUS  EXIT  IMAGE        DIGEST",
      "app        -       -     -            unknown",
      "side       -       -     shop/app:42  unknown",
    ]);
  });

  it("says of a failed one why, with its last lines and what to do", () => {
    const task = stoppedTask([neverStarted()], times);
    const explanation = {
      diagnosis: {
        summary: "Task x failed: it did",
        details: [],
        code: "CONTAINER_FAILED",
        remedy: "mend it.",
      },
      logs: [{ container: "app", lines: ["Error: no such table"] }],
    } as const;

    const lines = explainedLines(explained(task, "FAILED", explanation));

    assert.deepEqual(lines.slice(0, 5), [
      "Task x failed: it did",
      '  last log line of container "app":',
      "    | Error: no such table",
      "  What to do (CONTAINER_FAILED): mend it.",
      "",
    ]);
  });

  it("links the whole log of each container", () => {
    const task = stoppedTask([container()], times);
    const target = { logGroup: "g", logStream: "s", region: "r", consoleUrl: "https://console.example/log" };

    const lines = explainedLines({ ...explained(task, "SUCCEEDED"), logs: { app: target } });

    assert.deepEqual(lines.slice(-2), ["", "log of app  https://console.example/log"]);
  });

  it("lets nothing that a container wrote move the cursor", () => {
    const task = stoppedTask([neverStarted()], { ...times, startedBy: "a\u001b[2Jb" });

    const all = explainedLines(explained(task, "SUCCEEDED"));

    assert.ok(all.includes("started by       a [2Jb"), all.join("\n"));
  });
});
