/** The local ECS's time, in milliseconds since 1970. Everything that has a duration asks a clock. */
export interface Clock {
  now(): number;
  /** Ends after `ms` of this clock's time, or early and without error when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

interface Sleeper {
  readonly dueAt: number;
  readonly wake: () => void;
  timer?: NodeJS.Timeout;
}

/** A timer that is to wait longer ends after a millisecond. @see https://nodejs.org/api/timers.html (read 2026-11) */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Later times are not written with four digits of a year, and from 275760 on not at all. */
const LAST_TIME = Date.UTC(9999, 0);

/** Real time that can be moved forward, so that "an hour later" takes no hour. */
export class MovableClock implements Clock {
  /** By how much it was moved, in milliseconds, as `moved`. */
  readonly #offsets: Map<string, number>;
  readonly #sleepers = new Set<Sleeper>();

  constructor(offsets = new Map<string, number>()) {
    this.#offsets = offsets;
  }

  now(): number {
    return Date.now() + this.#movedMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(sleeper.timer);
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper: Sleeper = { dueAt: this.now() + ms, wake };
      this.#sleepers.add(sleeper);
      this.#arm(sleeper);
      signal?.addEventListener("abort", wake);
    });
  }

  /**
   * Moves the time forward by `ms` (0 or more, to the year 9999 at most) and wakes whoever is due by then.
   * Processes of containers live in real time and notice nothing.
   */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`The clock only moves forward: ${ms} ms is not possible.`);
    if (this.now() + ms > LAST_TIME)
      throw new RangeError(`The clock moves to the year 9999 at most: ${ms} ms is not possible.`);
    this.#offsets.set("moved", this.#movedMs + ms);
    for (const sleeper of [...this.#sleepers]) this.#look(sleeper);
  }

  #look(sleeper: Sleeper): void {
    if (sleeper.dueAt > this.now()) this.#arm(sleeper);
    else sleeper.wake();
  }

  /** Looks again when the sleeper is due, or when no timer can wait longer. */
  #arm(sleeper: Sleeper): void {
    clearTimeout(sleeper.timer);
    const leftMs = sleeper.dueAt - this.now();
    sleeper.timer = setTimeout(
      () => {
        this.#look(sleeper);
      },
      Math.min(leftMs, MAX_TIMER_MS),
    );
  }

  get #movedMs(): number {
    return this.#offsets.get("moved") ?? 0;
  }
}
