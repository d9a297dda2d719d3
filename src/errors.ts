/** What can go wrong, as stable codes. Each is explained in docs/errors.md. */
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
] as const;

/** The code of an error that is known, as `error.code` has it. @public */
export type ErrorCode = (typeof ERROR_CODES)[number];

/**
 * An error that is known and explained: what failed, why, what to do.
 *
 * It has no stack of its own, because Pulumi's host prints one for every error thrown by check, diff, read and
 * delete, and the stack of a known error helps nobody.
 */
export class EcsTaskError extends Error {
  override readonly name = "EcsTaskError";
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
