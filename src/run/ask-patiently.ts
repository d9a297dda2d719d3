import { EcsApiError } from "../ecs/ecs-gateway";
import { answerWithin } from "../watch/answer-within";
import { pauseMs } from "../watch/schedule";
import type { RunPorts } from "./run-ports";

/** How long a question is asked again that ECS throttled or did not answer, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Asks ECS, and again while it is throttled or no answer arrives. Only for questions, and for what may be said
 * twice: a launch has its own rules.
 *
 * @param operation - what is asked, as AWS names it.
 * @throws EcsApiError when asking again does not help, or did not for a minute.
 */
export async function askPatiently<T>(
  ports: Pick<RunPorts, "clock" | "random" | "status">,
  operation: string,
  ask: () => Promise<T>,
): Promise<T> {
  const startMs = ports.clock.nowMs();
  for (let attempt = 1; ; attempt += 1) {
    try {
      const patienceMs = PATIENCE_MS - (ports.clock.nowMs() - startMs);
      return await answerWithin({ clock: ports.clock, limitMs: patienceMs }, ask(), () => {
        throw new EcsApiError({
          operation,
          kind: "broken",
          code: "TimeoutError",
          message: `no answer for ${PATIENCE_MS / 1000} s`,
        });
      });
    } catch (error) {
      const delayMs = pauseMs(attempt, ports.random());
      const isOver = ports.clock.nowMs() + delayMs - startMs > PATIENCE_MS;
      if (!(error instanceof EcsApiError) || !error.isPassing || isOver) throw error;
      ports.status(`${operation}: ECS ${error.inWords}, trying again`);
      await ports.clock.sleep(delayMs);
    }
  }
}
