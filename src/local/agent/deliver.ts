import type { Clock } from "../clock";

/** What the real agent waits before it sends a report again (amazon-ecs-agent, agent/eventhandler), in milliseconds. */
const firstDelayMs = 1000;
const maxDelayMs = 30_000;
const growth = 1.3;

/** Answers that the same report gets for ever. */
const finalErrors = ["ClientException", "ClusterNotFoundException", "InvalidParameterException"];

/** Sends until it is accepted, or `signal` aborts. @returns false when it is known never to be accepted. */
export async function deliver(
  send: () => Promise<unknown>,
  options: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly onError: (error: unknown) => void;
  },
): Promise<boolean> {
  const { clock, signal, onError } = options;
  for (let delayMs = firstDelayMs; !signal.aborted; delayMs = Math.min(delayMs * growth, maxDelayMs))
    try {
      await send();
      return true;
    } catch (error) {
      onError(error);
      if (finalErrors.includes((error as Error).name)) return false;
      await clock.sleep(delayMs, signal);
    }
  return true;
}
