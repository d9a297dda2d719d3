import { EcsTaskError } from "../errors";
import { taskId } from "../task/arn";
import type { FoundTasks } from "../task/found-tasks";
import { normaliseInputs, type NormalInputs } from "../task/normalise-inputs";
import { redactor, type Redact } from "../task/redact";
import { isStopped, type TaskRecord } from "../task/task-record";
import type { TaskState } from "../task/task-state";
import { waitForTasks, type WaitResult } from "../watch/wait-for-tasks";
import type { RunPorts } from "./run-ports";
import { stopTasks } from "./stop-tasks";

/**
 * Sees to it that nothing of a resource is alive when its next run starts. A recorded task that was not meant
 * to run to its end is stopped; every other one is waited for.
 *
 * @throws EcsTaskError when a task does not end in time, or cannot be seen.
 */
export async function endTasks(
  ports: RunPorts,
  found: FoundTasks,
  recorded: TaskState | undefined,
  inputs: NormalInputs,
): Promise<void> {
  const kept = new Set(found.adoptable.map(({ taskArn }) => taskArn));
  const ended = new Set(found.ended.map(({ taskArn }) => taskArn));
  const isInTheWay = (task: TaskRecord) => !isStopped(task) && !kept.has(task.taskArn) && !ended.has(task.taskArn);
  const ofRecord = (recorded?.tasks ?? []).filter(isInTheWay);
  const known = new Set(ofRecord.map(({ taskArn }) => taskArn));
  const others = found.inTheWay.filter(({ taskArn }) => !known.has(taskArn));
  if (recorded && ofRecord.length > 0) await endRecorded(ports, recorded, ofRecord);
  if (others.length > 0) await awaitEnd(ports, others, inputs.timeoutSeconds, redactor({}));
}

async function endRecorded(ports: RunPorts, recorded: TaskState, tasks: readonly TaskRecord[]): Promise<void> {
  const inputs = normaliseInputs(recorded);
  const redact = redactor(recorded);
  if (inputs.waitFor === "STOPPED" && inputs.onTimeout === "LEAVE_RUNNING") {
    await awaitEnd(ports, tasks, inputs.timeoutSeconds, redact);
  } else {
    await stopTasks(ports, tasks, "pulumi-ecs-task: a new run takes its place", redact);
  }
}

async function awaitEnd(
  ports: RunPorts,
  tasks: readonly TaskRecord[],
  timeoutSeconds: number,
  redact: Redact,
): Promise<void> {
  const [first] = tasks;
  if (!first) return;
  ports.status(`waiting for task ${taskId(first.taskArn)} of an earlier run to end`);
  const waited = await waitForTasks({ watcher: ports.watcher(first.clusterArn), clock: ports.clock, redact }, tasks, {
    waitFor: "STOPPED",
    timeoutMs: timeoutSeconds * 1000,
    wereSeen: true,
  });
  if (waited.kind === "timedOut" || waited.kind === "blind") throw stillRunning(first, waited);
}

function stillRunning(task: TaskRecord, waited: Extract<WaitResult, { kind: "timedOut" | "blind" }>): EcsTaskError {
  const why =
    waited.kind === "timedOut"
      ? `still ${waited.tasks.map((each) => each.lastStatus).join(", ")}`
      : `not to be seen: ${waited.error.operation} answered ${waited.error.code}: ${waited.error.message}`;
  return new EcsTaskError(
    "LAST_RUN_STILL_RUNNING",
    `No new task was started, because task ${taskId(task.taskArn)} of an earlier run is ${why}. Two runs at once are never started: wait for it or stop it, then run \`pulumi up\` again.`,
  );
}
