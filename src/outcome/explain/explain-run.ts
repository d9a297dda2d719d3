import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { Clock } from "../../aws/pace/clock";
import type { LogGateway } from "../logs/log-gateway";
import { linesArrive } from "../logs/lines-arrive";
import { lastLines } from "../logs/last-lines";
import { taskId } from "../../aws/arn";
import { diagnose, type ContainerLines, type Diagnosis } from "./diagnose";
import type { FailedReason, Outcome } from "../judge-outcome";
import { logTargets } from "../logs/log-target";
import type { ShowLogs } from "../../inputs/task-inputs";
import type { TaskRecord } from "../task-record";
import { unreadLines } from "./unread-lines";

/** The tasks of a failed run, and how much of it may be shown. */
export interface FailedTasks {
  readonly tasks: readonly TaskRecord[];
  readonly definition: TaskDefinition | undefined;
  readonly showLogs: ShowLogs;
  /** What to do when the cause is corrected. @defaultValue that of a resource */
  readonly nextStep?: string | undefined;
}

/** Why a run failed, and what its containers wrote last. */
export interface Explanation {
  readonly diagnosis: Diagnosis;
  readonly logs: readonly ContainerLines[];
}

/**
 * Explains a failed run from what ECS and CloudWatch Logs say.
 */
export async function explainRun(
  ports: { readonly logs: LogGateway; readonly clock: Clock },
  { tasks, definition, showLogs, nextStep }: FailedTasks,
  failed: Extract<Outcome, { kind: "FAILED" }>,
): Promise<Explanation> {
  async function linesOf({ container, taskArn }: FailedReason): Promise<ContainerLines[]> {
    const name = container?.name ?? "";
    const task = tasks.length > 1 ? { task: taskId(taskArn) } : {};
    const target = logTargets(definition, taskArn)[name];
    if (!target) return [{ container: name, ...task, lines: [], note: unreadLines(definition, name) }];
    // With STREAM they have been shown already.
    if (showLogs === "STREAM") return [];
    await linesArrive(
      ports.clock,
      tasks.filter((each) => each.taskArn === taskArn),
    );
    return [{ ...(await lastLines(ports, name, target)), ...task }];
  }
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
