import assert from "node:assert/strict";
import { BoundedLogGateway } from "../../../../src/aws/pace/bounded-log-gateway";
import type { LogGateway } from "../../../../src/outcome/logs/log-gateway";
import { ManualClock } from "../../../support/manual-clock";

const TARGET = { region: "r", logGroup: "g", logStream: "s", consoleUrl: "" };

const SILENT: LogGateway = {
  lastLines: () => new Promise(() => undefined),
  linesFrom: () => new Promise(() => undefined),
};

describe("BoundedLogGateway", () => {
  const late = { kind: "broken", code: "TimeoutError", message: "no answer for 15 s" };

  it("gives up lines after 15 s", async () => {
    const clock = new ManualClock();
    const logs = new BoundedLogGateway(SILENT, clock);

    await assert.rejects(logs.lastLines(TARGET, 20), late);
    await assert.rejects(logs.linesFrom(TARGET, undefined), late);
    assert.equal(clock.nowMs(), 30_000);
  });

  it("passes on lines", async () => {
    const page = { lines: ["hello"], next: "n" };
    const answers = { lastLines: () => Promise.resolve(["bye"]), linesFrom: () => Promise.resolve(page) };
    const logs = new BoundedLogGateway(answers, new ManualClock());

    assert.deepStrictEqual(await logs.lastLines(TARGET, 20), ["bye"]);
    assert.deepStrictEqual(await logs.linesFrom(TARGET, undefined), page);
  });
});
