import assert from "node:assert/strict";
import { EcsApiError } from "../../../../src/aws/ecs-gateway";
import type { LogGateway, LogPage } from "../../../../src/outcome/logs/log-gateway";
import { tailLog } from "../../../../src/outcome/logs/log-tail";
import { ManualClock } from "../../../support/manual-clock";

const TARGET = { logGroup: "g", logStream: "s", region: "eu-west-1", consoleUrl: "" };

/** What a tail shows of a stream, whose pages hold so many lines, of a container that has ended already. */
async function shownOf(pages: readonly (readonly string[])[], errors: readonly number[] = []) {
  const shown: string[] = [];
  let calls = 0;
  const linesFrom = (_target: unknown, from = "0"): Promise<LogPage> => {
    calls += 1;
    if (errors.includes(calls))
      return Promise.reject(
        new EcsApiError({ operation: "GetLogEvents", kind: "broken", code: "HTTP 500", message: "it broke" }),
      );
    const page = Number(from);
    return Promise.resolve({ lines: pages[page] ?? [], next: String(Math.min(page + 1, pages.length)) });
  };
  const logs: LogGateway = { lastLines: () => Promise.resolve([]), linesFrom };
  const show = (line: string) => {
    shown.push(line);
    return Promise.resolve();
  };
  await tailLog({ logs, clock: new ManualClock(), show }, { name: "app", target: TARGET }, Promise.resolve());
  return shown;
}

/** How often a stream is read, once before the end of its container is noticed and then after it, while a line comes with each of the first reads. */
async function readsOf(newLines: number): Promise<number> {
  let reads = 0;
  const linesFrom = (): Promise<LogPage> => {
    reads += 1;
    return Promise.resolve({ lines: reads <= newLines ? ["a line"] : [], next: undefined });
  };
  const logs: LogGateway = { lastLines: () => Promise.resolve([]), linesFrom };
  const ports = { logs, clock: new ManualClock(), show: () => Promise.resolve() };
  await tailLog(ports, { name: "app", target: TARGET }, Promise.resolve());
  return reads;
}

describe("tailLog", () => {
  it("shows every line of a container that wrote more than a page before it was read", async () => {
    const pages = [["1", "2"], ["3"], ["4"], ["5"], ["6"]];

    assert.deepStrictEqual(
      await shownOf(pages),
      pages.flat().map((line) => `app | ${line}`),
    );
  });

  it("goes on behind a page that is empty, which CloudWatch Logs may give", async () => {
    assert.deepStrictEqual(await shownOf([["1"], [], ["2"]]), ["app | 1", "app | 2"]);
  });

  it("shows no line twice when a later page cannot be read at first", async () => {
    assert.deepStrictEqual(await shownOf([["1"], ["2"]], [2]), ["app | 1", "app | 2"]);
  });

  it("ends when nothing new has come, and not only then", async () => {
    assert.deepStrictEqual(await Promise.all([0, 1, 2, 5, 100].map(readsOf)), [3, 3, 3, 6, 11]);
  });

  it("shows the lines of one event together, each behind the container's name", async () => {
    assert.deepStrictEqual(await shownOf([["1\r\n::add-mask::2", "3"]]), [
      "app | 1\napp | ::add-mask::2",
      "app | 3",
    ]);
  });
});
