import assert from "node:assert/strict";
import type { Task } from "@aws-sdk/client-ecs";
import { LiveBlock } from "../../../src/cli/live-block";
import { taskTable } from "../../../src/cli/task-table";

const at = (seconds: number): Date => new Date(1_700_000_000_000 + seconds * 1000);
const task = (id: string, more: Partial<Task> = {}): Task => ({
  taskArn: `arn:aws:ecs:us-east-1:123456789012:task/shop/${id.repeat(16)}`,
  taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/migrate:7",
  clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/shop",
  lastStatus: "RUNNING",
  createdAt: at(0),
  ...more,
});
const stopped = (id: string, more: Partial<Task>): Task =>
  task(id, { lastStatus: "STOPPED", stoppedAt: at(5), stopCode: "EssentialContainerExited", ...more });

describe("the table of tasks", () => {
  const options = { now: at(3700), columns: 100, rows: 10 };

  it("shows where each task is, since when, and how it ended", () => {
    const tasks = [
      stopped("aa", { containers: [{ name: "app", exitCode: 0 }] }),
      stopped("bb", {
        stoppedReason: "Essential container in task exited",
        containers: [
          { name: "app", exitCode: 3 },
          { name: "side", exitCode: 137 },
        ],
      }),
      stopped("cc", {
        stopCode: "TaskFailedToStart",
        stoppedReason: "CannotPullContainerError: no such image",
        containers: [{ name: "app" }],
      }),
      stopped("dd", {
        stopCode: "UserInitiated",
        stoppedReason: "Task stopped by user",
        containers: [{ name: "app", exitCode: 137 }],
      }),
      task("ee"),
    ];

    assert.deepEqual(taskTable(tasks, options), [
      "TASK      DEFINITION  CLUSTER  STATUS   AGE    RESULT",
      "aaaaaaaa  migrate:7   shop     STOPPED  5s     exit 0",
      "bbbbbbbb  migrate:7   shop     STOPPED  5s     exit app 3, side 137",
      "cccccccc  migrate:7   shop     STOPPED  5s     CannotPullContainerError: no such image",
      "dddddddd  migrate:7   shop     STOPPED  5s     exit 137, Task stopped by user",
      "eeeeeeee  migrate:7   shop     RUNNING  1h 1m",
    ]);
  });

  it("says so when there are none", () => {
    assert.deepEqual(taskTable([], options), ["No tasks yet."]);
  });

  it("shows the newest ones where there is no room for all, and no line wider than the terminal", () => {
    const lines = taskTable([task("aa"), task("bb"), task("cc")], { ...options, columns: 20, rows: 1 });

    assert.deepEqual(lines, ["TASK      DEFINITIO…", "cccccccc  migrate:7…", "and 2 earlier ones"]);
  });

  it("counts one earlier task, minutes, and what has no exit code", () => {
    const failed = stopped("bb", {
      stoppedAt: at(125),
      stoppedReason: "Essential container in task exited",
      containers: [{ name: "app", exitCode: 3 }, { name: "side" }],
    });
    const bare: Task = { lastStatus: "PROVISIONING" };

    assert.deepEqual(taskTable([task("aa"), failed, bare], { ...options, rows: 2 }), [
      "TASK      DEFINITION  CLUSTER  STATUS        AGE    RESULT",
      "bbbbbbbb  migrate:7   shop     STOPPED       2m 5s  exit app 3, side -",
      "                               PROVISIONING  0s",
      "and 1 earlier one",
    ]);
  });

  it("lets no task move the cursor", () => {
    const [, line] = taskTable(
      [stopped("aa", { stopCode: "UserInitiated", stoppedReason: "a\u001b[2Jb\nc" })],
      options,
    );

    assert.match(line!, /a \[2Jb c$/);
  });
});

describe("LiveBlock", () => {
  it("writes lines anew in their place, and only when they have changed", () => {
    const written: string[] = [];
    const block = new LiveBlock({ write: (text) => written.push(text) });
    block.draw(["one", "two"]);
    block.draw(["one", "two"]);
    block.draw(["three"]);

    assert.deepEqual(written, ["one\ntwo\n", "\u001b[2A\r\u001b[Jthree\n"]);
  });
});
