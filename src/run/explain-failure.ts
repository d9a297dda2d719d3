import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { lastLines } from "../logs/last-lines";
import { taskId } from "../task/arn";
import { diagnose, type ContainerLines, type Diagnosis } from "../task/diagnose";
import type { FailedReason, Outcome } from "../task/judge-outcome";
import { logTargets } from "../task/log-target";
import type { ShowLogs } from "../task/task-inputs";
import type { TaskRecord } from "../task/task-record";
import { unreadLines } from "../task/unread-lines";
import type { RunPorts } from "./run-ports";

/** The tasks of a failed run, and how much of it may be shown. */
export interface FailedTasks {
  readonly tasks: readonly TaskRecord[];
  readonly definition: TaskDefinition | undefined;
  readonly showLogs: ShowLogs;
}

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
  { tasks, definition, showLogs }: FailedTasks,
  failed: Extract<Outcome, { kind: "FAILED" }>,
  nextStep?: string,
): Promise<Explanation> {
  const linesOf = async ({ container, taskArn }: FailedReason): Promise<ContainerLines[]> => {
    const name = container?.name ?? "";
    const task = tasks.length > 1 ? { task: taskId(taskArn) } : {};
    const target = logTargets(definition, taskArn)[name];
    if (!target) return [{ container: name, ...task, lines: [], note: unreadLines(definition, name) }];
    // With STREAM they have been shown already.
    return showLogs === "STREAM" ? [] : [{ ...(await lastLines(ports, name, target)), ...task }];
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
