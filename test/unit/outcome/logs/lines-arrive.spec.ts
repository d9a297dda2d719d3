import assert from "node:assert/strict";
import { linesArriveInMs } from "../../../../src/outcome/logs/lines-arrive";
import { container, overTask, runningTask, stoppedTask } from "../../../support/builders";

const ENDED_MS = Date.parse("2026-01-01T00:00:00.000Z");

describe("the last lines of a task", () => {
  it("have arrived five seconds after its containers ended", () => {
    const waits = [0, 1000, 5000, 60_000].map((ms) => linesArriveInMs(overTask(), ENDED_MS + ms));

    assert.deepStrictEqual(waits, [5000, 4000, 0, 0]);
  });

  it("are not waited for longer where the clocks differ", () => {
    assert.equal(linesArriveInMs(overTask(), ENDED_MS - 3_600_000), 5000);
  });

  it("are not waited for when the task is STOPPED, or has not ended", () => {
    const executionStoppedAt = "2026-01-01T00:00:00.000Z";

    assert.equal(linesArriveInMs(stoppedTask([container()], { executionStoppedAt }), ENDED_MS), 0);
    assert.equal(linesArriveInMs(runningTask(), ENDED_MS), 0);
  });
});
