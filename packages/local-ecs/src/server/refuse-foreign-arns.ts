import type { Account } from "../state/arn";
import { invalidParameter } from "./aws-error";

/** The members of requests that name something of ECS. In others, like tags, an ARN is only carried. */
const references = [
  "cluster",
  "clusters",
  "containerInstance",
  "containerInstanceArn",
  "containerInstances",
  "resourceArn",
  "serviceName",
  "services",
  "task",
  "taskDefinition",
  "tasks",
];

/**
 * ECS knows what is in the region and the account of the call, and looks nowhere else, whatever is asked of it.
 * @throws InvalidParameterException, with the texts that users report: for the region aws/aws-cli#3175 (RunTask),
 * amazon-ecs-cli#821 (DescribeTaskDefinition) and aws-samples/ecs-bg-external-controller#9 (DescribeServices); for the
 * account teralytics/prometheus-ecs-discovery#95, of which its second half is by analogy with that of a cluster,
 * aws-toolkit-vscode#2915.
 */
export function refuseForeignArns(request: object, { region, accountId }: Account): void {
  for (const reference of referencesIn(request)) {
    const [, arnRegion, arnAccountId] = /^arn:[^:]*:ecs:([^:]*):([^:]*):/.exec(String(reference)) ?? [];
    if (arnRegion === undefined) continue;
    if (arnRegion !== region) throw invalidParameter("Invalid Region in ARN");
    if (arnAccountId !== accountId)
      throw invalidParameter(`Identifier is for ${arnAccountId ?? ""}. Your accountId is ${accountId}`);
  }
}

function referencesIn(request: object): readonly unknown[] {
  return Object.entries(request).flatMap(([name, value]: [string, unknown]): readonly unknown[] => {
    // Of attributes, the container instance that each is of.
    if (name === "attributes" && Array.isArray(value))
      return value.map((each: { readonly targetId?: unknown }) => each.targetId);
    return references.includes(name) ? [value].flat() : [];
  });
}
