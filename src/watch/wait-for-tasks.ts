import type { EcsApiError } from "../ecs/ecs-gateway";
import { isStopped, isStopping, taskRecord, type TaskRecord } from "../task/task-record";
import type { Redact } from "../task/redact";
import type { WaitFor } from "../task/task-inputs";
import type { Clock } from "./clock";
import { nextLookMs } from "./schedule";
import type { Observation, TaskWatcher } from "./task-watcher";

/**
 * How long a task that was never seen may be missing, in milliseconds.
 *
 * ECS is eventually consistent: poll "up to about five minutes",
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
const NOT_YET_SEEN_MS = 5 * 60_000;

/** How often and how long a task that was seen must be missing to be gone: one odd answer is no proof. */
const GONE_ANSWERS = 3;
const GONE_MS = 10_000;

/**
 * How long a stopped task is looked at again while a container that ran has no exit code, in milliseconds:
 * the code can arrive a moment later. Observed: wrapbox `runner/ecs.rb` waits before it reads exit codes.
 */
const EXIT_CODE_MS = 5000;

/** What is waited for, and how long. */
export interface WaitGoal {
  readonly waitFor: WaitFor;
  readonly timeoutMs: number;
  /** How long a task may take until it runs; one that takes longer is ended. @defaultValue for ever */
  readonly startTimeoutMs?: number;
  /** Whether ECS has shown the tasks before: one that is missing now is then gone, not late. */
  readonly wereSeen?: boolean;
}

/** How waiting ended. `tasks` is the last that was seen of each task. */
export type WaitResult =
  | { readonly kind: "reached"; readonly tasks: readonly TaskRecord[] }
  | { readonly kind: "timedOut"; readonly tasks: readonly TaskRecord[]; readonly unanswered: number }
  /** A task did not come to run in time and was ended; the others are where they should be. */
  | { readonly kind: "notStarted"; readonly tasks: readonly TaskRecord[] }
  /** ECS does not know a task any more that it knew before, or never came to know it. */
  | { readonly kind: "vanished"; readonly tasks: readonly TaskRecord[]; readonly taskArn: string }
  /** We may not look any more. */
  | { readonly kind: "blind"; readonly tasks: readonly TaskRecord[]; readonly error: EcsApiError };

export interface WaitPorts {
  readonly watcher: TaskWatcher;
  readonly clock: Clock;
  readonly redact: Redact;
  /** Told of each task each time it is seen. */
  readonly onSeen?: (tasks: readonly TaskRecord[]) => void;
  /** Ends a task that did not come to run in time. Never rejects. @returns the task as it was last seen. */
  readonly endLate?: (task: TaskRecord) => Promise<TaskRecord>;
}

/**
 * Waits until all tasks are where they should be, the time is up, or nothing more can be learned.
 *
 * @param launched - the tasks, as RunTask or the last DescribeTasks returned them.
 */
export async function waitForTasks(
  ports: WaitPorts,
  launched: readonly TaskRecord[],
  goal: WaitGoal,
): Promise<WaitResult> {
  const latest = new Map(launched.map((task) => [task.taskArn, task]));
  const startMs = ports.clock.nowMs();
  const onSeen = (seen: TaskRecord) => {
    latest.set(seen.taskArn, seen);
    ports.onSeen?.([...latest.values()]);
  };
  const results = await Promise.all(
    launched.map(async (task) => {
      const result = await waitForTask(ports, task, startMs, goal, onSeen);
      // At once, and it alone: the others may run for hours.
      if (result.kind === "notStarted") onSeen((await ports.endLate?.(result.task)) ?? result.task);
      return result;
    }),
  );
  const tasks = [...latest.values()];
  const worst =
    results.find(({ kind }) => kind === "blind") ??
    results.find(({ kind }) => kind === "vanished") ??
    results.find(({ kind }) => kind === "timedOut") ??
    results.find(({ kind }) => kind === "notStarted");
  return worst ? { ...worst, tasks } : { kind: "reached", tasks };
}

