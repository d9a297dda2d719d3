import assert from "node:assert/strict";
import { isOver, isStoppedByNow } from "../../../src/outcome/is-over";
import type { TaskRecord } from "../../../src/outcome/task-record";
import { container, neverStarted, overTask, runningTask, stoppedTask } from "../../support/builders";

const sidecar = container({ name: "sidecar", exitCode: 137 });

const OVER: Readonly<Record<string, TaskRecord>> = {
  "STOPPED, whatever else is known": stoppedTask([neverStarted()]),
  DELETED: runningTask({ lastStatus: "DELETED" }),
  "DEPROVISIONING, with the exit code of its container": overTask(),
  "DEPROVISIONING, with the exit codes of all its containers, which failed": overTask([
    container({ exitCode: 3 }),
    sidecar,
  ]),
  "DEPROVISIONING, without an attachment": overTask([container()], { attachments: [] }),
  "DEPROVISIONING, with a proxy beside it": overTask([container()], {
    attachments: [{ type: "ElasticNetworkInterface" }, { type: "Service Connect" }],
  }),
};

/** Each is over but for what its name says. */
const NOT_OVER: Readonly<Record<string, TaskRecord>> = {
  "no lastStatus that says so": overTask([container()], { lastStatus: "DEACTIVATING" }),
  "the lastStatus STOPPING": overTask([container()], { lastStatus: "STOPPING" }),
  "the lastStatus RUNNING of an answer that lags": overTask([container()], { lastStatus: "RUNNING" }),
  "the desiredStatus RUNNING": overTask([container()], { desiredStatus: "RUNNING" }),
  "no desiredStatus": without("desiredStatus"),
  "a stop from outside": overTask([container()], { stopCode: "UserInitiated" }),
  "a start that failed": overTask([container()], { stopCode: "TaskFailedToStart" }),
  "an interruption of Spot": overTask([container()], { stopCode: "SpotInterruption" }),
  "no stopCode": without("stopCode"),
  "no executionStoppedAt": without("executionStoppedAt"),
  "no container": overTask([]),
  "a container without an exit code": overTask([neverStarted()]),
  "a second container without an exit code": overTask([container(), neverStarted({ name: "sidecar" })]),
  "a container that is RUNNING": overTask([
    container(),
    container({ name: "sidecar", lastStatus: "RUNNING" }),
  ]),
  "a container without a status": overTask([{ name: "app", exitCode: 0 }]),
  "a volume that ECS manages": overTask([container()], {
    attachments: [{ type: "ElasticNetworkInterface" }, { type: "AmazonElasticBlockStorage" }],
  }),
  "attachments that ECS did not show": without("attachments"),
};

function without(member: keyof TaskRecord): TaskRecord {
  return Object.fromEntries(
    Object.entries(overTask()).filter(([name]) => name !== member),
  ) as unknown as TaskRecord;
}

describe("a task", () => {
  for (const [what, task] of Object.entries(OVER))
    it(`is over that is ${what}`, () => {
      assert.equal(isOver(task), true);
    });

  for (const [what, task] of Object.entries(NOT_OVER))
    it(`is not over that has ${what}`, () => {
      assert.equal(isOver(task), false);
    });

  it("is STOPPED ten minutes after it was over, though nobody saw it, and not before", () => {
    const endedMs = Date.parse("2026-01-01T00:00:00.000Z");

    assert.equal(isStoppedByNow(overTask(), endedMs + 600_000), false);
    assert.equal(isStoppedByNow(overTask(), endedMs + 600_001), true);
    assert.equal(isStoppedByNow(stoppedTask([]), endedMs), true);
    assert.equal(isStoppedByNow(runningTask(), endedMs + 600_001), false);
  });
});
