import type { CapacityProviderStrategyItem, RunTaskRequest } from "@aws-sdk/client-ecs";
import { AwsError, invalidParameter } from "../../server/aws-error";
import { capacityProviderOf } from "../../state/clusters/capacity-provider";
import type { ClusterRecord } from "../../state/clusters/clusters";
import type { TaskDefinitionRecord } from "../../state/task-definitions/task-definitions";

/** How the task is launched: as asked for, else by the cluster's default strategy, else on EC2. */
export function launchTypeOf(
  request: RunTaskRequest,
  cluster: ClusterRecord,
): "EC2" | "FARGATE" | "EXTERNAL" | "MANAGED_INSTANCES" {
  if (request.launchType !== undefined) return request.launchType;
  return /^FARGATE(_SPOT)?$/.test(capacityProviderOf(request, cluster) ?? "") ? "FARGATE" : "EC2";
}

/**
 * The rules about where a task may run. Texts that are observed: two ways at once, FARGATE for what does not support it, a
 * platform version on EC2 (amazon-ecs-cli#1040); the others are ours.
 */
export function checkCapacity(
  request: RunTaskRequest,
  cluster: ClusterRecord,
  { definition }: TaskDefinitionRecord,
): void {
  const { launchType, capacityProviderStrategy: strategy = [] } = request;
  if (launchType !== undefined && strategy.length > 0)
    throw invalidParameter(
      "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    );
  if (
    strategy.some(
      ({ capacityProvider = "" }) => cluster.settings.capacityProviders?.includes(capacityProvider) !== true,
    )
  )
    throw invalidParameter(
      "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.",
    );
  checkStrategy(strategy);
  const isFargate = launchTypeOf(request, cluster) === "FARGATE";
  if (isFargate && definition.compatibilities?.includes("FARGATE") !== true)
    throw invalidParameter("Task definition does not support launch_type FARGATE.");
  if (launchType === "MANAGED_INSTANCES")
    throw invalidParameter(
      "Managed instances are chosen by a capacity provider strategy, not by launchType.",
    );
  checkPlatformVersion(request, cluster);
  checkPlacement(request, isFargate);
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html (read 2026-11) */
function checkStrategy(strategy: readonly CapacityProviderStrategyItem[]): void {
  if (strategy.filter(({ base = 0 }) => base > 0).length > 1)
    throw invalidParameter("Only one capacity provider in a capacity provider strategy can have a base.");
  if (strategy.length > 1 && strategy.every(({ weight = 0 }) => weight === 0))
    throw invalidParameter("At least one capacity provider must have a weight greater than zero.");
}

/** Of Linux tasks. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-fargate.html (read 2026-11) */
const platformVersions = ["LATEST", "1.4.0", "1.3.0"];

/** "A platform version is only specified for tasks hosted on Fargate": API_RunTask. */
function checkPlatformVersion(request: RunTaskRequest, cluster: ClusterRecord): void {
  const { platformVersion } = request;
  if (platformVersion === undefined) return;
  const launchType = launchTypeOf(request, cluster);
  if (launchType !== "FARGATE")
    throw invalidParameter(`The platform version must be null when specifying an ${launchType} launch type.`);
  if (!platformVersions.includes(platformVersion))
    throw new AwsError("PlatformUnknownException", "The specified platform version does not exist.");
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html (read 2026-11) */
function checkPlacement(
  { placementConstraints = [], placementStrategy = [] }: RunTaskRequest,
  isFargate: boolean,
): void {
  if (isFargate && placementConstraints.length + placementStrategy.length > 0)
    throw invalidParameter(
      "Placement constraints and strategies are not supported with FARGATE launch type.",
    );
  for (const { type, field = "" } of placementStrategy) {
    if (type === "binpack" && !/^(cpu|memory)$/i.test(field))
      throw invalidParameter("The field of the placement strategy binpack must be cpu or memory.");
    if (type === "spread" && field === "")
      throw invalidParameter("The placement strategy spread needs a field.");
  }
}
