import { EcsApiError } from "../ecs/ecs-gateway";
import { EcsTaskError } from "../errors";
import { taskId } from "../task/arn";
import type { Redact } from "../task/redact";
import { isStopped, type TaskRecord } from "../task/task-record";
import { waitForTasks } from "../watch/wait-for-tasks";
import { askPatiently } from "./ask-patiently";
import type { RunPorts } from "./run-ports";

/**
 * How long a stop is waited for, in milliseconds: a container has up to 120 s (Fargate's longest
 * `stopTimeout`) between SIGTERM and SIGKILL, and then its network interface is taken away.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
const STOP_TIMEOUT_MS = 5 * 60_000;

/**
 * Stops the tasks that have not stopped, and waits until they have. A task that ECS does not know any more,
 * or whose cluster is gone, has stopped.
 *
 * @returns the tasks as they were last seen.
 * @throws EcsApiError when stopping is not permitted.
 * @throws EcsTaskError when a task does not stop, or cannot be seen to.
 */
export async function stopTasks(
  ports: RunPorts,
  tasks: readonly TaskRecord[],
  reason: string,
  redact: Redact,
): Promise<readonly TaskRecord[]> {
  const alive = tasks.filter((task) => !isStopped(task));
  const told = await Promise.all(alive.map((task) => tellToStop(ports, task, reason)));
  const stopping = alive.filter((_, index) => told[index]);
  const [first] = stopping;
  if (!first) return tasks;
  const waited = await waitForTasks(
    { watcher: ports.watcher(first.clusterArn), clock: ports.clock, redact },
    stopping,
    { waitFor: "STOPPED", timeoutMs: STOP_TIMEOUT_MS, wereSeen: true },
  );
  if (waited.kind === "blind" && waited.error.kind !== "notFound") throw notSeen(stopping, waited.error);
  if (waited.kind === "timedOut") throw stillStopping(waited.tasks);
  const last = new Map(waited.tasks.map((task) => [task.taskArn, task]));
  return tasks.map((task) => last.get(task.taskArn) ?? task);
}

/** @returns false when there is nothing to stop. */
async function tellToStop(ports: RunPorts, task: TaskRecord, reason: string): Promise<boolean> {
  try {
    await askPatiently(ports, () => ports.ecs.stopTask(task.clusterArn, task.taskArn, reason));
    return true;
  } catch (error) {
    if (error instanceof EcsApiError && error.kind === "notFound") return false;
    throw error;
  }
}

function stillStopping(tasks: readonly TaskRecord[]): EcsTaskError {
  const alive = tasks
    .filter((task) => !isStopped(task))
    .map((task) => `${taskId(task.taskArn)} (${task.lastStatus})`);
  return new EcsTaskError(
    "TASK_NOT_STOPPED",
    `Task ${alive.join(", ")} was told to stop and has not stopped after ${STOP_TIMEOUT_MS / 60_000} minutes. Look at it in the ECS console; run the command again when it has stopped.`,
  );
}

function notSeen(tasks: readonly TaskRecord[], error: EcsApiError): EcsTaskError {
  const ids = tasks.map(({ taskArn }) => taskId(taskArn)).join(", ");
  return new EcsTaskError(
    "TASK_NOT_STOPPED",
    `Task ${ids} was told to stop, and it cannot be seen whether it has: ${error.operation} answered ${error.code}: ${error.message.replace(/\.$/, "")}. Restore the access (ecs:DescribeTasks, valid credentials), then run the command again.`,
    { cause: error },
  );
}
