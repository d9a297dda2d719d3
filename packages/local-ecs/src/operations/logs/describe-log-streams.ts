import { flag, integer, structure, text } from "../../server/shape";
import { operation } from "../operation";
import type { LogStream } from "../../logs/log-store";
import { groupOf, logStreamArn } from "./log-group";
import { page } from "../page";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html */
export const describeLogStreams = operation({
  name: "DescribeLogStreams",
  request: structure({
    logGroupName: text({ max: 512 }),
    logGroupIdentifier: text(),
    logStreamNamePrefix: text({ max: 512 }),
    orderBy: text({ oneOf: ["LogStreamName", "LastEventTime"] }),
    descending: flag,
    limit: integer({ min: 1, max: 50 }),
    nextToken: text(),
  }),
  handle(request, { logs, account }) {
    const { logStreamNamePrefix = "", orderBy = "LogStreamName", descending = false, limit = 50 } = request;
    const group = groupOf(request);
    const streams = logs.streams(group).filter(({ name }) => name.startsWith(logStreamNamePrefix));
    const ordered = streams.sort((one, other) =>
      orderBy === "LastEventTime"
        ? (lastEvent(one) ?? 0) - (lastEvent(other) ?? 0)
        : Number(one.name > other.name) - Number(one.name < other.name),
    );
    if (descending) ordered.reverse();
    const { items, nextToken } = page(
      ordered.map(({ name }) => name),
      { ...request, maxResults: limit },
    );
    return {
      logStreams: items.map((name) => describe(logs.stream(group, name), logStreamArn(account, group, name))),
      ...nextToken,
    };
  },
});

function describe({ name, createdAt, events }: LogStream, arn: string): object {
  const first = events[0]?.timestamp;
  const last = events.at(-1)?.timestamp;
  return {
    logStreamName: name,
    creationTime: createdAt,
    ...(first === undefined
      ? {}
      : { firstEventTimestamp: first, lastEventTimestamp: last, lastIngestionTime: last }),
    uploadSequenceToken: "1",
    arn,
    storedBytes: 0,
  };
}

function lastEvent({ events }: LogStream): number | undefined {
  return events.at(-1)?.timestamp;
}
