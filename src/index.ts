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
} from "./ecs-task-args";
export { getTask, getTaskOutput, type GetTaskArgs } from "./get-task";
export { ERROR_CODES, type ErrorCode } from "./errors";
export type { LogTarget } from "./task/log-target";
export type { TaskOutputs } from "./task/project-outputs";
export type { ContainerRecord, TaskRecord } from "./task/task-record";
