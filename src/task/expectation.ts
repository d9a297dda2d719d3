import type { Expectation } from "./judge-outcome";
import type { NormalInputs } from "./normalise-inputs";
import type { TaskInputs } from "./task-inputs";

/** What the inputs expect of the tasks. */
export function expectationOf(
  inputs: TaskInputs | NormalInputs,
  essentialContainers: readonly string[] | undefined,
): Expectation {
  const { successContainers, successExitCodes, expectedImageDigests } = inputs;
  const overridden = inputs.overrides?.containerOverrides ?? [];
  return {
    decidingContainers: successContainers ?? essentialContainers,
    successExitCodes,
    expectedImageDigests,
    // Somebody who names the containers that decide means their exit codes as they are.
    workContainers:
      successContainers ?? overridden.filter(({ command }) => command !== undefined).map(({ name }) => name),
  };
}
