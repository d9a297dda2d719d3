/** When others look at a task: the milliseconds after RunTask at which they ask DescribeTasks. */
export type Schedule = (random: () => number) => Generator<number>;

/** The least pause of the waiter TasksStopped in every SDK: 6 s. @see botocore/data/ecs/2014-11-13/waiters-2.json */
const WAITER_MS = 6000;

/**
 * botocore, so boto3, `aws ecs wait tasks-stopped` and Airflow's EcsRunTaskOperator (`waiter_delay` 6): every 6 s.
 * Source: botocore 1.44.5 `waiters-2.json`; Airflow amazon provider 9.39.0 `operators/ecs.py`.
 */
export const everySixSeconds: Schedule = function* () {
  for (let look = 0; ; look += 1) yield look * WAITER_MS;
};

/**
 * `waitUntilTasksStopped` of the SDK for JavaScript: a random pause from 6 s to 6 s doubled with each look, at most
 * 600 s, and just that after the ceiling. Source: `@smithy/core` 3.41.0 `util-waiter/poller.js`, `client-ecs` 3.1162.0.
 */
export const sdkForJavaScript: Schedule = (random) =>
  backOff(600_000, (ceilingMs, isCapped) =>
    isCapped ? 600_000 : WAITER_MS + random() * (ceilingMs - WAITER_MS),
  );

/**
 * ecspresso: the waiter of the SDK for Go with a MaxDelay of 15 s, whose pauses stay random at the ceiling.
 * Source: ecspresso `run.go`; smithy-go `waiter.go`.
 */
export const ecspresso: Schedule = (random) =>
  backOff(15_000, (ceilingMs) => WAITER_MS + random() * (ceilingMs - WAITER_MS));

function* backOff(
  maxMs: number,
  pauseMs: (ceilingMs: number, isCapped: boolean) => number,
): Generator<number> {
  let atMs = 0;
  for (let attempt = 1; ; attempt += 1) {
    yield atMs;
    const ceilingMs = WAITER_MS * 2 ** (attempt - 1);
    atMs += pauseMs(Math.min(ceilingMs, maxMs), ceilingMs > maxMs);
  }
}

/** How long after its end a task that ends after `durationMs` is seen to have ended. */
export function delayMs(schedule: Schedule, durationMs: number, random: () => number): number {
  for (const lookMs of schedule(random)) if (lookMs >= durationMs) return lookMs - durationMs;
  throw new Error("A schedule has no end.");
}

/** How often a task that takes `durationMs` is looked at before its end. */
export function looks(schedule: Schedule, durationMs: number, random: () => number): number {
  let count = 0;
  for (const lookMs of schedule(random)) {
    if (lookMs > durationMs) return count;
    count += 1;
  }
  return count;
}
