import { setTimeout as delay } from "node:timers/promises";

/** Time, as far as waiting needs it. */
export interface Clock {
  /** Milliseconds of a clock that is never set back or forward. */
  nowMs(): number;
  /** Milliseconds since 1970, to compare with the times ECS reports. */
  wallMs(): number;
  /** Resolves after a time; rejects when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal ? { signal } : {});
  },
};
