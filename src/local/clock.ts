/** The local ECS's time, in milliseconds since 1970. Everything that has a duration asks a clock. */
export interface Clock {
  now(): number;
  /** Ends after `ms` of this clock's time, or early and without error when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

interface Sleeper {
  readonly dueAt: number;
  readonly wake: () => void;
  timer: NodeJS.Timeout;
}

/** Real time that can be moved forward, so that "an hour later" takes no hour. */
export class MovableClock implements Clock {
  /** By how much it was moved, in milliseconds, as `moved`. */
  private readonly offsets: Map<string, number>;
  private readonly sleepers = new Set<Sleeper>();

  constructor(offsets = new Map<string, number>()) {
    this.offsets = offsets;
  }

  now(): number {
    return Date.now() + this.movedMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(sleeper.timer);
        this.sleepers.delete(sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper: Sleeper = { dueAt: this.now() + ms, wake, timer: setTimeout(wake, ms) };
      this.sleepers.add(sleeper);
      signal?.addEventListener("abort", wake);
    });
  }

  /**
   * Moves the time forward by `ms` (0 or more) and wakes whoever is due by then.
   * Processes of containers live in real time and notice nothing.
   */
  advance(ms: number): void {
    if (!(ms >= 0)) throw new RangeError(`The clock only moves forward: ${ms} ms is not possible.`);
    this.offsets.set("moved", this.movedMs + ms);
    for (const sleeper of [...this.sleepers]) {
      const leftMs = sleeper.dueAt - this.now();
      if (leftMs <= 0) {
        sleeper.wake();
      } else {
        clearTimeout(sleeper.timer);
        sleeper.timer = setTimeout(sleeper.wake, leftMs);
      }
    }
  }

  private get movedMs(): number {
    return this.offsets.get("moved") ?? 0;
  }
}
