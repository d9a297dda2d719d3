import { EcsApiError } from "../ecs/ecs-gateway";
import type { Redact } from "../task/redact";
import { isStopped, type TaskRecord } from "../task/task-record";
import { waitForTasks } from "../watch/wait-for-tasks";
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
 * @throws EcsApiError when stopping or watching is not permitted.
 */
export async function stopTasks(
  ports: RunPorts,
  cluster: string,
  tasks: readonly TaskRecord[],
  reason: string,
  redact: Redact,
): Promise<readonly TaskRecord[]> {
  const alive = tasks.filter((task) => !isStopped(task));
  const told = await Promise.all(alive.map((task) => tellToStop(ports, cluster, task, reason)));
  const stopping = alive.filter((_, index) => told[index]);
  if (stopping.length === 0) return tasks;
  const waited = await waitForTasks(
    { watcher: ports.watcher(cluster), clock: ports.clock, redact },
    stopping,
    { waitFor: "STOPPED", timeoutMs: STOP_TIMEOUT_MS },
  );
  if (waited.kind === "blind" && waited.error.kind !== "notFound") throw waited.error;
  const last = new Map(waited.tasks.map((task) => [task.taskArn, task]));
  return tasks.map((task) => last.get(task.taskArn) ?? task);
}

/** @returns false when there is nothing to stop. */
async function tellToStop(
  ports: RunPorts,
  cluster: string,
  task: TaskRecord,
  reason: string,
): Promise<boolean> {
  try {
    await ports.ecs.stopTask(cluster, task.taskArn, reason);
    return true;
  } catch (error) {
    if (error instanceof EcsApiError && error.kind === "notFound") return false;
    throw error;
  }
}
