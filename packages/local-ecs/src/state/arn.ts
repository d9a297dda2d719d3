/** The one account and region a local ECS stands for. */
export interface Account {
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
}

/** Any ECS ARN: `arn:aws:ecs:us-east-1:123456789012:task/my-cluster/0123…`. */
export function ecsArn({ region, accountId }: Account, resource: string): string {
  return `arn:${partitionOf({ region })}:ecs:${region}:${accountId}:${resource}`;
}

/** The part after the account: `task/my-cluster/0123…`; undefined when it is no ARN of ECS. */
export function resourceOf(arn: string): string | undefined {
  return /^arn:[^:]+:ecs:[^:]*:[^:]*:(.+)$/.exec(arn)?.[1];
}

export function isArn(reference: string): boolean {
  return reference.startsWith("arn:");
}

/** The last part of an ARN that is divided by slashes: a name or an id. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** By how the names of their regions begin; all others are of `aws`. The list is the SDK's (@aws-sdk/core, partitions.js). */
const partitions: readonly (readonly [prefix: string, partition: string])[] = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["eusc-", "aws-eusc"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
];

/** The second part of every ARN there. */
export function partitionOf({ region }: Pick<Account, "region">): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}