type TaskResult =
  | { readonly kind: "reached" }
  | { readonly kind: "timedOut"; readonly unanswered: number }
  | { readonly kind: "notStarted"; readonly task: TaskRecord }
  | { readonly kind: "vanished"; readonly taskArn: string }
  | { readonly kind: "blind"; readonly error: EcsApiError };

async function waitForTask(
  { watcher, clock, redact }: WaitPorts,
  launched: TaskRecord,
  startMs: number,
  goal: WaitGoal,
  onSeen: (task: TaskRecord) => void,
): Promise<TaskResult> {
  const { taskArn } = launched;
  let task = launched;
  let seen = goal.wereSeen ?? false;
  let looked = false;
  let unanswered = 0;
  let missing: { answers: number; sinceMs: number } | undefined;
  const ageMs = () => clock.nowMs() - startMs;
  // A replayed RunTask answer of a stopped task says that it stopped, and nothing else: it has to be looked at.
  const isReplay = launched.createdAt === undefined && isStopped(launched);
  let stoppedSinceMs = isStopped(launched) && !isReplay ? clock.nowMs() : undefined;
  while (
    !isReached(task, goal.waitFor) ||
    (isReplay && !looked) ||
    awaitsExitCode(task, stoppedSinceMs, clock)
  ) {
    // The time is looked at before the last look, so that what happened while the machine slept is still seen.
    const isLastLook = ageMs() >= goal.timeoutMs && stoppedSinceMs === undefined;
    const remainingMs = Math.max(0, goal.timeoutMs - ageMs());
    let observation: Observation;
    try {
      observation = await watcher.observe(
        taskArn,
        isLastLook ? 0 : Math.min(remainingMs, nextLookMs(ageMs(), task)),
      );
    } catch (error) {
      return { kind: "blind", error: error as EcsApiError };
    }
    if (observation.kind === "task") {
      seen = true;
      looked = true;
      missing = undefined;
      task = taskRecord(observation.task, redact);
      if (isStopped(task)) stoppedSinceMs ??= clock.nowMs();
      onSeen(task);
    } else if (observation.kind === "missing") {
      missing = { answers: (missing?.answers ?? 0) + 1, sinceMs: missing?.sinceMs ?? clock.nowMs() };
      const missingMs = clock.nowMs() - missing.sinceMs;
      const gone = seen
        ? missing.answers >= GONE_ANSWERS && missingMs >= GONE_MS
        : missingMs >= NOT_YET_SEEN_MS;
      if (gone) return { kind: "vanished", taskArn };
    } else {
      unanswered += 1;
    }
    // While ECS does not answer, it may have started.
    const isLate = observation.kind !== "unanswered" && ageMs() >= (goal.startTimeoutMs ?? Infinity);
    if (isLate && !hasRun(task)) return { kind: "notStarted", task };
    if (isLastLook && !isReached(task, goal.waitFor)) return { kind: "timedOut", unanswered };
  }
  return { kind: "reached" };
}

/** Whether a task has come to run, or will not any more. */
function hasRun(task: TaskRecord): boolean {
  return task.lastStatus === "RUNNING" || isStopping(task) || isStopped(task);
}

function isReached(task: TaskRecord, waitFor: WaitFor): boolean {
  switch (waitFor) {
    case "NONE":
      return true;
    case "RUNNING":
      return task.lastStatus === "RUNNING" || isStopped(task);
    case "STOPPED":
      return isStopped(task);
  }
}

/** Whether a stopped task may still be missing the exit code of a container that ran. */
function awaitsExitCode(task: TaskRecord, stoppedSinceMs: number | undefined, clock: Clock): boolean {
  if (!isStopped(task) || stoppedSinceMs === undefined) return false;
  if (task.stopCode !== "EssentialContainerExited") return false;
  const incomplete = task.containers.some(
    (container) => container.exitCode === undefined && !container.reason,
  );
  return incomplete && clock.nowMs() - stoppedSinceMs < EXIT_CODE_MS;
}
