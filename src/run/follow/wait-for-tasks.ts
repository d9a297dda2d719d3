import { EcsApiError } from "../../aws/ecs-gateway";
import { isOver } from "../../outcome/is-over";
import type { TaskRecord } from "../../outcome/task-record";
import type { Clock } from "../../aws/pace/clock";
import type { Watcher } from "./describe-watched-tasks";
import {
  afterLook,
  beginWatch,
  nextStep,
  type Look,
  type WaitGoal,
  type WatchedTask,
  type WatchStep,
} from "./reached-late-or-vanished";

export type { WaitGoal } from "./reached-late-or-vanished";

/** How waiting ended. `tasks` is the last that was seen of each task. */
export type WaitResult =
  /** All tasks are where they should be, or were ended because nothing of them had run in time. */
  | { readonly kind: "reached"; readonly tasks: readonly TaskRecord[]; readonly late: readonly string[] }
  | { readonly kind: "timedOut"; readonly tasks: readonly TaskRecord[]; readonly unanswered: number }
  /** The user does not want to wait any longer. */
  | { readonly kind: "canceled"; readonly tasks: readonly TaskRecord[] }
  /** ECS does not know a task any more that it knew before, or (`wasSeen` is false) has never shown it. */
  | {
      readonly kind: "vanished";
      readonly tasks: readonly TaskRecord[];
      readonly taskArn: string;
      readonly wasSeen: boolean;
    }
  /** We may not look any more, or ECS has not answered once. */
  | { readonly kind: "blind"; readonly tasks: readonly TaskRecord[]; readonly error: EcsApiError };

export interface WaitPorts {
  readonly watcher: Watcher;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Told of each task each time it is seen. */
  readonly onSeen?: (tasks: readonly TaskRecord[]) => void;
  /** Told once of a task that is not RUNNING in time although a container of it has run. */
  readonly onHeldUp?: (task: TaskRecord) => Promise<void>;
  /** Ends a task of which nothing has run in time. Never rejects. @returns the task as it was last seen. */
  readonly endLate?: (task: TaskRecord) => Promise<TaskRecord>;
}

/** How waiting for one task ended. */
type TaskEnd = Exclude<WatchStep, { kind: "look" | "tellHeldUp" }> | { readonly kind: "canceled" };

/**
 * Waits until all tasks are where they should be, the time is up, or nothing more can be learned.
 *
 * @param launched - tasks of one cluster, as RunTask or the last DescribeTasks returned them.
 */
export async function waitForTasks(
  ports: WaitPorts,
  launched: readonly TaskRecord[],
  goal: WaitGoal,
): Promise<WaitResult> {
  const latest = new Map(launched.map((task) => [task.taskArn, task]));
  const startMs = ports.clock.nowMs();
  function onSeen(seen: TaskRecord): void {
    latest.set(seen.taskArn, seen);
    ports.onSeen?.([...latest.values()]);
  }
  const ends = await Promise.all(
    launched.map(async (task) => {
      const { end, watched } = await waitForTask(ports, beginWatch(task, goal, startMs), onSeen);
      // At once, and it alone: the others may run for hours.
      if (end.kind === "endLate") onSeen((await ports.endLate?.(watched.task)) ?? watched.task);
      return { end, watched };
    }),
  );
  return worstOf(ends, [...latest.values()]);
}

interface EndedWait {
  readonly end: TaskEnd;
  readonly watched: WatchedTask;
}

function worstOf(ends: readonly EndedWait[], tasks: readonly TaskRecord[]): WaitResult {
  const gaveUp = ends.flatMap(({ end, watched }) => (end.kind === "gaveUp" ? [{ ...end, watched }] : []));
  const because = (why: (typeof gaveUp)[number]["why"]) => gaveUp.find((each) => each.why === why);
  const blind = because("blind");
  if (blind?.error) return { kind: "blind", tasks, error: blind.error };
  const vanished = gaveUp.filter(({ why }) => why === "vanished").map(({ watched }) => watched);
  const unknown = vanished.find(({ task }) => !isOver(task));
  if (unknown) return vanishedTask(unknown, tasks);
  if (ends.some(({ end }) => end.kind === "canceled")) return { kind: "canceled", tasks };
  const timedOut = because("timedOut");
  if (timedOut) return { kind: "timedOut", tasks, unanswered: timedOut.watched.unanswered };
  if (vanished[0]) return vanishedTask(vanished[0], tasks);
  const late = ends.filter(({ end }) => end.kind === "endLate").map(({ watched }) => watched.task.taskArn);
  return { kind: "reached", tasks, late };
}

function vanishedTask({ task, wasSeen }: WatchedTask, tasks: readonly TaskRecord[]): WaitResult {
  return { kind: "vanished", tasks, taskArn: task.taskArn, wasSeen };
}

/** Looks at a task until nothing is left to be done about it. All that is decided here is decided by `nextStep`. */
async function waitForTask(
  ports: WaitPorts,
  begun: WatchedTask,
  onSeen: (task: TaskRecord) => void,
): Promise<EndedWait> {
  const { taskArn } = begun.task;
  let watched = begun;
  for (;;) {
    const step = nextStep(watched, ports.clock.nowMs());
    switch (step.kind) {
      case "look": {
        if (ports.signal?.aborted) return { end: { kind: "canceled" }, watched };
        const look = await lookWithin(ports, taskArn, step);
        watched = afterLook({ ...watched, isLast: step.isLast }, look, ports.clock.nowMs());
        if (look.kind === "task") onSeen(look.task);
        break;
      }
      case "tellHeldUp":
        watched = { ...watched, isHeldUp: true };
        await ports.onHeldUp?.(watched.task);
        break;
      case "endLate":
      case "reached":
      case "gaveUp":
        return { end: step, watched };
    }
  }
}

/** Looks once. An answer that does not come in time counts as none: no wait depends on a call that may never end. */
async function lookWithin(
  ports: WaitPorts,
  taskArn: string,
  { delayMs, limitMs }: Extract<WatchStep, { kind: "look" }>,
): Promise<Look> {
  const { clock, signal } = ports;
  const ended = new AbortController();
  function end(): void {
    ended.abort();
  }
  signal?.addEventListener("abort", end);
  const outOfTime = clock.sleep(delayMs + limitMs, ended.signal).then(
    () => silence("no answer in time"),
    () => silence("canceled"),
  );
  try {
    return await Promise.race([observed(ports, taskArn, delayMs), outOfTime]);
  } finally {
    signal?.removeEventListener("abort", end);
    end();
  }
}

async function observed({ watcher }: WaitPorts, taskArn: string, delayMs: number): Promise<Look> {
  try {
    const observation = await watcher.observe(taskArn, delayMs);
    return observation.kind === "task" ? { kind: "task", task: observation.task.record } : observation;
  } catch (error) {
    if (error instanceof EcsApiError) return { kind: "refused", error };
    throw error;
  }
}

function silence(why: string): Look {
  return {
    kind: "unanswered",
    error: new EcsApiError({
      operation: "DescribeTasks",
      kind: "broken",
      code: "TimeoutError",
      message: why,
    }),
  };
}
