import type { RunTaskRequest } from "@aws-sdk/client-ecs";
import { clientException, invalidParameter } from "../../server/aws-error";
import type { ClusterRecord } from "../../state/clusters/clusters";
import type { TaskDefinitionRecord } from "../../state/task-definitions/task-definitions";
import { checkCapacity, launchTypeOf } from "./check-capacity";
import { checkVolumes } from "./volume-configurations";

const MAX_OVERRIDES_CHARACTERS = 8192;

/**
 * The rules between a RunTask request and its task definition; each member alone is checked by the request's shape.
 * AWS documents no texts. Observed: ECS Exec (boto3#3173), providers that are not associated (dask-cloudprovider#328), and
 * in several places each: task definitions, overrides of unknown containers, awsvpc without configuration. The others
 * may differ.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html (read 2026-11)
 */
export function checkRunTask(
  request: RunTaskRequest,
  cluster: ClusterRecord,
  record: TaskDefinitionRecord | undefined,
): TaskDefinitionRecord {
  if (record === undefined) throw clientException("TaskDefinition not found.");
  if (record.definition.status !== "ACTIVE") throw clientException("TaskDefinition is inactive");
  checkCapacity(request, cluster, record);
  checkNetwork(request, cluster, record);
  checkOverrides(request, record);
  checkVolumes(request, record.definition);
  if (request.propagateTags === "SERVICE")
    throw invalidParameter("propagateTags SERVICE is not possible for a task that belongs to no service.");
  if (
    request.enableExecuteCommand === true &&
    !(request.overrides?.taskRoleArn ?? record.definition.taskRoleArn)
  )
    throw invalidParameter(
      "The execute command failed because a valid task role is not being used. Specify a valid task role in your task definition or as a task override and try again.",
    );
  return record;
}

function checkNetwork(
  request: RunTaskRequest,
  cluster: ClusterRecord,
  { definition }: TaskDefinitionRecord,
): void {
  const configuration = request.networkConfiguration?.awsvpcConfiguration;
  if (definition.networkMode !== "awsvpc") {
    if (configuration !== undefined)
      throw invalidParameter(
        "Network Configuration is not valid for the given networkMode of this task definition.",
      );
    return;
  }
  if (configuration === undefined)
    throw invalidParameter("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  if ((configuration.subnets ?? []).length === 0) throw invalidParameter("subnets can not be empty.");
  if (configuration.assignPublicIp === "ENABLED" && launchTypeOf(request, cluster) === "EC2")
    throw invalidParameter("Assign public IP is not supported for this launch type.");
}

function checkOverrides({ overrides = {} }: RunTaskRequest, { definition }: TaskDefinitionRecord): void {
  if (JSON.stringify(overrides).length > MAX_OVERRIDES_CHARACTERS)
    throw invalidParameter(`Container Overrides length must be at most ${MAX_OVERRIDES_CHARACTERS}`);
  for (const { name = "" } of overrides.containerOverrides ?? [])
    if (!definition.containerDefinitions.some((container) => container.name === name))
      throw invalidParameter(
        `Override for container named ${name} is not a container in the TaskDefinition.`,
      );
}
