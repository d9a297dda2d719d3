import { noFargateSize } from "../fargate-sizes";
import { onlyOnFargate, type Launch, type LaunchRule } from "./launch";
import { firstOf, only } from "../rule";
import { isReadableCpu, isReadableMemory } from "../task-definitions/sizes";
import { api, guide, issue } from "../sources";

const ERROR = "InvalidParameterException";
const MAX_OVERRIDES_CHARACTERS = 8192;

export const overrideRules: readonly LaunchRule[] = [
  {
    refused: "overrides of more than 8192 characters",
    error: ERROR,
    message: ({ request: { overrides = {} } }) =>
      JSON.stringify(overrides).length > MAX_OVERRIDES_CHARACTERS
        ? `Container Overrides length must be at most ${MAX_OVERRIDES_CHARACTERS}`
        : undefined,
    source: `${api("RunTask")}; its text is observed in several places`,
  },
  {
    refused: "an override of an unknown container",
    error: ERROR,
    message: ({ request, definition: { containerDefinitions = [] } }) =>
      firstOf(request.overrides?.containerOverrides, (override) =>
        containerDefinitions.some(({ name }) => name === override.name)
          ? undefined
          : `Override for container named ${override.name ?? ""} is not a container in the TaskDefinition.`,
      ),
    source: "its text is observed in several places",
  },
  {
    refused: "a cpu or memory of the task that cannot be read",
    error: ERROR,
    message({ request: { overrides = {} } }) {
      if (!isReadableCpu(overrides.cpu)) return "Invalid 'cpu' setting for task.";
      return isReadableMemory(overrides.memory) ? undefined : "Invalid 'memory' setting for task.";
    },
    source: `${guide("task-cpu-memory-error.html")}, where it is about task definitions`,
  },
  ...onlyOnFargate(
    only<Launch>(
      ({ request: { overrides } }) => (overrides?.cpu ?? overrides?.memory) !== undefined,
      [
        {
          refused: "an override to a size that Fargate does not have",
          error: ERROR,
          message: ({ request: { overrides }, definition }) =>
            noFargateSize({
              runtimePlatform: definition.runtimePlatform,
              cpu: overrides?.cpu ?? definition.cpu,
              memory: overrides?.memory ?? definition.memory,
            }),
          source: `${guide("fargate-tasks-services.html")}; the text is that of RegisterTaskDefinition`,
        },
      ],
    ),
  ),
];

export const settingRules: readonly LaunchRule[] = [
  {
    refused: "tags of a service",
    error: ERROR,
    message: ({ request: { propagateTags } }) =>
      propagateTags === "SERVICE"
        ? "propagateTags SERVICE is not possible for a task that belongs to no service."
        : undefined,
    source: `${api("RunTask")}: "an error will be received if you specify the SERVICE option"; the text is ours`,
  },
  {
    refused: "ECS Exec without a task role",
    error: ERROR,
    message: ({ request, definition }) =>
      request.enableExecuteCommand === true && !(request.overrides?.taskRoleArn ?? definition.taskRoleArn)
        ? "The execute command failed because a valid task role is not being used. Specify a valid task role in your task definition or as a task override and try again."
        : undefined,
    source: issue("boto/boto3#3173"),
  },
];
