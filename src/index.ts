export { EcsTask, type EcsTaskArgs } from "./ecs-task";
export type {
  CapacityProviderStrategyArgs,
  ContainerOverrideArgs,
  NetworkConfigurationArgs,
  TaskOverridesArgs,
} from "./ecs-task-args";
export type { LogTarget } from "./task/log-target";
export type { ContainerRecord, TaskRecord } from "./task/task-record";
