import type { Clock } from "./clock";

/** How long something is waited for, by which clock. */
interface TimeLimit {
  readonly clock: Clock;
  readonly limitMs: number;
}

/**
 * Waits for an answer for a limited time, also when its promise never settles. Whatever becomes of the promise later
 * is ignored.
 *
 * @param onLate - gives what is answered when the time is up, or throws.
 */
export async function answerWithin<T>(
  { clock, limitMs }: TimeLimit,
  answer: Promise<T>,
  onLate: () => T,
): Promise<T> {
  const arrived = new AbortController();
  const late = clock.sleep(limitMs, arrived.signal).then(onLate);
  try {
    return await Promise.race([answer, late]);
  } finally {
    // Otherwise the timer would keep the process alive.
    arrived.abort();
  }
}
