import type { Expectation } from "./judge-outcome";
import type { NormalInputs } from "../inputs/normalise-inputs";
import type { TaskInputs } from "../inputs/task-inputs";

/** What the inputs expect of the tasks. */
export function expectationOf(
  inputs: TaskInputs | NormalInputs,
  essentialContainers: readonly string[] | undefined,
): Expectation {
  const { successContainers, successExitCodes, expectedImageDigests } = inputs;
  const work = workContainers(inputs);
  const deciding = essentialContainers && [...new Set([...essentialContainers, ...(work ?? [])])];
  // A single essential container is the work.
  const only = essentialContainers?.length === 1 ? essentialContainers : undefined;
  return {
    decidingContainers: successContainers ?? deciding,
    successExitCodes,
    expectedImageDigests,
    // Somebody who names the containers that decide means their exit codes as they are.
    workContainers: successContainers ?? work ?? only,
  };
}

/**
 * The containers that do the work, as the overrides show: those that were given a command for this run, else those that
 * were given variables; `undefined` when nothing shows it.
 */
function workContainers({ overrides }: TaskInputs | NormalInputs): readonly string[] | undefined {
  const containers = overrides?.containerOverrides ?? [];
  const commanded = containers.filter(({ command }) => command !== undefined);
  const given =
    commanded.length > 0 ? commanded : containers.filter(({ environment }) => environment !== undefined);
  return given.length > 0 ? given.map(({ name }) => name) : undefined;
}
