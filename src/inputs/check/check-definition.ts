import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { isPlainObject } from "../../text/canonical-json";
import { memberPath, type InputFailure } from "./shape";
import type { TaskInputs } from "../task-inputs";
import { containsUnknown, isGiven } from "../unknown";

/**
 * What is wrong with inputs for the task definition they name: containers and volumes it does not have, a network
 * configuration or a role that it needs or cannot have.
 *
 * @param launches - whether a task may be started: without, what only a launch needs is not asked for.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking.html
 */
export function checkDefinition(
  inputs: TaskInputs,
  definition: TaskDefinition,
  launches = true,
): InputFailure[] {
  const containers = (definition.containerDefinitions ?? []).map(({ name }) => String(name));
  const misnamed = unknownContainers(inputs, containers);
  if (!launches) return misnamed;
  return [
    ...misnamed,
    ...network(inputs, definition),
    ...volume(inputs, definition),
    ...taskRole(inputs, definition),
    ...inactive(definition),
  ];
}

function unknownContainers(inputs: TaskInputs, containers: readonly string[]): InputFailure[] {
  const { overrides, successContainers, expectedImageDigests } = inputs;
  const overridden = listOf(overrides?.containerOverrides);
  const named: (readonly [path: string, name: unknown])[] = [
    ...overridden.map(
      (container, index) =>
        [
          `overrides.containerOverrides[${index}].name`,
          isPlainObject(container) ? container.name : undefined,
        ] as const,
    ),
    ...listOf(successContainers).map((name, index) => [`successContainers[${index}]`, name] as const),
    ...(isPlainObject(expectedImageDigests) ? Object.keys(expectedImageDigests) : []).map(
      (name) => [memberPath("expectedImageDigests", name), name] as const,
    ),
  ];
  const known = containers.map((name) => `"${name}"`).join(", ") || "none";
  return named
    .filter((entry): entry is [string, string] => typeof entry[1] === "string")
    .filter(([, name]) => !containsUnknown(name) && !containers.includes(name))
    .map(([property, name]) => ({
      property,
      reason: `names container "${name}", which the task definition does not have; it has ${known}`,
    }));
}

/** The elements of a list; none of one that preview does not know yet. */
function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function network({ networkConfiguration }: TaskInputs, { networkMode }: TaskDefinition): InputFailure[] {
  const property = "networkConfiguration";
  if (networkMode === "awsvpc" && networkConfiguration === undefined) {
    const reason =
      "is required, because the task definition's network mode is awsvpc; give it at least one subnet";
    return [{ property, reason }];
  }
  if (networkMode === "awsvpc" || !isGiven(networkConfiguration)) return [];
  const mode = networkMode ?? "bridge";
  return [
    {
      property,
      reason: `cannot be used, because the task definition's network mode is ${mode}; remove it, or make the network mode awsvpc`,
    },
  ];
}

/** "The name of the volume must match the name from the task definition", which is configuredAtLaunch: API_RunTask. */
function volume({ volumeConfiguration }: TaskInputs, { volumes }: TaskDefinition): InputFailure[] {
  const name = volumeConfiguration?.name;
  if (name === undefined || containsUnknown(volumeConfiguration)) return [];
  if (volumes?.some((each) => each.name === name && each.configuredAtLaunch === true)) return [];
  const reason = `names volume "${name}", but the task definition has no such volume with configuredAtLaunch: true; add it there, or name another one`;
  return [{ property: "volumeConfiguration.name", reason }];
}

/** "The task definition must have a task role, or you must provide one as an override": API_RunTask. */
function taskRole(
  { enableExecuteCommand, overrides }: TaskInputs,
  { taskRoleArn }: TaskDefinition,
): InputFailure[] {
  const isUnknown = containsUnknown(enableExecuteCommand) || containsUnknown(overrides);
  if (isUnknown || enableExecuteCommand !== true || overrides?.taskRoleArn || taskRoleArn) return [];
  const reason = "needs a task role; set one in the task definition, or overrides.taskRoleArn";
  return [{ property: "enableExecuteCommand", reason }];
}

function inactive({ status }: TaskDefinition): InputFailure[] {
  if (status === undefined || status === "ACTIVE") return [];
  return [
    {
      property: "taskDefinition",
      reason: `is ${status}: it was deregistered, and ECS starts no task of it; name an active revision`,
    },
  ];
}
