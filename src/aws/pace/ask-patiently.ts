import { EcsApiError } from "../ecs-gateway";
import { answerWithin } from "./answer-within";
import { pauseMs } from "./pause";
import { ASKING_AGAIN_MS } from "../../time-limits";
import type { Clock } from "./clock";

/** Whoever waits for an answer. */
interface PatientPorts {
  readonly clock: Clock;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** Shows what is waited for. */
  readonly status: (text: string) => void;
}

/**
 * Asks ECS, and again while it is throttled or no answer arrives. Only for questions, and for what may be said
 * twice: a launch has its own rules.
 *
 * @param operation - what is asked, as AWS names it.
 * @throws EcsApiError when asking again does not help, or did not for a minute.
 */
export async function askPatiently<T>(
  ports: PatientPorts,
  operation: string,
  ask: () => Promise<T>,
): Promise<T> {
  const startMs = ports.clock.nowMs();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const patienceMs = ASKING_AGAIN_MS - (ports.clock.nowMs() - startMs);
      return await answerWithin({ clock: ports.clock, limitMs: patienceMs }, ask(), () => {
        throw new EcsApiError({
          operation,
          kind: "broken",
          code: "TimeoutError",
          message: `no answer for ${ASKING_AGAIN_MS / 1000} s`,
        });
      });
    } catch (error) {
      const delayMs = pauseMs(attempt, ports.random());
      const isOver = ports.clock.nowMs() + delayMs - startMs > ASKING_AGAIN_MS;
      if (!(error instanceof EcsApiError) || !error.isPassing || isOver) throw error;
      ports.status(`${operation}: ECS ${error.inWords}, trying again`);
      await ports.clock.sleep(delayMs);
    }
  }
}
