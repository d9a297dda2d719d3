import { EcsApiError } from "../ecs/ecs-gateway";
import { redactor } from "../task/redact";
import type { TaskState } from "../task/task-state";
import { isStopped, taskRecord, type TaskRecord } from "../task/task-record";
import { judgedState } from "./judge-run";
import type { RunPorts } from "./run-ports";
import { recordedFacts, runState } from "./run-report";

/** "Stopped tasks appear in the returned results for at least one hour", API_DescribeTasks; in milliseconds. */
const REMEMBERED_MS = 60 * 60_000;

/**
 * Looks again at the tasks of a record.
 *
 * A task that ECS has forgotten keeps its last record, and a settled run stays settled: a refresh never makes
 * a task run again.
 */
export async function refreshRun(ports: RunPorts, recorded: TaskState): Promise<TaskState> {
  const [first] = recorded.tasks;
  if (!first || recorded.tasks.every((task) => isForgotten(task, ports.clock.wallMs()))) return recorded;
  const tasks = await Promise.all(recorded.tasks.map((task) => lookAgain(ports, recorded, task)));
  const facts = recordedFacts(recorded, tasks);
  const isJudged = recorded.outcome === "SUCCEEDED" || recorded.outcome === "FAILED";
  if (isJudged || !tasks.every(isStopped)) {
    return runState(facts, recorded.phase, recorded.outcome, recorded.failure);
  }
  const { state } = judgedState(facts);
  return recorded.phase === "SETTLED" ? { ...state, phase: "SETTLED" } : state;
}

async function lookAgain(ports: RunPorts, recorded: TaskState, task: TaskRecord): Promise<TaskRecord> {
  try {
    const observation = await ports.watcher(task.clusterArn).observe(task.taskArn, 0);
    if (observation.kind === "task") return taskRecord(observation.task, redactor(recorded));
    if (observation.kind === "unanswered") throw observation.error;
    return task;
  } catch (error) {
    // The cluster is gone, and its tasks with it.
    if (error instanceof EcsApiError && error.kind === "notFound") return task;
    throw error;
  }
}

function isForgotten(task: TaskRecord, nowMs: number): boolean {
  return isStopped(task) && task.stoppedAt !== undefined && nowMs - Date.parse(task.stoppedAt) > REMEMBERED_MS;
}
