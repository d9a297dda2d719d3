import { isStopping, type TaskRecord } from "../task/task-record";
import {
  AGE_PER_SECOND_MS,
  FIRST_PAUSE_MS,
  LONGEST_PAUSE_MS,
  SLOWEST_LOOK_MS,
  TICK_MS,
  YOUNG_TASK_MS,
} from "../patience";

/**
 * How long to wait before the next look at a task, in milliseconds: a second while it is young or on its way
 * out, then a second more for each ten minutes of its age, five seconds at most.
 *
 * The read bucket of ECS (20 calls a second, shared with everybody in the account) allows it because one call
 * looks at 100 tasks.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
export function nextLookMs(ageMs: number, task: TaskRecord | undefined): number {
  if (ageMs < YOUNG_TASK_MS || (task && isStopping(task))) return TICK_MS;
  const slower = Math.floor((ageMs - YOUNG_TASK_MS) / AGE_PER_SECOND_MS) * 1000;
  return Math.min(SLOWEST_LOOK_MS, TICK_MS + 1000 + slower);
}

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
