import { failureText } from "../../src/provider/failure-text";
import type { RunResult } from "../../src/run/run-result";

/** What a user reads of a run that is not settled; empty of one that is. */
export function told({ failure }: Pick<RunResult, "failure">): string {
  return failure ? failureText(failure) : "";
}
