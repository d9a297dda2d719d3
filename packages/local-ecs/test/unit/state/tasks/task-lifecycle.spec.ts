import assert from "node:assert/strict";
import { MovableClock } from "../../../../src/time/clock";
import { Clusters } from "../../../../src/state/clusters/clusters";
import { newTask } from "../../../../src/state/tasks/new-task";
import { TaskDefinitions } from "../../../../src/state/task-definitions/task-definitions";
import { TaskLifecycle } from "../../../../src/state/tasks/task-lifecycle";
import type { TaskRecord } from "../../../../src/state/tasks/task-record";
import type { TaskStatus } from "../../../../src/state/tasks/task-status";
import { Tasks } from "../../../../src/state/tasks/tasks";

const account = { region: "us-east-1", accountId: "123456789012" };

/** Where the tasks are: tells of each status as it is written. */
class WatchedMap extends Map<string, TaskRecord> {
  private readonly onStatus: (status: TaskStatus) => void;

  constructor(onStatus: (status: TaskStatus) => void) {
    super();
    this.onStatus = onStatus;
  }

  override set(taskArn: string, record: TaskRecord): this {
    this.onStatus(record.task.lastStatus);
    return super.set(taskArn, record);
  }
}

function world(onStatus: (status: TaskStatus) => void) {
  const clock = new MovableClock();
  const tasks = new Tasks(account, clock, { byArn: new WatchedMap(onStatus) });
  const lines: string[] = [];
  const lifecycle = new TaskLifecycle({
    tasks,
    clock,
    transitionMs: 0,
    phaseMs: {},
    sendToAgent: () => undefined,
    signal: new AbortController().signal,
    planFor: () => undefined,
    log: (line) => lines.push(line),
  });
  const definitions = new TaskDefinitions(account);
  const { taskArn } = lifecycle.launch(
    newTask({
      account,
      cluster: new Clusters(account).create("c", {}),
      definition: definitions.register({ family: "f", containerDefinitions: [] }, []).definition,
      request: { taskDefinition: "f" },
      launchType: "EC2",
      containerInstanceArn: undefined,
      tags: [],
      now: clock.now(),
      newId: () => "0".repeat(32),
    }),
  ).task;
  const report = (status?: string): void => {
    lifecycle.report(tasks.get(taskArn)!, { status });
  };
  return { clock, lines, report, taskArn };
}

describe("the life of a task", () => {
  it("goes on after a report that comes while its last step ends", async () => {
    await new Promise<void>((resolve) => {
      const { report } = world((status) => {
        if (status === "RUNNING") resolve();
        if (status !== "ACTIVATING" || hasReported) return;
        hasReported = true;
        queueMicrotask(() => {
          report("RUNNING");
        });
      });
      let hasReported = false;
      report();
    });
  });

  it("is logged about where a step cannot be written, and goes on at the next report", async () => {
    let isFull = true;
    let reached: (status: TaskStatus) => void = () => undefined;
    const { clock, lines, report, taskArn } = world((status) => {
      if (isFull && status === "ACTIVATING") throw new Error("disk full");
      reached(status);
    });
    report();
    while (lines.length === 0) await clock.sleep(1);

    assert.deepEqual(lines, [`lifecycle: ${taskArn}: disk full`]);
    isFull = false;
    await new Promise<void>((resolve) => {
      reached = (status) => {
        if (status === "RUNNING") resolve();
      };
      report("RUNNING");
    });
  });
});
