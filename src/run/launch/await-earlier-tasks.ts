import { EcsTaskError } from "../../errors";
import { taskId } from "../../aws/arn";
import type { Candidates } from "./candidates";
import { normaliseInputs } from "../../inputs/normalise-inputs";
import { isForTheEnd } from "../../inputs/task-inputs";
import type { Order } from "../order/order";
import { isOver } from "../../outcome/is-over";
import type { TaskRecord } from "../../outcome/task-record";
import type { TaskState } from "../task-state";
import { waitForTasks, type WaitResult } from "../follow/wait-for-tasks";
import { portsFor } from "../ports/ports-for";
import type { RunPorts } from "../ports/run-ports";
import { stopTasks } from "../follow/stop-tasks";

/**
 * Sees to it that nothing of a resource is alive when its next run starts. A recorded task that was not meant
 * to run to its end is stopped; every other one is waited for, as long as the present inputs say.
 *
 * @returns the tasks of this very run that have ended, with the exit codes that arrive a moment later.
 * @throws EcsTaskError when a task does not end in time, or cannot be seen.
 */
export async function awaitEarlierTasks(
  ports: RunPorts,
  order: Order,
  { found, recorded }: { readonly found: Candidates; readonly recorded: TaskState | undefined },
): Promise<readonly TaskRecord[]> {
  const kept = new Set([...found.adoptable, ...found.ended].map(({ taskArn }) => taskArn));
  const ofRecord = (recorded?.tasks ?? []).filter((task) => !isOver(task) && !kept.has(task.taskArn));
  const known = new Set(ofRecord.map(({ taskArn }) => taskArn));
  const others = [...found.inTheWay, ...found.ending].filter(({ taskArn }) => !known.has(taskArn));
  const ofThisRun = new Set([...found.ending, ...found.ended].map(({ taskArn }) => taskArn));
  const isWaitedFor = recorded !== undefined && isRunToItsEnd(recorded);
  if (recorded && !isWaitedFor)
    await stopTasks(ports, ofRecord, "pulumi-ecs-task: a new run takes its place");
  const waitedFor = [...(isWaitedFor ? ofRecord : []), ...others, ...found.ended];
  const last = await awaitEnd(ports, waitedFor, order);
  return last.filter((task) => isOver(task) && ofThisRun.has(task.taskArn));
}

/** Whether the inputs that a run was started with mean it to run to its end. */
function isRunToItsEnd(recorded: TaskState): boolean {
  const { waitFor, onTimeout } = normaliseInputs(recorded);
  return isForTheEnd(waitFor) && onTimeout === "LEAVE_RUNNING";
}

/**
 * Waits until tasks are over. Those that ECS does not know any more are.
 *
 * @throws EcsTaskError when one runs on, or cannot be seen.
 */
export async function awaitEnd(
  ports: RunPorts,
  tasks: readonly TaskRecord[],
  { normal }: Pick<Order, "normal">,
): Promise<readonly TaskRecord[]> {
  const alive = tasks.find((task) => !isOver(task));
  if (alive) ports.status(`waiting for task ${taskId(alive.taskArn)} of an earlier run to end`);
  return Promise.all(tasks.map(async (task) => awaitOne(await portsFor(ports, task), task, normal)));
}

/** By itself: that one task vanished says nothing of the others. */
async function awaitOne(
  ports: RunPorts,
  task: TaskRecord,
  { timeoutSeconds }: Order["normal"],
): Promise<TaskRecord> {
  const waited = await waitForTasks(
    { watcher: ports.watcher(task.clusterArn), clock: ports.clock, signal: ports.signal },
    [task],
    { waitFor: "EXITED", timeoutMs: timeoutSeconds * 1000, wereSeen: true },
  );
  const isGone = waited.kind === "blind" && waited.error.kind === "notFound";
  if (waited.kind !== "reached" && waited.kind !== "vanished" && !isGone) throw stillRunning(task, waited);
  return waited.tasks[0] ?? task;
}

function stillRunning(
  task: TaskRecord,
  waited: Extract<WaitResult, { kind: "timedOut" | "canceled" | "blind" }>,
): EcsTaskError {
  const why =
    waited.kind === "blind"
      ? `not to be seen: ${waited.error.inFull}`
      : `still ${waited.tasks.map((each) => each.lastStatus).join(", ")}`;
  return new EcsTaskError(
    "LAST_RUN_STILL_RUNNING",
    `No new task was started, because task ${taskId(task.taskArn)} of an earlier run is ${why}. Two runs at once are never started: wait for it or stop it, then run \`pulumi up\` again.`,
  );
}
