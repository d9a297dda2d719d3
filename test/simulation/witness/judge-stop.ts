import type { VirtualTask } from "../ecs/virtual-task";
import type { CommandCase } from "./command-case";
import { mayBeStopped, whatRuns } from "./documents";

/** A stop that ECS throttled, and a look whose answer came late, are up to this old when the stop arrives. */
const LATE_MS = 130_000;

interface StopScene {
  readonly nowMs: number;
  /** By how much answers lag behind: what happened since cannot be known. */
  readonly lagMs: number;
  /** Whether DescribeTasks has said in this command that the task does not exist. */
  readonly wasMissing: boolean;
}

/**
 * I5, and that nobody stops what was not to be stopped: a task is stopped when its resource is deleted, when another
 * run takes the place of one that may be stopped, when `onTimeout` says so, and when no container of it ran in time.
 */
export function judgeStop(
  task: VirtualTask,
  reason: string,
  current: CommandCase | undefined,
  { nowMs, lagMs, wasMissing }: StopScene,
): void {
  if (!current || task.desiredStatus(nowMs) === "STOPPED") return;
  const { before, command, inputs } = current;
  const isRecorded = before?.taskArns.includes(task.taskArn) === true;
  if ((command === "destroy" || current.replaces) && isRecorded) return;
  if (command === "destroy" || command === "refresh") {
    current.say(`task ${task.name} was stopped by a ${command}, and is not recorded`);
    return;
  }
  // A run that vanished is replaced too: whoever asks to stop its tasks may meet one that is back.
  const hasVanished = before?.phase === "UNKNOWN" && wasMissing;
  const isReplaced =
    before && (before.phase === "FAILED" || hasVanished || whatRuns(before) !== whatRuns(inputs));
  if (isReplaced && isRecorded && mayBeStopped(before)) return;
  const waitedMs = nowMs - current.startMs;
  if (inputs.onTimeout === "STOP" && waitedMs >= (inputs.timeoutSeconds ?? 3600) * 1000) return;
  const hasFaults = current.weather.faults.some(
    ({ call }) => call === "stopTask" || call === "describeTasks",
  );
  const sinceMs = nowMs - lagMs - 1000 - (hasFaults ? LATE_MS : 0);
  const ageMs = nowMs - task.origin.createdMs;
  if (task.hasRun(sinceMs))
    current.say(`I5: task ${task.name} was stopped, and a container of it ran (${reason})`);
  else if (ageMs < (inputs.startTimeoutSeconds ?? 900) * 1000)
    current.say(`I5: task ${task.name} was stopped before its time to start was over (${reason})`);
}
