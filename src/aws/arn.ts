/** The parts of an Amazon Resource Name. */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly accountId: string;
  /** What follows the account, e.g. `task/prod/0f3c…` or `task-definition/app:41`. */
  readonly resource: string;
}

/**
 * Reads an ARN; `undefined` for anything else (a name, an id).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): Arn | undefined {
  const [scheme, partition, service, region, accountId, ...resource] = text.split(":");
  if (scheme !== "arn" || !partition || !service || region === undefined || accountId === undefined)
    return undefined;
  return { partition, service, region, accountId, resource: resource.join(":") };
}

/** The last segment of a task's ARN: its id. Long (`task/<cluster>/<id>`) and short (`task/<id>`) ARNs have the same one. */
export function taskId(taskArn: string): string {
  return lastSegment(taskArn);
}

/** The id of a container instance, by itself and in its ARN. */
export function containerInstanceId(containerInstance: string): string {
  return lastSegment(containerInstance);
}

function lastSegment(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/**
 * The cluster a task's ARN names; `default` for the short form that ECS used until 2018. `undefined` for
 * anything that is not a task's ARN.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html#ecs-resource-ids
 */
export function clusterOfTask(taskArn: string): string | undefined {
  const arn = parseArn(taskArn);
  const [kind, ...path] = arn?.resource.split("/") ?? [];
  if (arn?.service !== "ecs" || kind !== "task" || !path.at(-1) || path.length > 2) return undefined;
  return path.length === 2 ? path[0] : "default";
}

/** The ARN of the cluster of a task; `undefined` for anything that is not a task's ARN. */
export function clusterArnOfTask(taskArn: string): string | undefined {
  const arn = parseArn(taskArn);
  const cluster = clusterOfTask(taskArn);
  return arn && cluster && `arn:${arn.partition}:ecs:${arn.region}:${arn.accountId}:cluster/${cluster}`;
}

/** `prod` for `prod` and for `arn:aws:ecs:…:cluster/prod`. */
export function clusterName(cluster: string): string {
  return withoutArn(cluster, "cluster/");
}

/** `app:41` for `app:41` and for `arn:aws:ecs:…:task-definition/app:41`. */
export function taskDefinitionName(taskDefinition: string): string {
  return withoutArn(taskDefinition, "task-definition/");
}

/** `app` for `app`, `app:41` and its ARN. */
export function familyOf(taskDefinition: string): string {
  return taskDefinitionName(taskDefinition).replace(/:.*$/, "");
}

/** Whether a task definition is named by its family alone, which ECS reads as the latest ACTIVE revision. */
export function isBareFamily(taskDefinition: string): boolean {
  return !taskDefinitionName(taskDefinition).includes(":");
}

/**
 * Whether two references mean the same resource as far as they say: a name matches its ARN, while two ARNs
 * must agree in region and account too.
 */
export function sameReference(a: string, b: string, shortName: (reference: string) => string): boolean {
  return parseArn(a) && parseArn(b) ? a === b : shortName(a) === shortName(b);
}

function withoutArn(reference: string, prefix: string): string {
  const resource = parseArn(reference)?.resource;
  return resource?.startsWith(prefix) ? resource.slice(prefix.length) : reference;
}
