import type { TaskOutputs } from "../outcome/outputs";
import type { TaskRecord } from "../outcome/task-record";
import { explainRun, type Explanation } from "../outcome/explain/explain-run";
import { judgeAnyTask, type JudgePorts } from "./judge-any-task";
import { redactingLogs } from "../run/ports/redacting-ports";
import type { RunPorts } from "../run/ports/run-ports";

/** What is known of a task, and why it failed when it did. */
export interface ExplainedTask extends TaskOutputs {
  /** Present when it failed. */
  readonly explanation?: Explanation;
}

/**
 * Judges any task and explains its failure, with the last lines of its containers.
 *
 * @param taskArn - or its id, with `cluster`.
 * @returns `undefined` for a task that ECS does not know (any more).
 * @throws EcsTaskError when it is not a task's ARN.
 * @throws EcsApiError when ECS does not answer, or looking is not permitted.
 */
export async function explainTask(
  ports: JudgePorts & Pick<RunPorts, "logs">,
  taskArn: string,
  cluster?: string,
): Promise<ExplainedTask | undefined> {
  const judged = await judgeAnyTask(ports, taskArn, cluster);
  if (judged?.outcome.kind !== "FAILED") return judged?.outputs;
  const { redact, task, definition, outcome, outputs } = judged;
  const facts = { tasks: [task], definition, showLogs: "ON_FAILURE", nextStep: nextStep(task) } as const;
  const redacting = { clock: ports.clock, logs: redactingLogs(ports.logs, redact) };
  return { ...outputs, explanation: await explainRun(redacting, facts, outcome) };
}

/** Who starts the next task: Pulumi, a service or the reader. */
function nextStep({ startedBy, group }: TaskRecord): string | undefined {
  if (startedBy?.startsWith("pulumi-")) return undefined;
  return group?.startsWith("service:") ? "the service starts a new task by itself" : "start a new task";
}
