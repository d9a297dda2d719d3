import type { EcsApiError } from "../../aws/ecs-gateway";
import { isReached, type GaveUp } from "../../outcome/settle";
import { hasContainerRun, isStopped, isStopping, type TaskRecord } from "../../outcome/task-record";
import type { WaitFor } from "../../inputs/task-inputs";
import {
  EXIT_CODE_MS,
  GONE_ANSWERS,
  GONE_MS,
  LAST_LOOK_MS,
  MISSING_MS,
  NOT_YET_SHOWN_MS,
  SILENCE_MS,
} from "../../time-limits";
import { nextLookMs } from "./polling-interval";

/** What is waited for, and how long. */
export interface WaitGoal {
  readonly waitFor: WaitFor;
  readonly timeoutMs: number;
  /** How long a task of which nothing has run may take; one that takes longer is ended. @defaultValue for ever */
  readonly startTimeoutMs?: number;
  /** Whether ECS has shown the tasks before: one that is missing now is then gone, not late. */
  readonly wereSeen?: boolean;
}

/** What one look at a task showed. */
export type Look =
  | { readonly kind: "task"; readonly task: TaskRecord }
  | { readonly kind: "missing" }
  /** Throttled, broken, or no answer in time. */
  | { readonly kind: "unanswered"; readonly error: EcsApiError }
  /** Not permitted, or no such cluster. */
  | { readonly kind: "refused"; readonly error: EcsApiError };

/** A task that is waited for, and what has been seen of it. */
export interface WatchedTask {
  readonly goal: WaitGoal;
  readonly task: TaskRecord;
  /** When the waiting began, by the clock that is never set. */
  readonly startMs: number;
  readonly wasSeen: boolean;
  /** Whether any of its containers ever came to run. */
  readonly hasRun: boolean;
  /** Whether ECS has answered at all since the waiting began. */
  readonly wasAnswered: boolean;
  readonly unanswered: number;
  readonly missing?: { readonly answers: number; readonly sinceMs: number } | undefined;
  readonly stoppedSinceMs?: number | undefined;
  /** Whether it has to be looked at whatever is known of it. */
  readonly isHearsay: boolean;
  /** Whether the latest look was the last one. */
  readonly isLast: boolean;
  /** Whether it was told that a task whose containers run is not RUNNING itself. */
  readonly isHeldUp: boolean;
  /** What the last look showed. */
  readonly look?: Look;
  readonly lastError?: EcsApiError;
}

/** What is to be done next about a task that is waited for. */
export type WatchStep =
  /** @property limitMs - how long the look may take before it counts as unanswered. */
  | {
      readonly kind: "look";
      readonly delayMs: number;
      readonly limitMs: number;
      readonly isLast: boolean;
    }
  /** Tell that it has not started although something of it runs; then go on. */
  | { readonly kind: "tellHeldUp" }
  /** Nothing of it has run in time: end it. */
  | { readonly kind: "endLate" }
  | { readonly kind: "reached" }
  | { readonly kind: "gaveUp"; readonly why: GaveUp; readonly error?: EcsApiError };

/** @param launched - the task, as RunTask or the last DescribeTasks returned it. */
export function beginWatch(launched: TaskRecord, goal: WaitGoal, nowMs: number): WatchedTask {
  const { wereSeen = false } = goal;
  // A replayed RunTask answer of a stopped task says that it stopped, and nothing else: it has to be looked at.
  const isHearsay = launched.createdAt === undefined && isStopped(launched);
  return {
    goal,
    task: launched,
    startMs: nowMs,
    wasSeen: wereSeen,
    hasRun: launched.containers.some(hasContainerRun),
    wasAnswered: !wereSeen,
    unanswered: 0,
    stoppedSinceMs: isStopped(launched) && !isHearsay ? nowMs : undefined,
    isHearsay,
    isLast: false,
    isHeldUp: false,
  };
}

