import { integer, flag, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { page } from "../page";
import { logGroupArn } from "./log-group";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
export const describeLogGroups = operation({
  name: "DescribeLogGroups",
  request: structure({
    logGroupNamePrefix: text({ max: 512 }),
    logGroupNamePattern: text({ max: 512 }),
    includeLinkedAccounts: flag,
    limit: integer({ min: 1, max: 50 }),
    nextToken: text(),
  }),
  handle(request, { logs, account }) {
    const { logGroupNamePrefix = "", logGroupNamePattern = "", limit = 50 } = request;
    const created = new Map(logs.groups().map(({ name, createdAt }) => [name, createdAt]));
    const names = [...created.keys()]
      .filter((name) => name.startsWith(logGroupNamePrefix))
      .filter((name) => name.toLowerCase().includes(logGroupNamePattern.toLowerCase()))
      .sort();
    const { items, nextToken } = page(names, { ...request, maxResults: limit });
    return {
      logGroups: items.map((logGroupName) => ({
        logGroupName,
        creationTime: created.get(logGroupName),
        metricFilterCount: 0,
        arn: `${logGroupArn(account, logGroupName)}:*`,
        storedBytes: 0,
        logGroupClass: "STANDARD",
        logGroupArn: logGroupArn(account, logGroupName),
      })),
      ...nextToken,
    };
  },
});
