import { invalidParameter } from "../../server/aws-error";
import { flag, integer, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import type { LogEvent } from "../../logs/log-store";
import { groupOf } from "./log-group";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const getLogEvents = operation({
  name: "GetLogEvents",
  request: structure({
    logGroupName: text({ max: 512 }),
    logGroupIdentifier: text(),
    logStreamName: required(text({ max: 512 })),
    startTime: integer({ min: 0 }),
    endTime: integer({ min: 0 }),
    nextToken: text(),
    limit: integer({ min: 1, max: 10_000 }),
    startFromHead: flag,
    unmask: flag,
  }),
  handle(request, { logs }) {
    const { startTime = 0, endTime = Infinity, limit = 10_000, startFromHead = false, nextToken } = request;
    const all = logs
      .stream(groupOf(request), request.logStreamName)
      .events.filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);
    const { from, to } = windowOf({ count: all.length, limit, startFromHead, nextToken });
    return {
      events: all.slice(from, to).map(describe),
      nextForwardToken: `f/${to}/s`,
      nextBackwardToken: `b/${from}/s`,
    };
  },
});

/** Which events a page holds. At either end the same token comes back: that is how a reader knows. */
export function windowOf(request: {
  readonly count: number;
  readonly limit: number;
  readonly startFromHead: boolean;
  readonly nextToken: string | undefined;
}): { readonly from: number; readonly to: number } {
  const { count, limit, startFromHead, nextToken } = request;
  const [, direction, position = ""] = /^([fb])\/(\d+)\/s$/.exec(nextToken ?? "") ?? [];
  if (nextToken !== undefined && direction === undefined)
    throw invalidParameter("The specified nextToken is invalid.");
  if (direction === "b" || (direction === undefined && !startFromHead)) {
    const to = direction === undefined ? count : Math.min(Number(position), count);
    return { from: Math.max(0, to - limit), to };
  }
  const from = direction === undefined ? 0 : Math.min(Number(position), count);
  return { from, to: Math.min(from + limit, count) };
}

function describe({ timestamp, message }: LogEvent): object {
  return { timestamp, message, ingestionTime: timestamp };
}