/** What is known after a look. */
export function afterLook(before: WatchedTask, look: Look, nowMs: number): WatchedTask {
  const watched = { ...before, look };
  switch (look.kind) {
    case "task": {
      const { task } = look;
      return {
        ...watched,
        task,
        wasSeen: true,
        wasAnswered: true,
        hasRun: watched.hasRun || task.containers.some(hasContainerRun),
        missing: undefined,
        isHearsay: false,
        stoppedSinceMs: watched.stoppedSinceMs ?? (isStopped(task) ? nowMs : undefined),
      };
    }
    case "missing": {
      const { answers, sinceMs } = watched.missing ?? { answers: 0, sinceMs: nowMs };
      return { ...watched, wasAnswered: true, missing: { answers: answers + 1, sinceMs } };
    }
    case "unanswered":
    case "refused":
      return { ...watched, unanswered: watched.unanswered + 1, lastError: look.error };
  }
}

/** Decides what to do next, by what the last look showed; before the first one by what was launched. */
export function nextStep(watched: WatchedTask, nowMs: number): WatchStep {
  const { look } = watched;
  const ageMs = nowMs - watched.startMs;
  if (look?.kind === "refused") return { kind: "gaveUp", why: "blind", error: look.error };
  if (isDone(watched, nowMs)) return { kind: "reached" };
  if (isGone(watched, nowMs)) return { kind: "gaveUp", why: "vanished" };
  return lateStep(watched, ageMs) ?? lookStep(watched, ageMs);
}

/** What is done about a task that has not started in time. What ECS does not show may have started. */
function lateStep(watched: WatchedTask, ageMs: number): WatchStep | undefined {
  const { goal, look, task, hasRun, isHeldUp } = watched;
  const isLate = look?.kind === "task" && ageMs >= (goal.startTimeoutMs ?? Infinity);
  if (!isLate || hasStarted(task)) return undefined;
  if (!hasRun) return { kind: "endLate" };
  return isHeldUp ? undefined : { kind: "tellHeldUp" };
}

/** The next look, as long as there is one. */
function lookStep(watched: WatchedTask, ageMs: number): WatchStep {
  const { goal, task, stoppedSinceMs, lastError } = watched;
  // The time is looked at before the last look, so that what happened while the machine slept is still seen.
  const isMissing = watched.wasSeen && watched.missing !== undefined;
  const remainingMs = Math.max(0, goal.timeoutMs + (isMissing ? MISSING_MS : 0) - ageMs);
  const isLast = remainingMs === 0 && stoppedSinceMs === undefined;
  if (isLast && watched.isLast)
    return { kind: "gaveUp", why: isNeverShown(watched) ? "vanished" : "timedOut" };
  if (!watched.wasAnswered && lastError && ageMs >= SILENCE_MS)
    return { kind: "gaveUp", why: "blind", error: lastError };
  if (isLast) return { kind: "look", delayMs: 0, limitMs: LAST_LOOK_MS, isLast };
  const delayMs = Math.min(remainingMs, nextLookMs(ageMs, task));
  const limitMs = stoppedSinceMs === undefined ? Math.max(remainingMs, LAST_LOOK_MS) : LAST_LOOK_MS;
  return { kind: "look", delayMs, limitMs, isLast };
}

function isDone({ goal, task, isHearsay, stoppedSinceMs }: WatchedTask, nowMs: number): boolean {
  if (isHearsay || !isReached(task, goal.waitFor)) return false;
  return !lacksExitCode(task) || nowMs - (stoppedSinceMs ?? nowMs) >= EXIT_CODE_MS;
}

/** Whether a stopped task may still be missing the exit code of a container that ran. */
function lacksExitCode(task: TaskRecord): boolean {
  if (!isStopped(task) || task.stopCode !== "EssentialContainerExited") return false;
  return task.containers.some(({ exitCode, reason }) => exitCode === undefined && !reason);
}

function isGone({ missing, wasSeen }: WatchedTask, nowMs: number): boolean {
  if (!missing) return false;
  const missingMs = nowMs - missing.sinceMs;
  return wasSeen ? missing.answers >= GONE_ANSWERS && missingMs >= GONE_MS : missingMs >= NOT_YET_SHOWN_MS;
}

/** Nobody can say that a task runs which ECS has never shown. */
function isNeverShown({ wasSeen, missing }: WatchedTask): boolean {
  return !wasSeen && missing !== undefined;
}

/** Whether a task has come to be RUNNING, or will not any more. */
function hasStarted(task: TaskRecord): boolean {
  return task.lastStatus === "RUNNING" || isStopping(task) || isStopped(task);
}
