import { EcsApiError } from "../aws/ecs-gateway";
import { asRecorded, settle, staysSettled } from "../outcome/settle";
import { redactor } from "../inputs/redact-secrets";
import type { TaskState } from "./task-state";
import { isOver } from "../outcome/is-over";
import { isStopped, type TaskRecord } from "../outcome/task-record";
import { STOPPED_TASK_MS } from "../time-limits";
import { portsFor } from "./ports/ports-for";
import { failureOf, goalOf } from "./explain-result";
import { lookOnce } from "./follow/look-once";
import { redactingPorts } from "./ports/redacting-ports";
import type { RunPorts } from "./ports/run-ports";
import { recordedFacts, runState } from "./run-result";

/**
 * Looks again at the tasks of a record.
 *
 * A task that ECS has forgotten keeps its last record, and a settled run stays settled: a refresh never makes
 * a task run again.
 */
export async function refreshRun(everywhere: RunPorts, recorded: TaskState): Promise<TaskState> {
  const ports = redactingPorts(everywhere, redactor(recorded));
  const [first] = recorded.tasks;
  if (!first || isFinal(recorded) || isForgotten(recorded, ports.clock.wallMs())) return recorded;
  const before = recordedFacts(recorded, ports.region);
  const { wanted } = before.order;
  const tasks = await Promise.all(recorded.tasks.map((task) => lookAgain(ports, task)));
  const facts = { ...before, tasks };
  const goal = goalOf(facts);
  if (recorded.phase === "SETTLED")
    return runState(facts, staysSettled(goal, facts, recorded), recorded.failure);
  // A failure stays one; and that some of its tasks have ended does not tell whether the others were started.
  const isUnclear = recorded.phase === "UNKNOWN" && tasks.length < wanted;
  const verdict = settle(goal, facts);
  const isOver = verdict.phase === "SETTLED" || verdict.phase === "FAILED";
  if (recorded.phase === "FAILED" || isUnclear || !isOver)
    return runState(facts, asRecorded(recorded), recorded.failure);
  return runState(facts, verdict, verdict.phase === "FAILED" ? failureOf(verdict, tasks.length) : undefined);
}

async function lookAgain(ports: RunPorts, task: TaskRecord): Promise<TaskRecord> {
  try {
    const seen = await lookOnce(await portsFor(ports, task), task.clusterArn, task.taskArn);
    return seen?.record ?? task;
  } catch (error) {
    // The cluster is gone, and its tasks with it.
    if (error instanceof EcsApiError && error.kind === "notFound") return task;
    throw error;
  }
}

/**
 * Whether the run is settled and it is known how each of its tasks ended: ECS can say nothing new that matters. Of a failed
 * run it can, for the record of a large one may have been cut.
 */
function isFinal({ phase, tasks }: TaskState): boolean {
  return phase === "SETTLED" && tasks.every(isOver);
}

function isForgotten({ tasks }: TaskState, nowMs: number): boolean {
  return tasks.every(
    (task) =>
      isStopped(task) && task.stoppedAt !== undefined && nowMs - Date.parse(task.stoppedAt) > STOPPED_TASK_MS,
  );
}
