/*
 * All codes, each of which is stable and has its section in docs/errors.md.
 */

/** What can go wrong, as stable codes. */
export const ERROR_CODES = [
  "ACCESS_DENIED",
  "API_FAILED",
  "NO_CREDENTIALS",
  "NO_ECR_CLIENT",
  "NO_IMAGE_DIGEST",
  "NO_REGION",
  "RUN_TASK_REJECTED",
  "NO_TASK_ARN",
  "NO_TASK_STARTED",
  "LAST_RUN_STILL_RUNNING",
  "STATE_TOO_NEW",
  "TASK_NOT_STOPPED",
  "WRONG_ACCOUNT",
  "WRONG_ARGUMENT",
] as const;

/** What a failed run failed of, as ECS and its agent tell it. How each is recognised: `outcome/explain/failure-kinds.ts`. */
export const FAILURE_CODES = [
  "COMMAND_NOT_FOUND",
  "CONTAINER_FAILED",
  "CONTAINER_NOT_STARTED",
  "CONTAINER_UNHEALTHY",
  "CRASHED",
  "DEPENDENCY_FAILED",
  "ENVIRONMENT_FILES_NOT_READ",
  "HOST_TERMINATED",
  "IMAGE_NOT_FOUND",
  "IMAGE_NOT_PULLED",
  "IMAGE_PULL_DENIED",
  "IMAGE_PULL_LIMITED",
  "IMAGE_REGISTRY_UNREACHABLE",
  "IMAGE_WRONG_PLATFORM",
  "KILLED",
  "LOGS_NOT_WRITABLE",
  "NOT_EXECUTABLE",
  "NO_CAPACITY",
  "NO_DISK_SPACE",
  "NO_NETWORK_INTERFACE",
  "NO_SUITABLE_INSTANCE",
  "OUT_OF_MEMORY",
  "REGISTRY_AUTH_NOT_READ",
  "RESOURCES_NOT_INITIALISED",
  "ROLE_NOT_ASSUMED",
  "RUNTIME_TIMED_OUT",
  "SECRETS_NOT_READ",
  "SIDECAR_FAILED",
  "SPOT_INTERRUPTED",
  "STOPPED_BY_SOMEBODY",
  "TASK_FAILED_TO_START",
  "TERMINATED",
  "VOLUME_NOT_MOUNTED",
  "WORK_UNKNOWN",
  "WRONG_IMAGE",
] as const;

/** What a run failed of that ECS does not speak of, because we saw it or did it. */
export const CAUSE_CODES = ["RUN_INCOMPLETE", "START_TIMED_OUT", "TIMED_OUT"] as const;

/** The code of a failed run: the word in brackets behind "What to do". */
export type FailureCode = (typeof FAILURE_CODES)[number];

/** The same, where we saw or did it. */
export type CauseCode = (typeof CAUSE_CODES)[number];

/** The code of an error that is known, as `error.code` has it. @public */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** An error with a code, as `isEcsTaskError` recognises it. @public */
export interface CodedError extends Error {
  /** What went wrong; its section in docs/errors.md. */
  readonly code: ErrorCode;
}

/**
 * Whether an error is one that this package knows, e.g. of a look-up: its `code` says which one, and
 * {@link ERROR_CODES} holds all of them.
 *
 * @param code - only an error with this code.
 * @example
 * ```ts
 * const task = await getTask({ taskArn }).catch((error: unknown) => {
 *   if (isEcsTaskError(error, "ACCESS_DENIED")) return undefined;
 *   throw error;
 * });
 * ```
 *
 * @public
 */
export function isEcsTaskError<Code extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: Code,
): error is CodedError & Readonly<Record<"code", Code>> {
  if (typeof error !== "object" || error === null || !(KNOWN in error)) return false;
  return code === undefined || (error as unknown as CodedError).code === code;
}

/**
 * Marks an error that holds a code: the provider's, and the RunError of a look-up. By no class, for several copies of
 * the package can be loaded.
 */
export const KNOWN = Symbol.for("pulumi-ecs-task/known-error");

/**
 * An error that is known and explained: what failed, why, what to do.
 *
 * It has no stack of its own, because Pulumi's host prints one for every error thrown by check, diff, read and
 * delete, and the stack of a known error helps nobody.
 */
export class EcsTaskError extends Error {
  override readonly name = "EcsTaskError";
  readonly [KNOWN] = true;
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.stack = "";
  }

  /** Without the class's name, which says nothing to a user of Pulumi. */
  override toString(): string {
    return this.message;
  }
}
