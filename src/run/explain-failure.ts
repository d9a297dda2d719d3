import { lastLines } from "../logs/last-lines";
import { diagnose, type ContainerLines, type Diagnosis } from "../task/diagnose";
import type { FailedReason, Outcome } from "../task/judge-outcome";
import { logTargets } from "../task/log-target";
import { normaliseInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import { unreadLines } from "../task/unread-lines";
import type { RunPorts } from "./run-ports";
import type { RunFacts } from "./run-report";

/** Why a run failed, and what its containers wrote last. */
export interface Explanation {
  readonly diagnosis: Diagnosis;
  readonly logs: readonly ContainerLines[];
}

/**
 * Explains a failed run from what ECS and CloudWatch Logs say.
 *
 * @param nextStep - what to do when the cause is corrected; that of a resource unless given.
 */
export async function explainFailure(
  ports: Pick<RunPorts, "logs" | "clock">,
  { inputs, tasks, definition }: Pick<RunFacts, "inputs" | "tasks" | "definition">,
  failed: Extract<Outcome, { kind: "FAILED" }>,
  nextStep?: string,
): Promise<Explanation> {
  const { showLogs } = normaliseInputs(inputs);
  const redact = redactor(inputs);
  const linesOf = async ({ container, taskArn }: FailedReason): Promise<ContainerLines[]> => {
    const name = container?.name ?? "";
    const target = logTargets(definition, taskArn)[name];
    if (!target) return [{ container: name, lines: [], note: unreadLines(definition, name) }];
    // With STREAM they have been shown already.
    return showLogs === "STREAM" ? [] : [await lastLines({ ...ports, redact }, name, target)];
  };
  const asked = showLogs === "OFF" ? [] : ranAndFailed(failed.reasons);
  const logs = (await Promise.all(asked.map(linesOf))).flat();
  return { diagnosis: diagnose(tasks, failed, nextStep), logs };
}

/** The failures of containers that began to run: only they can have written anything. */
function ranAndFailed(reasons: readonly FailedReason[]): FailedReason[] {
  return reasons.filter(
    ({ container }) => container?.runtimeId !== undefined || container?.exitCode !== undefined,
  );
}
