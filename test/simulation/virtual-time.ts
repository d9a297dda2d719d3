import type { Clock } from "../../src/aws/pace/clock";

interface Sleeper {
  readonly wakeMs: number;
  readonly wake: () => void;
  readonly owner: ProcessClock;
}

/** How something that was started came to its end. */
export type Ending<T> =
  | { readonly kind: "returned"; readonly value: T }
  | { readonly kind: "threw"; readonly error: unknown }
  /** It waits for something that will never happen. */
  | { readonly kind: "hung" };

/** Nothing that a resource does takes longer than this: it is stuck in a loop. */
const ENDLESS_MS = 4 * 60 * 60_000;

/** The time of a simulated world: it moves only when everybody sleeps, to the first who wants to wake. */
export class VirtualTime {
  #nowMs = 0;
  readonly #sleepers = new Set<Sleeper>();
  /** By how much the clock of the machine is wrong; that of AWS is right. */
  clockErrorMs = 0;

  nowMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return Date.UTC(2026, 0, 1) + this.#nowMs;
  }

  /** Lets time go by while nobody is there. */
  pass(ms: number): void {
    this.#nowMs += ms;
  }

  add(sleeper: Sleeper): void {
    this.#sleepers.add(sleeper);
  }

  remove(sleeper: Sleeper): void {
    this.#sleepers.delete(sleeper);
  }

  /** What sleeps in a process never wakes. */
  removeAll(owner: ProcessClock): void {
    for (const sleeper of this.#sleepers) if (sleeper.owner === owner) this.#sleepers.delete(sleeper);
  }

  /** Moves time until a promise is settled. */
  async untilSettled<T>(promise: Promise<T>): Promise<Ending<T>> {
    const endlessMs = this.#nowMs + ENDLESS_MS;
    let ending: Ending<T> | undefined;
    const settled = () => ending;
    promise.then(
      (value) => (ending = { kind: "returned", value }),
      (error: unknown) => (ending = { kind: "threw", error }),
    );
    for (;;) {
      // All promises that can go on without time passing have gone on when this is called.
      await new Promise((resolve) => setImmediate(resolve));
      const end = settled();
      if (end) return end;
      const first = this.#first();
      if (!first || first.wakeMs > endlessMs) return { kind: "hung" };
      this.#sleepers.delete(first);
      this.#nowMs = Math.max(this.#nowMs, first.wakeMs);
      first.wake();
    }
  }

  #first(): Sleeper | undefined {
    let first: Sleeper | undefined;
    for (const sleeper of this.#sleepers) if (!first || sleeper.wakeMs < first.wakeMs) first = sleeper;
    return first;
  }
}

/** The clock of one process: when the process is killed, what sleeps in it never wakes. */
export class ProcessClock implements Clock {
  readonly #time: VirtualTime;
  #isDead = false;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  nowMs(): number {
    return this.#time.nowMs();
  }

  wallMs(): number {
    return this.#time.wallMs() + this.#time.clockErrorMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#isDead) return never();
    return new Promise((resolve, reject) => {
      const wake = () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      const sleeper = { wakeMs: this.#time.nowMs() + ms, wake, owner: this };
      const abort = () => {
        this.#time.remove(sleeper);
        if (!this.#isDead) reject(new Error("aborted"));
      };
      this.#time.add(sleeper);
      signal?.addEventListener("abort", abort, { once: true });
    });
  }

  kill(): void {
    this.#isDead = true;
    this.#time.removeAll(this);
  }
}

export function never(): Promise<never> {
  return new Promise(() => undefined);
}
