import assert from "node:assert/strict";
import { EcsApiError, type ApiErrorKind } from "../../../../src/aws/ecs-gateway";
import { lastLines } from "../../../../src/outcome/logs/last-lines";
import type { LogGateway } from "../../../../src/outcome/logs/log-gateway";
import { ManualClock } from "../../../support/manual-clock";

const TARGET = { logGroup: "g", logStream: "s", region: "eu-west-1", consoleUrl: "" };

type Read = readonly string[] | ApiErrorKind | Error;

/** What is shown of a stream that is read like this, time after time; the last one stays. */
async function shownOf(...reads: readonly [Read, ...Read[]]) {
  const clock = new ManualClock();
  let asked = 0;
  const read = (_target: unknown, count: number): Promise<readonly string[]> => {
    const found = reads[Math.min(asked, reads.length - 1)]!;
    asked += 1;
    if (typeof found === "string")
      return Promise.reject(
        new EcsApiError({ operation: "GetLogEvents", kind: found, code: "E", message: `it is ${found}` }),
      );
    return found instanceof Error ? Promise.reject(found) : Promise.resolve(found.slice(-count));
  };
  const logs: LogGateway = {
    lastLines: read,
    linesFrom: () => Promise.resolve({ lines: [], next: undefined }),
  };
  const { container, ...shown } = await lastLines({ logs, clock }, "app", TARGET);
  assert.equal(container, "app");
  return { ...shown, asked, seconds: clock.nowMs() / 1000 };
}

describe("lastLines", () => {
  it("shows the last twenty lines", async () => {
    const all = Array.from({ length: 30 }, (_, number) => `line ${number}`);

    const { lines } = await shownOf(all);

    assert.deepStrictEqual(lines, all.slice(10));
  });

  it("reads again, for lines that arrive after the container ended", async () => {
    assert.deepStrictEqual(await shownOf([], ["1"], ["1", "2"]), {
      lines: ["1", "2"],
      asked: 4,
      seconds: 3,
    });
  });

  it("reads a full screen again that others took the place of, and not for ever", async () => {
    const screen = (first: number) => Array.from({ length: 20 }, (_, number) => `line ${first + number}`);
    assert.equal((await shownOf(screen(1), screen(2))).lines.at(-1), "line 21");

    const growing = Array.from({ length: 30 }, (_, number) => screen(number));
    assert.equal((await shownOf([], ...growing)).asked, 10);
  });

  it("reads no more when nothing was added", async () => {
    assert.deepStrictEqual(await shownOf(["1"]), { lines: ["1"], asked: 2, seconds: 1 });
  });

  it("says what to allow when reading is not permitted, and does not try again", async () => {
    assert.deepStrictEqual(await shownOf("denied"), {
      lines: [],
      note: "reading g s is not permitted; allow logs:GetLogEvents to see them here",
      asked: 1,
      seconds: 0,
    });
  });

  for (const { name, failed, note } of [
    { name: "there is no stream", failed: "notFound", note: "it wrote none (there is no log stream g s)" },
    { name: "no answer arrives", failed: "broken", note: "reading g s failed: it is broken" },
    {
      name: "something else fails",
      failed: new TypeError("x is not a function"),
      note: "reading g s failed",
    },
  ] as const) {
    it(`says so and never throws when ${name}, after it has tried again`, async () => {
      assert.deepStrictEqual(await shownOf(failed), { lines: [], note, asked: 3, seconds: 2 });
    });
  }

  it("forgets a failure that passed", async () => {
    assert.deepStrictEqual(await shownOf("throttled", ["1"]), { lines: ["1"], asked: 3, seconds: 2 });
  });

  it("keeps the lines that it has read when reading them again fails", async () => {
    const { lines, note } = await shownOf(["1"], "throttled");

    assert.deepStrictEqual([lines, note], [["1"], "reading g s failed: it is throttled"]);
  });
});
