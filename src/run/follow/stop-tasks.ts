import { EcsApiError } from "../../aws/ecs-gateway";
import { EcsTaskError } from "../../errors";
import { taskId } from "../../aws/arn";
import { isOver } from "../../outcome/is-over";
import { isStopped, type TaskRecord } from "../../outcome/task-record";
import { waitForTasks } from "./wait-for-tasks";
import { NOT_YET_SHOWN_MS, STOP_MS, UNKNOWN_TASK_PAUSES_MS } from "../../time-limits";
import { askPatiently } from "../../aws/pace/ask-patiently";
import { isShown } from "./look-once";
import { portsFor } from "../ports/ports-for";
import type { RunPorts } from "../ports/run-ports";

/** What became of tasks that were told to stop. */
export interface Stopped {
  /** The tasks as they were last seen. */
  readonly tasks: readonly TaskRecord[];
  /** The ARNs of those that were told to stop, or may have been. */
  readonly toldToStop: ReadonlySet<string>;
  /** Why it is not known of some whether they have stopped; ECS does not know the others any more, or shows them STOPPED. */
  readonly problem?: EcsTaskError;
}

/**
 * Stops the tasks that have not stopped, and waits until they have. One that is over need not be told.
 *
 * @throws EcsApiError when stopping is not permitted, or ECS does not answer.
 */
export async function tryToStop(
  ports: RunPorts,
  tasks: readonly TaskRecord[],
  reason: string,
): Promise<Stopped> {
  const alive = tasks.filter((task) => !isStopped(task));
  const stopped = await Promise.all(
    alive.map(async (task) => stopOne(await portsFor(ports, task), task, reason)),
  );
  const last = new Map(stopped.map(({ task }) => [task.taskArn, task]));
  const problem = stopped.map((each) => each.problem).find((each) => each !== undefined);
  return {
    tasks: tasks.map((task) => last.get(task.taskArn) ?? task),
    toldToStop: new Set(alive.filter((task) => !isOver(task)).map(({ taskArn }) => taskArn)),
    ...(problem ? { problem } : {}),
  };
}

/**
 * Stops tasks that must not run any longer. A task that ECS does not know any more, or whose cluster is gone, has
 * stopped.
 *
 * @throws EcsApiError when stopping is not permitted, or ECS does not answer.
 * @throws EcsTaskError when a task does not stop, or cannot be seen to.
 */
export async function stopTasks(
  ports: RunPorts,
  tasks: readonly TaskRecord[],
  reason: string,
): Promise<void> {
  const { problem } = await tryToStop(ports, tasks, reason);
  if (problem) throw problem;
}

async function stopOne(
  ports: RunPorts,
  task: TaskRecord,
  reason: string,
): Promise<{ readonly task: TaskRecord; readonly problem?: EcsTaskError }> {
  if (!isOver(task) && !(await tellToStop(ports, task, reason))) return { task };
  const waited = await waitForTasks(
    { watcher: ports.watcher(task.clusterArn), clock: ports.clock, signal: ports.signal },
    [task],
    { waitFor: "STOPPED", timeoutMs: STOP_MS, wereSeen: true },
  );
  const last = waited.tasks[0] ?? task;
  switch (waited.kind) {
    case "reached":
    case "vanished":
      return { task: last };
    case "blind":
      return waited.error.kind === "notFound"
        ? { task: last }
        : { task: last, problem: notSeen(task, waited.error) };
    case "timedOut":
    case "canceled":
      return { task: last, problem: stillStopping(last) };
  }
}

/**
 * Tells a task to stop. That ECS does not know it is believed when DescribeTasks says so too; of a new task only after a
 * while, because answers are eventually consistent.
 *
 * @returns false when there is nothing to stop.
 */
async function tellToStop(ports: RunPorts, task: TaskRecord, reason: string): Promise<boolean> {
  for (const pauseMs of [...UNKNOWN_TASK_PAUSES_MS, 0]) {
    if (await isTold(ports, task, reason)) return true;
    const isThere = await isShown(ports, task);
    if (pauseMs === 0 || (!isThere && !isNew(ports, task))) return isThere;
    await ports.clock.sleep(pauseMs);
  }
  return false;
}

function isNew({ clock }: RunPorts, { createdAt = "" }: TaskRecord): boolean {
  // Without a time, and with one that lies in the future, it may be.
  return !(clock.wallMs() - Date.parse(createdAt) >= NOT_YET_SHOWN_MS);
}

async function isTold(
  ports: RunPorts,
  { clusterArn, taskArn }: TaskRecord,
  reason: string,
): Promise<boolean> {
  try {
    await askPatiently(ports, "StopTask", () => ports.ecs.stopTask(clusterArn, taskArn, reason));
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof EcsApiError && error.kind === "notFound";
}

function stillStopping(task: TaskRecord): EcsTaskError {
  const what = isOver(task) ? "has ended, and is not STOPPED" : "was told to stop and has not stopped";
  return new EcsTaskError(
    "TASK_NOT_STOPPED",
    `Task ${taskId(task.taskArn)} (${task.lastStatus}) ${what} after ${STOP_MS / 60_000} minutes. Look at it in the ECS console; run the command again when it has stopped.`,
  );
}

function notSeen(task: TaskRecord, error: EcsApiError): EcsTaskError {
  const what = isOver(task)
    ? "has ended, and it cannot be seen whether it is STOPPED"
    : "was told to stop, and it cannot be seen whether it has";
  return new EcsTaskError(
    "TASK_NOT_STOPPED",
    `Task ${taskId(task.taskArn)} ${what}: ${error.inFull}. Restore the access (ecs:DescribeTasks, valid credentials), then run the command again.`,
    { cause: error },
  );
}
