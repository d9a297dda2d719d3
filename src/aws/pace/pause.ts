import { FIRST_PAUSE_MS, LONGEST_PAUSE_MS } from "../../time-limits";

/**
 * How long to leave ECS alone after calls that were throttled or failed in a row, in milliseconds, with full
 * jitter over the upper half so that many deployments do not come back at the same moment.
 *
 * @param failedCalls - how many calls in a row; at least 1.
 * @param random - from 0 to 1.
 */
export function pauseMs(failedCalls: number, random: number): number {
  const ceiling = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failedCalls - 1, 10));
  return ceiling / 2 + (ceiling / 2) * random;
}
