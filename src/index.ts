export { EcsTask } from "./ecs-task";
export type {
  ArnInput,
  AssumeRoleArgs,
  CapacityProviderStrategyArgs,
  ContainerOverrideArgs,
  EcsTaskArgs,
  GetTaskOptions,
  NetworkConfigurationArgs,
  PlacementConstraintArgs,
  PlacementStrategyArgs,
  TaskOverridesArgs,
  VolumeConfigurationArgs,
  WithArn,
} from "./ecs-task-args";
export { getTask, getTaskOutput, type GetTaskArgs } from "./get-task";
export {
  getRunningImages,
  getRunningImagesOutput,
  type GetRunningImagesArgs,
  type GetRunningImagesResult,
} from "./get-running-images";
export {
  getTasksByImageDigest,
  getTasksByImageDigestOutput,
  type GetTasksByImageDigestArgs,
  type GetTasksByImageDigestResult,
} from "./get-tasks-by-image-digest";
export { ERROR_CODES, type ErrorCode } from "./errors";
export type { ContainerImage } from "./task/container-image";
export type { LogTarget } from "./task/log-target";
export type { TaskOutputs } from "./task/project-outputs";
export type { ContainerRecord, TaskRecord } from "./task/task-record";
