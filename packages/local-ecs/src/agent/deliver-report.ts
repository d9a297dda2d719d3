import type { Clock } from "../time/clock";

/** What the real agent waits before it sends a report again (amazon-ecs-agent, agent/eventhandler), in milliseconds. */
const FIRST_DELAY_MS = 1000;
const MAX_DELAY_MS = 30_000;
const GROWTH = 1.3;

/** What the real agent waits for an answer (amazon-ecs-agent, its client of ECS: the time of a round trip), in milliseconds. */
const ANSWER_TIMEOUT_MS = 5000;

/** Answers that the same report gets for ever. */
const finalErrors = ["ClientException", "ClusterNotFoundException", "InvalidParameterException"];

/** Sends until it is accepted, or `signal` aborts. @returns false when it is known never to be accepted. */
export async function deliverReport(
  send: (signal: AbortSignal) => Promise<unknown>,
  options: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly onError: (error: unknown) => void;
  },
): Promise<boolean> {
  const { clock, signal, onError } = options;
  for (let delayMs = FIRST_DELAY_MS; !signal.aborted; delayMs = Math.min(delayMs * GROWTH, MAX_DELAY_MS))
    try {
      await within(ANSWER_TIMEOUT_MS, send, options);
      return true;
    } catch (error) {
      onError(error);
      if (finalErrors.includes((error as Error).name)) return false;
      await clock.sleep(delayMs, signal);
    }
  return true;
}

/** An answer may never come: what waits for one is ended by time, and by `signal`. */
async function within(
  timeoutMs: number,
  send: (signal: AbortSignal) => Promise<unknown>,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<void> {
  const tooLate = new AbortController();
  const done = new AbortController();
  void clock.sleep(timeoutMs, AbortSignal.any([done.signal, signal])).then(() => {
    tooLate.abort();
  });
  try {
    await send(tooLate.signal);
  } finally {
    done.abort();
  }
}
