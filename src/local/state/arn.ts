/** The one account and region a local ECS stands for. */
export interface Account {
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
}

/** Any ECS ARN: `arn:aws:ecs:us-east-1:123456789012:task/my-cluster/0123…`. */
export function ecsArn({ region, accountId }: Account, resource: string): string {
  return `arn:${partitionOf(region)}:ecs:${region}:${accountId}:${resource}`;
}

/** The part after the account: `task/my-cluster/0123…`; undefined when it is no ARN of ECS. */
export function resourceOf(arn: string): string | undefined {
  return /^arn:[^:]+:ecs:[^:]*:[^:]*:(.+)$/.exec(arn)?.[1];
}

export const isArn = (reference: string): boolean => reference.startsWith("arn:");

/** The last part of an ARN that is divided by slashes: a name or an id. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html (read 2026-11) */
function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}
