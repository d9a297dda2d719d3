import { invalidParameter } from "../../server/aws-error";
import { flag, integer, list, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { groupOf } from "./log-group";
import { patternOf } from "./filter-pattern";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const filterLogEvents = operation({
  name: "FilterLogEvents",
  request: structure({
    logGroupName: text({ max: 512 }),
    logGroupIdentifier: text(),
    logStreamNames: list(text(), { max: 100 }),
    logStreamNamePrefix: text({ max: 512 }),
    startTime: integer({ min: 0 }),
    endTime: integer({ min: 0 }),
    filterPattern: text({ max: 1024 }),
    nextToken: text(),
    limit: integer({ min: 1, max: 10_000 }),
    interleaved: flag,
    unmask: flag,
  }),
  handle(request, { logs }) {
    const {
      logStreamNames,
      logStreamNamePrefix,
      startTime = 0,
      endTime = Infinity,
      limit = 10_000,
    } = request;
    if (logStreamNames !== undefined && logStreamNamePrefix !== undefined)
      throw invalidParameter("Give either logStreamNames or logStreamNamePrefix.");
    const matches = patternOf(request.filterPattern);
    const events = logs
      .streams(groupOf(request))
      .filter(({ name }) => logStreamNames?.includes(name) ?? name.startsWith(logStreamNamePrefix ?? ""))
      .flatMap(({ name, events }) =>
        events.map(({ timestamp, message }, index) => ({
          logStreamName: name,
          timestamp,
          message,
          ingestionTime: timestamp,
          eventId: `${name}/${index}`,
        })),
      )
      .filter(({ timestamp, message }) => timestamp >= startTime && timestamp <= endTime && matches(message))
      // A stable sort: events of one moment keep their order.
      .sort((one, other) => one.timestamp - other.timestamp);
    const from = positionOf(request.nextToken);
    const to = Math.min(from + limit, events.length);
    return {
      events: events.slice(from, to),
      searchedLogStreams: [],
      ...(to < events.length ? { nextToken: `f/${to}` } : {}),
    };
  },
});

function positionOf(nextToken: string | undefined): number {
  if (nextToken === undefined) return 0;
  const position = /^f\/(\d+)$/.exec(nextToken)?.[1];
  if (position === undefined) throw invalidParameter("The specified nextToken is invalid.");
  return Number(position);
}
