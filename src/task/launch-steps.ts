import type { EcsFailure } from "./ecs-failure";
import { isCapacityFailure, launchRetry } from "./launch-retry";
import type { TaskRecord } from "./task-record";

/** How long a launch is tried again whose answer was lost, that was throttled or that has to settle, in milliseconds. */
const ANSWER_MS = 60_000;

/**
 * How long a listing may not show a task that was just started, in milliseconds: a StartTask without an answer
 * is repeated only when its tasks would have been seen. AWS says no more than that answers are eventually
 * consistent, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
const LISTING_LAG_MS = 10_000;

/**
 * How many tokens of a run are tried. Each failed launch of an `idempotencyKey`, and each one that found no room, uses
 * one up.
 */
const MOST_TOKENS = 100;

/** The pause before the next token when one is used up, in milliseconds: ECS lets an account launch 20 times a second. */
const NEXT_TOKEN_MS = 250;

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
  /**
   * Whether the tokens may have been used by an `up` that was interrupted. Then the whole number is asked for with the
   * first of them before anything else: ECS repeats what it has started.
   */
  readonly mayGoOn: boolean;
  /** The ARNs of tasks of launches that failed: a token for which ECS repeats one of them is used up. */
  readonly spent: ReadonlySet<string>;
}

/** What is known of a launch. */
export interface Launching<E extends LaunchError> {
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
type SleepReason<E> =
  | { readonly kind: "capacity"; readonly failures: readonly EcsFailure[] }
  | { readonly kind: "token" }
  | { readonly kind: "error"; readonly error: E };

const TOKEN_USED_UP = { kind: "token" } as const;

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

/** @param adopted - tasks of this run that were found. */
export function beginLaunch<E extends LaunchError>(
  rules: LaunchRules,
  adopted: readonly TaskRecord[],
  nowMs: number,
): Progress<E> {
  const missing = rules.wanted - adopted.length;
  const count = rules.mayGoOn && !rules.isStartTask ? rules.wanted : missing;
  const base: Launching<E> = {
    startMs: nowMs,
    sinceMs: nowMs,
    attempt: 0,
    sends: 0,
    refusals: 0,
    count,
    tasks: adopted,
  };
  return missing <= 0 ? done<E>(base, launched<E>(base)) : ask<E>(base);
}

/**
 * Decides what a launch does next.
 *
 * However often a question has to be repeated because its answer was lost, ECS starts its tasks once: every
 * repetition carries the same `clientToken`. What is not a definite no of ECS is "perhaps". A definite answer uses the
 * token up, because ECS would repeat it.
 *
 * @param random - from 0 to 1, for jitter.
 */
export function nextLaunchStep<E extends LaunchError>(
  rules: LaunchRules,
  launching: Launching<E>,
  event: LaunchEvent<E>,
  { nowMs, pauseMs }: { readonly nowMs: number; readonly pauseMs: (attempt: number) => number },
): Progress<E> {
  switch (event.kind) {
    case "answered":
      return afterAnswer(rules, launching, event, nowMs, pauseMs);
    case "failed":
      return afterError(rules, launching, event.error, nowMs, pauseMs);
    case "compared":
    case "looked":
      return afterFound(rules, launching, event, nowMs);
    case "blind":
      return blind(rules, launching, event);
    case "canceled":
      return giveUp(launching, event.error);
    case "slept":
      return rules.isStartTask && launching.perhaps
        ? { launching, step: { kind: "look", error: launching.perhaps } }
        : ask(launching);
  }
}

function blind<E extends LaunchError>(
  rules: LaunchRules,
  launching: Launching<E>,
  { mine, error }: Extract<LaunchEvent<E>, { kind: "blind" }>,
): Progress<E> {
  const tasks = withNew(rules, launching.tasks, mine);
  return done(launching, { kind: "perhaps", tasks, error });
}

type Pause = (attempt: number) => number;

function afterAnswer<E extends LaunchError>(
  rules: LaunchRules,
  launching: Launching<E>,
  { tasks, failures }: Extract<LaunchEvent<E>, { kind: "answered" }>,
  nowMs: number,
  pauseMs: Pause,
): Progress<E> {
  const next = { ...launching, tasks: withNew(rules, launching.tasks, tasks) };
  if (next.tasks.length >= rules.wanted) return done(next, { ...launched(next), failures });
  if (failures.length === 0) return nextToken(rules, inDoubt(next), nowMs, NEXT_TOKEN_MS, TOKEN_USED_UP);
  const refusals = launching.refusals + 1;
  const ms = pauseMs(refusals);
  const isOver = nowMs + ms - launching.startMs > rules.capacityMs;
  if (!isCapacityFailure(failures) || isOver) return refuse(next, failures);
  return nextToken(rules, { ...next, refusals }, nowMs, ms, { kind: "capacity", failures });
}

function afterError<E extends LaunchError>(
  rules: LaunchRules,
  launching: Launching<E>,
  error: E,
  nowMs: number,
  pauseMs: Pause,
): Progress<E> {
  if (error.resourceIds.length > 0)
    return { launching, step: { kind: "compare", taskArns: error.resourceIds, error } };
  // A token that stands for failures alone names no task.
  if (error.code === "ConflictException")
    return nextToken(rules, inDoubt(launching), nowMs, NEXT_TOKEN_MS, TOKEN_USED_UP, error);
  const retry = launchRetry(error.message);
  const perhaps = error.kind === "broken" ? error : launching.perhaps;
  const next = { ...launching, perhaps, sends: launching.sends + 1 };
  if (!error.isPassing && !retry) return giveUp(next, error);
  const mayShowLate = rules.isStartTask && perhaps !== undefined;
  const ms = Math.max(pauseMs(next.sends), mayShowLate ? LISTING_LAG_MS : 0);
  const patienceMs = retry === "capacity" ? rules.capacityMs : ANSWER_MS;
  if (nowMs + ms - launching.sinceMs > patienceMs) return giveUp(next, error);
  return {
    launching: next,
    step: {
      kind: "sleep",
      ms,
      why: retry === "capacity" ? { kind: "capacity", failures: [] } : { kind: "error", error },
    },
  };
}

function afterFound<E extends LaunchError>(
  rules: LaunchRules,
  launching: Launching<E>,
  event: Extract<LaunchEvent<E>, { kind: "compared" | "looked" }>,
  nowMs: number,
): Progress<E> {
  const found = event.kind === "compared" ? event.mine : event.tasks;
  const next = { ...launching, tasks: withNew(rules, launching.tasks, found) };
  if (next.tasks.length >= rules.wanted) return done(next, launched(next));
  // A StartTask that is not seen may have been done all the same, and no token tells.
  if (event.kind === "looked" && found.length === 0) return ask(inDoubt(launching));
  return nextToken(rules, next, nowMs, NEXT_TOKEN_MS, TOKEN_USED_UP);
}

function withNew(
  { spent }: LaunchRules,
  known: readonly TaskRecord[],
  found: readonly TaskRecord[],
): readonly TaskRecord[] {
  const arns = new Set([...spent, ...known.map(({ taskArn }) => taskArn)]);
  return [...known, ...found.filter(({ taskArn }) => !arns.has(taskArn))];
}

function nextToken<E extends LaunchError>(
  rules: LaunchRules,
  launching: Launching<E>,
  nowMs: number,
  ms: number,
  why: SleepReason<E>,
  error?: E,
): Progress<E> {
  const attempt = launching.attempt + 1;
  if (attempt >= MOST_TOKENS) return refuse<E>(launching, error ?? []);
  const count = rules.wanted - launching.tasks.length;
  const next: Launching<E> = {
    ...launching,
    attempt,
    count,
    sends: 0,
    perhaps: undefined,
    sinceMs: nowMs + ms,
  };
  return { launching: next, step: { kind: "sleep", ms, why } };
}

/** A token is left of which no answer told what it has started. */
function inDoubt<E extends LaunchError>(launching: Launching<E>): Launching<E> {
  return { ...launching, doubt: launching.doubt ?? launching.perhaps };
}

/** Nothing more is asked for with this token. */
function giveUp<E extends LaunchError>(launching: Launching<E>, error: E): Progress<E> {
  return refuse(inDoubt(launching), error);
}

function refuse<E extends LaunchError>(launching: Launching<E>, why: readonly EcsFailure[] | E): Progress<E> {
  const { doubt } = launching;
  if (doubt) return done(launching, { kind: "perhaps", tasks: launching.tasks, error: doubt });
  if (launching.tasks.length === 0) return done(launching, { kind: "refused", why });
  return done(launching, { ...launched(launching), shortfall: why });
}

function launched<E extends LaunchError>({ tasks }: Launching<E>): Extract<Launch<E>, { kind: "launched" }> {
  return { kind: "launched", tasks, failures: [] };
}

function ask<E extends LaunchError>(launching: Launching<E>): Progress<E> {
  return { launching, step: { kind: "ask", attempt: launching.attempt, count: launching.count } };
}

function done<E extends LaunchError>(launching: Launching<E>, launch: Launch<E>): Progress<E> {
  return { launching, step: { kind: "done", launch } };
}
