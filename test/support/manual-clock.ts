import type { Clock } from "../../src/aws/pace/clock";

interface Sleeper {
  readonly wakeMs: number;
  readonly wake: () => void;
}

/**
 * A clock that only moves when everybody sleeps: then it jumps to the first who wants to wake. What takes an
 * hour takes no time, and in the same order every time.
 */
export class ManualClock implements Clock {
  #nowMs = 0;
  #sleepers: Sleeper[] = [];
  #moving = false;
  #held = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return Date.UTC(2026, 0, 1) + this.#nowMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { wakeMs: this.#nowMs + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(new Error("aborted"));
      });
      void this.#move();
    });
  }

  /** Stands still while something goes on that takes its own time. */
  async during<T>(act: Promise<T>): Promise<T> {
    this.#held += 1;
    try {
      return await act;
    } finally {
      this.#held -= 1;
    }
  }

  async #move(): Promise<void> {
    if (this.#moving) return;
    this.#moving = true;
    while (this.#sleepers.length > 0) {
      // All promises that can go on without time passing go on first.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.#held > 0) continue;
      const [first] = [...this.#sleepers].sort((a, b) => a.wakeMs - b.wakeMs);
      if (!first) continue;
      this.#sleepers = this.#sleepers.filter((other) => other !== first);
      this.#nowMs = Math.max(this.#nowMs, first.wakeMs);
      first.wake();
    }
    this.#moving = false;
  }
}
