import { judgeOutcome, type Expectation, type FailedReason } from "./judge-outcome";
import type { WaitFor } from "../inputs/task-inputs";
import { isOver } from "./is-over";
import { isStopped, type TaskRecord } from "./task-record";
import type { Phase, TaskState } from "../run/task-state";

/** What is asked of a run. */
export interface Goal {
  readonly waitFor: WaitFor;
  /** How many tasks it consists of. */
  readonly wanted: number;
  readonly expectation: Expectation;
}

/** What was seen of a run: the last of each of its tasks. */
export interface Seen {
  readonly tasks: readonly TaskRecord[];
  /** Why nobody looks any more at tasks that are not where they should be. */
  readonly gaveUp?: GaveUp;
}

/** Why waiting ended before its goal was reached. */
export type GaveUp =
  /** The time was up, or the user cancelled: the tasks go on. */
  | "timedOut"
  | "canceled"
  /** We may not look, or ECS does not answer. */
  | "blind"
  /** ECS does not know a task any more, or never came to know it. */
  | "vanished";

/** What was done about the tasks of a run, besides launching them. */
export interface Deeds {
  /** The ARNs of the tasks that were told to stop, or may have been. */
  readonly toldToStop?: ReadonlySet<string>;
  /** Why fewer tasks were started than asked for. */
  readonly shortfall?: string | undefined;
}

declare const isMadeHere: unique symbol;

/** Only {@link settle} and what stands beside it here make one, so that nothing is recorded as settled that was not seen to be. */
type MadeHere<T> = T & { readonly [isMadeHere]: true };

function made<T>(members: T): MadeHere<T> {
  return members as MadeHere<T>;
}

/** How a run stands. */
export type Standing = MadeHere<Pick<TaskState, "phase" | "outcome">>;

/** What a run has come to, and why. */
export type Verdict = MadeHere<VerdictMembers>;

type VerdictMembers =
  | { readonly phase: "SETTLED"; readonly outcome: "SUCCEEDED" | "FAILED" | "RUNNING" | "UNKNOWN" }
  | {
      readonly phase: "FAILED";
      readonly outcome: "FAILED" | "UNKNOWN";
      readonly reasons: readonly FailedReason[];
      /** Why it is incomplete. */
      readonly shortfall?: string | undefined;
    }
  | { readonly phase: "RUNNING"; readonly outcome: "RUNNING" }
  | { readonly phase: "UNKNOWN"; readonly outcome: "UNKNOWN" };

function verdict<Members extends VerdictMembers>(members: Members): MadeHere<Members> {
  return made(members);
}

/**
 * Decides what a run has come to, from what is asked of it, what was seen and what we did.
 *
 * Settled is only what was seen to reach the goal. A task that we told to stop and did not see STOPPED may have done
 * anything since.
 */
export function settle(goal: Goal, { tasks, gaveUp }: Seen, { toldToStop, shortfall }: Deeds = {}): Verdict {
  const isUnseen = (task: TaskRecord) => toldToStop?.has(task.taskArn) === true && !isStopped(task);
  if (tasks.some(isUnseen)) return unknownRun();
  // Of a task that was over before ECS forgot it, all is known.
  const isKnown = (task: TaskRecord) =>
    isReached(task, goal.waitFor) || (gaveUp === "vanished" && isOver(task));
  if (!tasks.every(isKnown)) {
    return gaveUp === "vanished" || gaveUp === undefined ? unknownRun() : stillRunning();
  }
  const outcome = judgeOutcome(tasks, goal.expectation);
  const missing = shortfall ?? missingTasks(tasks.length, goal.wanted);
  if (outcome.kind === "FAILED" || missing !== undefined) {
    const reasons = outcome.kind === "FAILED" ? outcome.reasons : [];
    return verdict({ phase: "FAILED", outcome: "FAILED", reasons, shortfall: missing });
  }
  return verdict({ phase: "SETTLED", outcome: outcome.kind });
}

/** A run that settled once stays so, whatever becomes of its tasks: its outcome says that. */
export function staysSettled(goal: Goal, { tasks }: Seen, recorded: TaskState): Verdict {
  const isJudged = recorded.outcome === "SUCCEEDED" || recorded.outcome === "FAILED";
  const outcome =
    isJudged || !tasks.every(isOver) ? recorded.outcome : judgeOutcome(tasks, goal.expectation).kind;
  return verdict({ phase: "SETTLED", outcome });
}

/** The recorded run, of which nothing new is known. */
export function asRecorded<P extends Phase>({
  phase,
  outcome,
}: Pick<TaskState, "outcome"> & { readonly phase: P }): Standing & { readonly phase: P } {
  return made({ phase, outcome });
}

/** Nobody can know any more how the run ended: the next one starts in full knowledge of that. */
export function givenUp(): Extract<Verdict, { phase: "FAILED" }> {
  return verdict({ phase: "FAILED", outcome: "UNKNOWN", reasons: [] });
}

/** Nobody knows whether the run was started, or how it ended. */
export function unknownRun(): Extract<Verdict, { phase: "UNKNOWN" }> {
  return verdict({ phase: "UNKNOWN", outcome: "UNKNOWN" });
}

/** The tasks run on. */
function stillRunning(): Verdict {
  return verdict({ phase: "RUNNING", outcome: "RUNNING" });
}

/** Whether a task is where it is waited for. */
export function isReached(task: TaskRecord, waitFor: WaitFor): boolean {
  switch (waitFor) {
    case "NONE":
      return true;
    case "RUNNING":
      return task.lastStatus === "RUNNING" || isOver(task);
    case "EXITED":
    case "STOPPED":
      return hasEnded(task, waitFor);
  }
}

/** Whether a task has ended, by what is waited for. */
export function hasEnded(task: TaskRecord, waitFor: WaitFor): boolean {
  return waitFor === "STOPPED" ? isStopped(task) : isOver(task);
}

/** Why tasks are missing was told when they were launched; that they are holds for as long as the run is judged. */
function missingTasks(started: number, wanted: number): string | undefined {
  return started < wanted ? `only ${started} of ${wanted} tasks were started` : undefined;
}
