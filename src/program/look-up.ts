import { RunError } from "@pulumi/pulumi";
import { EcsTaskError, KNOWN, type ErrorCode } from "../errors";
import { isLater } from "./later";
import type { LookUpName } from "../inputs/check/check-look-up";

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
 * @param args - what the look-up was called with, whatever that is.
 * @throws RunError with a `code` and a message that says what to do, for what is known to go wrong.
 */
export async function lookUp<Result>(
  name: LookUpName,
  args: unknown,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    requireArguments(name, args);
    return await ask();
  } catch (error) {
    // Loaded when it is needed: a program that looks nothing up loads nothing for it.
    const { asKnownError } =
      // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports
      require("../provider/known-error") as typeof import("../provider/known-error");
    const explained = asKnownError(error);
    throw explained instanceof EcsTaskError ? new LookUpError(explained) : explained;
  }
}

function requireArguments(name: LookUpName, args: unknown): void {
  const { checkLookUp } =
    // eslint-disable-next-line @typescript-eslint/no-require-imports, @typescript-eslint/consistent-type-imports -- as above
    require("../inputs/check/check-look-up") as typeof import("../inputs/check/check-look-up");
  const later = Object.entries(args ?? {}).find(([, value]) => isLater(value));
  if (later !== undefined)
    throw wrongArgument(
      `${name}: ${later[0]} is an Output or a Promise, whose value is not known yet. Call ${name}Output(…), which takes both.`,
    );
  const failures = checkLookUp(name, args ?? {});
  if (failures.length === 0) return;
  const said = failures.map(({ property, reason }) => `${property} ${reason}`).join("; ");
  throw wrongArgument(`${name} was called with wrong arguments: ${said}.`);
}

function wrongArgument(message: string): EcsTaskError {
  return new EcsTaskError("WRONG_ARGUMENT", message);
}
