import { invalidParameter } from "../../server/aws-error";
import { partitionOf, type Account } from "../../state/arn";

/** The group a request of CloudWatch Logs means: by name, or by identifier (name or ARN). */
export function groupOf(request: {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
}): string {
  const { logGroupName, logGroupIdentifier } = request;
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined))
    throw invalidParameter("Give either logGroupName or logGroupIdentifier.");
  const given = logGroupName ?? logGroupIdentifier ?? "";
  return given.replace(/^arn:[^:]+:logs:[^:]*:[^:]*:log-group:/, "").replace(/:\*$/, "");
}

export function logGroupArn(account: Account, group: string): string {
  const { region, accountId } = account;
  return `arn:${partitionOf(account)}:logs:${region}:${accountId}:log-group:${group}`;
}

export function logStreamArn(account: Account, group: string, stream: string): string {
  return `${logGroupArn(account, group)}:log-stream:${stream}`;
}
