export { EcsTask } from "./ecs-task";
export type {
  CapacityProviderStrategyArgs,
  ContainerOverrideArgs,
  NetworkConfigurationArgs,
  PlacementConstraintArgs,
  PlacementStrategyArgs,
  ResourceRequirementArgs,
  TaskOverridesArgs,
  VolumeConfigurationArgs,
  Word,
} from "./ecs-shapes";
export type { ArnInput, AssumeRoleArgs, EcsTaskArgs, GetTaskOptions, WithArn } from "./ecs-task-args";
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
export { ERROR_CODES, isEcsTaskError, type CodedError, type ErrorCode } from "./errors";
export type { ApiErrorKind } from "./ecs/ecs-gateway";
export type { RegistryAnswers, UnansweredImage } from "./run/ask-registries";
export type { FoundImage, ImageQuestion } from "./run/find-image";
export type { ImageSurvey, SurveyScope } from "./run/survey-images";
export type { ContainerImage, DigestMatches } from "./task/container-image";
export type { LogTarget } from "./task/log-target";
export type { TaskOutputs } from "./task/project-outputs";
export type { AssumeRole, LookUpOptions, OnTimeout, ShowLogs, WaitFor } from "./task/task-inputs";
export type { ContainerRecord, TaskRecord } from "./task/task-record";
