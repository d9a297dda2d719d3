import type { EcsFailure } from "../../aws/ecs-failure";
import type { TaskRecord } from "../../outcome/task-record";

/** An error of RunTask or StartTask, as far as it decides. */
export interface LaunchError {
  readonly message: string;
  readonly code: string;
  /** Whether it can help to ask again. */
  readonly isPassing: boolean;
  /** `broken`: what was asked may have happened. */
  readonly kind: string;
  /** Of a ConflictException: the tasks of the token. */
  readonly resourceIds: readonly string[];
}

/** What is the same for a whole launch. */
export interface LaunchRules {
  /** How many tasks are wanted. */
  readonly wanted: number;
  /** How long a launch is tried again that is refused for capacity, in milliseconds. */
  readonly capacityMs: number;
  /** StartTask, which has no clientToken. */
  readonly isStartTask: boolean;
  /** The ARNs of tasks of launches that failed: a token for which ECS repeats one of them is used up. */
  readonly spent: ReadonlySet<string>;
  /** The pause before ECS is asked again, in milliseconds. */
  readonly pauseMs: (attempt: number) => number;
}

/** What is known of a launch. */
export interface Launching<E extends LaunchError> {
  readonly rules: LaunchRules;
  readonly startMs: number;
  readonly tasks: readonly TaskRecord[];
  /** Which clientToken is asked with. */
  readonly attempt: number;
  /** How many tasks are asked for with it. */
  readonly count: number;
  /** Since when this token is asked with, and how often it was sent. */
  readonly sinceMs: number;
  readonly sends: number;
  /** The error after which it is not known whether this token has started tasks. */
  readonly perhaps?: E | undefined;
  /** The same of an earlier token, of which a later answer did not tell what it has started. */
  readonly doubt?: E | undefined;
  /** How often ECS had no room. */
  readonly refusals: number;
}

/** What happened. */
export type LaunchEvent<E extends LaunchError> =
  | {
      readonly kind: "answered";
      readonly tasks: readonly TaskRecord[];
      readonly failures: readonly EcsFailure[];
    }
  | { readonly kind: "failed"; readonly error: E }
  /** The tasks of a ConflictException: this very run, and others, which have ended by now. */
  | { readonly kind: "compared"; readonly mine: readonly TaskRecord[] }
  /** What a StartTask without an answer has started. */
  | { readonly kind: "looked"; readonly tasks: readonly TaskRecord[] }
  /** It could not be seen what a token has started, or a look was not permitted. */
  | { readonly kind: "blind"; readonly mine: readonly TaskRecord[]; readonly error: E }
  | { readonly kind: "slept" }
  | { readonly kind: "canceled"; readonly error: E };

/** What is to be done next. */
export type LaunchStep<E extends LaunchError> =
  | { readonly kind: "ask"; readonly attempt: number; readonly count: number }
  /** Describe the tasks of a token and compare them; wait for the end of those that are another run. */
  | { readonly kind: "compare"; readonly taskArns: readonly string[]; readonly error: E }
  /** Look for what a StartTask without an answer has started. */
  | { readonly kind: "look"; readonly error: E }
  | { readonly kind: "sleep"; readonly ms: number; readonly why: SleepReason<E> }
  | { readonly kind: "done"; readonly launch: Launch<E> };

/** No room, and what ECS said; a token that is used up; or an error that may pass. */
export type SleepReason<E extends LaunchError> =
  | { readonly kind: "capacity"; readonly failures: readonly EcsFailure[] }
  | { readonly kind: "token" }
  | { readonly kind: "error"; readonly error: E };

/** What came of asking ECS for tasks. */
export type Launch<E extends LaunchError> =
  | {
      readonly kind: "launched";
      readonly tasks: readonly TaskRecord[];
      /** Failures that ECS reported although it started all tasks. */
      readonly failures: readonly EcsFailure[];
      /** Why fewer tasks were started than asked for. */
      readonly shortfall?: readonly EcsFailure[] | E;
    }
  /** ECS said no, and nothing was started. */
  | { readonly kind: "refused"; readonly why: readonly EcsFailure[] | E }
  /** ECS may or may not have started tasks, or more tasks. */
  | { readonly kind: "perhaps"; readonly tasks: readonly TaskRecord[]; readonly error: E };

/** An event, and what is known by it. */
export interface Progress<E extends LaunchError> {
  readonly launching: Launching<E>;
  readonly step: LaunchStep<E>;
}

/** Adds the tasks that were not known. */
export function withNew<E extends LaunchError>(
  launching: Launching<E>,
  found: readonly TaskRecord[],
): Launching<E> {
  const { rules, tasks } = launching;
  const known = new Set([...rules.spent, ...tasks.map(({ taskArn }) => taskArn)]);
  return { ...launching, tasks: [...tasks, ...found.filter(({ taskArn }) => !known.has(taskArn))] };
}

/** A token is left of which no answer told what it has started. */
export function inDoubt<E extends LaunchError>(launching: Launching<E>): Launching<E> {
  return { ...launching, doubt: launching.doubt ?? launching.perhaps };
}
