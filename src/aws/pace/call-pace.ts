import type { Clock } from "./clock";

/** A token bucket: how many calls may come at once, and how many a second after that. */
export interface CallRate {
  readonly burst: number;
  readonly perSecond: number;
}

/** Lets calls pass at once while its bucket holds tokens, and then in their order as it fills. */
export class CallPace {
  readonly #rate: CallRate;
  readonly #clock: Clock;
  /** Below zero: how many calls have been given a turn that is still to come. */
  #tokens: number;
  #filledMs: number;

  constructor(rate: CallRate, clock: Clock) {
    this.#rate = rate;
    this.#clock = clock;
    this.#tokens = rate.burst;
    this.#filledMs = clock.nowMs();
  }

  /** Resolves when a call may be sent. */
  async turn(): Promise<void> {
    this.spend(1);
    const waitMs = (-this.#tokens / this.#rate.perSecond) * 1000;
    if (waitMs > 0) await this.#clock.sleep(waitMs);
  }

  /** Counts calls that have been made: those that come wait for them. */
  spend(calls: number): void {
    const nowMs = this.#clock.nowMs();
    const filled = ((nowMs - this.#filledMs) / 1000) * this.#rate.perSecond;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + filled) - calls;
    this.#filledMs = nowMs;
  }
}
