import { RunError } from "@pulumi/pulumi";
import { EcsTaskError, KNOWN, type ErrorCode } from "./errors";

/** A known error in a Pulumi program: of a RunError Pulumi shows the message alone, with no stack. */
class LookUpError extends RunError {
  readonly [KNOWN] = true;
  readonly code: ErrorCode;

  constructor(error: EcsTaskError) {
    super(error.message, { cause: error.cause });
    this.code = error.code;
  }
}

/**
 * Looks something up in a Pulumi program.
 *
 * @throws RunError with a `code` and a message that says what to do, for what is known to go wrong.
 */
export async function lookUp<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    // Loaded when it is needed: a program that looks nothing up loads nothing for it.
    const { explainError } =
      // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
      require("./provider/explain-error") as typeof import("./provider/explain-error");
    const explained = explainError(error);
    throw explained instanceof EcsTaskError ? new LookUpError(explained) : explained;
  }
}
