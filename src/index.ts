export { EcsTask } from "./program/ecs-task";
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
} from "./program/ecs-shapes";
export type { ArnInput, AssumeRoleArgs, EcsTaskArgs, GetTaskOptions, WithArn } from "./program/ecs-task-args";
export { getTask, getTaskOutput, type GetTaskArgs } from "./program/get-task";
export {
  getRunningImages,
  getRunningImagesOutput,
  type GetRunningImagesArgs,
  type GetRunningImagesResult,
} from "./program/get-running-images";
export {
  getTasksByImageDigest,
  getTasksByImageDigestOutput,
  type GetTasksByImageDigestArgs,
  type GetTasksByImageDigestResult,
} from "./program/get-tasks-by-image-digest";
export { ERROR_CODES, isEcsTaskError, type CodedError, type ErrorCode } from "./errors";
export type { ApiErrorKind } from "./aws/ecs-gateway";
export type { RegistryAnswers, UnansweredImage } from "./lookup/ask-registries";
export type { FoundImage, ImageQuestion } from "./lookup/find-tasks-by-image";
export type { ImageSurvey, SurveyScope } from "./lookup/survey-images";
export type { ContainerImage, DigestMatches } from "./lookup/container-image";
export type { LogTarget } from "./outcome/logs/log-target";
export type { TaskOutputs } from "./outcome/outputs";
export type { AssumeRole, LookUpOptions, OnTimeout, ShowLogs, WaitFor } from "./inputs/task-inputs";
export type { AttachmentRecord, ContainerRecord, TaskRecord } from "./outcome/task-record";
