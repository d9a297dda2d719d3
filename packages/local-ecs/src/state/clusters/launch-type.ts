import type { RunTaskRequest } from "@aws-sdk/client-ecs";
import { capacityProviderOf } from "./capacity-provider";
import type { ClusterRecord } from "./clusters";

/** How the task is launched: as asked for, else by the cluster's default strategy, else on EC2. */
export function launchTypeOf(
  request: RunTaskRequest,
  cluster: ClusterRecord,
): "EC2" | "FARGATE" | "EXTERNAL" | "MANAGED_INSTANCES" {
  if (request.launchType !== undefined) return request.launchType;
  return /^FARGATE(_SPOT)?$/.test(capacityProviderOf(request, cluster) ?? "") ? "FARGATE" : "EC2";
}
