import { randomInt } from "node:crypto";
import type { NetworkConfiguration, RunTaskRequest, Tag } from "@aws-sdk/client-ecs";
import type { OperationContext } from "../operations/operation-context";
import { checkRunTask } from "../operations/tasks/check-run-task";
import { launchTasks } from "../operations/tasks/launch-tasks";

/** A service that is there without having been created. @public */
export interface SeedService {
  /** Its name. */
  readonly serviceName: string;
  /** Name or ARN. @defaultValue "default" */
  readonly cluster?: string;
  /** Family, `family:revision` or ARN. */
  readonly taskDefinition: string;
  /** How many tasks it has. @defaultValue 1 */
  readonly desiredCount?: number;
  /** @defaultValue "EC2" */
  readonly launchType?: "EC2" | "FARGATE";
  /** As RunTask takes it. */
  readonly networkConfiguration?: NetworkConfiguration;
  /** Its own tags, not those of its tasks. */
  readonly tags?: readonly Tag[];
}

/**
 * Its tasks are as the service scheduler starts them: group `service:<name>`, startedBy the id of the deployment.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html (read 2026-11); the id is observed to be
 * `ecs-svc/` and 19 digits.
 */
export function seedService(service: SeedService, context: OperationContext): string {
  const { serviceName, desiredCount = 1, launchType = "EC2", networkConfiguration, tags = [] } = service;
  const cluster = context.clusters.getActive(service.cluster);
  const serviceArn = context.services.arnOf(cluster, serviceName);
  if (context.services.get(serviceArn) !== undefined)
    throw new Error(`The cluster ${cluster.clusterName} has a service ${serviceName} already.`);
  const deploymentId = `ecs-svc/${digits(10)}${digits(9)}`;
  const asked: RunTaskRequest = {
    taskDefinition: service.taskDefinition,
    launchType,
    startedBy: deploymentId,
    group: `service:${serviceName}`,
    count: desiredCount,
    ...(networkConfiguration === undefined ? {} : { networkConfiguration }),
  };
  const record = checkRunTask(asked, cluster, context.taskDefinitions.find(service.taskDefinition));
  const { launched, failures } = launchTasks({ asked, cluster, record }, context);
  if (failures.length > 0) {
    const why = `The tasks of the service ${serviceName} found no room: ${failures.map(({ reason }) => reason ?? "").join(", ")}.`;
    // What found room belongs to no service.
    for (const task of launched) context.lifecycle.stop(task, why);
    throw new Error(why);
  }
  context.services.put({
    serviceArn,
    serviceName,
    clusterArn: cluster.clusterArn,
    taskDefinitionArn: record.definition.taskDefinitionArn,
    desiredCount,
    launchType,
    networkConfiguration,
    deploymentId,
    createdAt: new Date(context.clock.now()),
    tags,
  });
  return serviceArn;
}

/** So many random digits, the first of which is none of 0. */
function digits(count: number): string {
  return String(randomInt(10 ** (count - 1), 10 ** count));
}
