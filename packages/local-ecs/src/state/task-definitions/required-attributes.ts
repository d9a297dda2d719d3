import type { Attribute } from "@aws-sdk/client-ecs";
import type { StoredTaskDefinition } from "./task-definitions";

const CAPABILITY_PREFIX = "com.amazonaws.ecs.capability.";

/**
 * The attributes a container instance must have to run the task: a useful part of those that ECS derives.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html#attributes; names as
 * amazon-ecs-agent 1.105 registers them (agent/app/agent_capability.go)
 */
export function requiredAttributes(
  definition: Omit<StoredTaskDefinition, "taskDefinitionArn" | "revision" | "status">,
): Attribute[] {
  const { networkMode, taskRoleArn, executionRoleArn, containerDefinitions: containers } = definition;
  const drivers = new Set(containers.map(({ logConfiguration }) => logConfiguration?.logDriver));
  const needs: readonly (readonly [boolean, string])[] = [
    ...[...drivers].map(
      (driver) => [driver !== undefined, `${CAPABILITY_PREFIX}logging-driver.${driver ?? ""}`] as const,
    ),
    [drivers.has("awslogs") && executionRoleArn !== undefined, "ecs.capability.execution-role-awslogs"],
    [containers.some(({ privileged }) => privileged === true), `${CAPABILITY_PREFIX}privileged-container`],
    [
      taskRoleArn !== undefined,
      `${CAPABILITY_PREFIX}${networkMode === "host" ? "task-iam-role-network-host" : "task-iam-role"}`,
    ],
    [networkMode === "awsvpc", "ecs.capability.task-eni"],
    [
      containers.some(({ healthCheck }) => healthCheck !== undefined),
      "ecs.capability.container-health-check",
    ],
    [containers.some(({ dependsOn = [] }) => dependsOn.length > 0), "ecs.capability.container-ordering"],
  ];
  return needs.filter(([isNeeded]) => isNeeded).map(([, name]) => ({ name }));
}
