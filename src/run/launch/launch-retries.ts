import { LAUNCHING_AGAIN_MS, LISTING_LAG_MS, NEXT_TOKEN_MS } from "../../time-limits";
import type { EcsFailure } from "../../aws/ecs-failure";
import { isCapacityFailure, launchRetry } from "./passing-refusals";
import {
  inDoubt,
  withNew,
  type Launch,
  type LaunchError,
  type LaunchEvent,
  type Launching,
  type LaunchRules,
  type Progress,
  type SleepReason,
} from "./launch-state";
import type { TaskRecord } from "../../outcome/task-record";

/**
 * How many tokens of a run are tried. Each failed launch of an `idempotencyKey`, and each one that found no room, uses
 * one up.
 */
const MOST_TOKENS = 100;

/** The pause between a token and the next one. */
interface TokenPause<E extends LaunchError> {
  readonly ms: number;
  readonly why: SleepReason<E>;
  /** What ECS said of the token, told when it was the last one. */
  readonly error?: E;
}

const USED_UP = { ms: NEXT_TOKEN_MS, why: { kind: "token" } } as const;

/** @param adopted - tasks of this run that were found. */
export function beginLaunch<E extends LaunchError>(
  rules: LaunchRules,
  adopted: readonly TaskRecord[],
  nowMs: number,
): Progress<E> {
  const count = rules.wanted - adopted.length;
  const base: Launching<E> = {
    startMs: nowMs,
    sinceMs: nowMs,
    attempt: 0,
    sends: 0,
    refusals: 0,
    count,
    tasks: adopted,
    rules,
  };
  return count <= 0 ? done<E>(base, launched<E>(base)) : ask<E>(base);
}

/**
 * Decides what a launch does next.
 *
 * However often a question has to be repeated because its answer was lost, ECS starts its tasks once: every
 * repetition carries the same `clientToken`. What is not a definite no of ECS is "perhaps". A definite answer uses the
 * token up, because ECS would repeat it.
 */
export function nextLaunchStep<E extends LaunchError>(
  launching: Launching<E>,
  event: LaunchEvent<E>,
  nowMs: number,
): Progress<E> {
  switch (event.kind) {
    case "answered":
      return afterAnswer(launching, event, nowMs);
    case "failed":
      return afterError(launching, event.error, nowMs);
    case "compared":
    case "looked":
      return afterFound(launching, event, nowMs);
    case "blind": {
      const { tasks } = withNew(launching, event.mine);
      return done(launching, { kind: "perhaps", tasks, error: event.error });
    }
    case "canceled":
      return giveUp(launching, event.error);
    case "slept":
      return launching.rules.isStartTask && launching.perhaps
        ? { launching, step: { kind: "look", error: launching.perhaps } }
        : ask(launching);
  }
}

function afterAnswer<E extends LaunchError>(
  launching: Launching<E>,
  { tasks, failures }: Extract<LaunchEvent<E>, { kind: "answered" }>,
  nowMs: number,
): Progress<E> {
  const { rules } = launching;
  const next = withNew(launching, tasks);
  if (next.tasks.length >= rules.wanted) return done(next, { ...launched(next), failures });
  if (failures.length === 0) return nextToken(inDoubt(next), nowMs, USED_UP);
  const refusals = launching.refusals + 1;
  const ms = rules.pauseMs(refusals);
  const isOver = nowMs + ms - launching.startMs > rules.capacityMs;
  if (!isCapacityFailure(failures) || isOver) return refuse(next, failures);
  return nextToken({ ...next, refusals }, nowMs, { ms, why: { kind: "capacity", failures } });
}

function afterError<E extends LaunchError>(launching: Launching<E>, error: E, nowMs: number): Progress<E> {
  const { rules } = launching;
  if (error.resourceIds.length > 0)
    return { launching, step: { kind: "compare", taskArns: error.resourceIds, error } };
  // A token that stands for failures alone names no task.
  if (error.code === "ConflictException") return nextToken(inDoubt(launching), nowMs, { ...USED_UP, error });
  const retry = launchRetry(error.message);
  const perhaps = error.kind === "broken" ? error : launching.perhaps;
  const next = { ...launching, perhaps, sends: launching.sends + 1 };
  if (!error.isPassing && !retry) return giveUp(next, error);
  const mayShowLate = rules.isStartTask && perhaps !== undefined;
  const ms = Math.max(rules.pauseMs(next.sends), mayShowLate ? LISTING_LAG_MS : 0);
  const patienceMs = retry === "capacity" ? rules.capacityMs : LAUNCHING_AGAIN_MS;
  if (nowMs + ms - launching.sinceMs > patienceMs) return giveUp(next, error);
  const why: SleepReason<E> =
    retry === "capacity" ? { kind: "capacity", failures: [] } : { kind: "error", error };
  return { launching: next, step: { kind: "sleep", ms, why } };
}

function afterFound<E extends LaunchError>(
  launching: Launching<E>,
  event: Extract<LaunchEvent<E>, { kind: "compared" | "looked" }>,
  nowMs: number,
): Progress<E> {
  const found = event.kind === "compared" ? event.mine : event.tasks;
  const next = withNew(launching, found);
  if (next.tasks.length >= next.rules.wanted) return done(next, launched(next));
  // A StartTask that is not seen may have been done all the same, and no token tells.
  if (event.kind === "looked" && found.length === 0) return ask(inDoubt(launching));
  return nextToken(next, nowMs, USED_UP);
}

function nextToken<E extends LaunchError>(
  launching: Launching<E>,
  nowMs: number,
  { ms, why, error }: TokenPause<E>,
): Progress<E> {
  const attempt = launching.attempt + 1;
  if (attempt >= MOST_TOKENS) return refuse<E>(launching, error ?? []);
  const count = launching.rules.wanted - launching.tasks.length;
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
