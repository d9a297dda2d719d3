import type { ContainerDefinition, TaskDefinition } from "@aws-sdk/client-ecs";
import { essentialIn } from "../../outcome/essential-containers";
import { exitBits } from "../exit-code";
import { expectationOf } from "../../outcome/expectation";
import { INPUT_DEFAULTS, type TaskInputs } from "../task-inputs";
import { containsUnknown } from "../unknown";

/** What may go wrong with a task definition and the inputs for it, although ECS accepts both. */
export function warnOfDefinition(inputs: TaskInputs, definition: TaskDefinition): string[] {
  const { overrides, successContainers, successExitCodes = INPUT_DEFAULTS.successExitCodes } = inputs;
  if ([overrides, successContainers, successExitCodes].some(containsUnknown)) return [];
  const { workContainers, decidingContainers = [] } = expectationOf(inputs, essentialIn(definition));
  const restarted = (definition.containerDefinitions ?? [])
    .filter(({ name = "" }) => (workContainers ?? decidingContainers).includes(name))
    .flatMap((container) => startedAgain(container, successExitCodes));
  if (workContainers !== undefined || decidingContainers.length < 2) return restarted;
  const names = decidingContainers.map((name) => `"${name}"`).join(", ");
  return [
    ...restarted,
    `Several containers are essential (${names}), and nothing shows which one does the work: if one of them is killed, nobody can tell whether the work was done, and the run fails (WORK_UNKNOWN). Name the container that does the work in successContainers, or give it its command in overrides.`,
  ];
}

/** "By default, Amazon ECS does not ignore any exit codes", API_ContainerRestartPolicy: not even those that mean success. */
function startedAgain(
  { name = "", restartPolicy }: ContainerDefinition,
  successExitCodes: readonly number[],
): string[] {
  if (!restartPolicy?.enabled) return [];
  const ignored = restartPolicy.ignoredExitCodes ?? [];
  const missing = successExitCodes.filter(
    (code) => !ignored.some((each) => exitBits(each) === exitBits(code)),
  );
  if (missing.length === 0) return [];
  const all = [...ignored, ...missing].join(", ");
  return [
    `Container "${name}" has a restartPolicy that starts it again after exit code ${missing.join(", ")}, which means success: a run that takes longer than restartAttemptPeriod (${restartPolicy.restartAttemptPeriod ?? 300} s) is done again and again, and never ends. Write ignoredExitCodes: [${all}] in its restartPolicy, or enabled: false.`,
  ];
}
