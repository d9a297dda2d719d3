import { isStopping, type TaskRecord } from "../../outcome/task-record";
import { AGE_PER_SECOND_MS, SLOWEST_LOOK_MS, TICK_MS, YOUNG_TASK_MS } from "../../time-limits";

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
