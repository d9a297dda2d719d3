import { LINES_ARRIVED_MS } from "../../time-limits";
import type { Clock } from "../../aws/pace/clock";
import { isStopped, type TaskRecord } from "../task-record";

/** Waits until the last lines of tasks have arrived. */
export async function linesArrive(clock: Clock, tasks: readonly TaskRecord[]): Promise<void> {
  await clock.sleep(Math.max(0, ...tasks.map((task) => linesArriveInMs(task, clock.wallMs()))));
}

/**
 * How long to wait, in milliseconds, until the last lines of a task that is over are sure to have arrived. Somebody who
 * waits for STOPPED reads them later than that; clocks that differ make it no longer than the limit.
 */
export function linesArriveInMs(task: TaskRecord, nowMs: number): number {
  if (isStopped(task) || task.executionStoppedAt === undefined) return 0;
  const leftMs = Date.parse(task.executionStoppedAt) + LINES_ARRIVED_MS - nowMs;
  return Math.min(LINES_ARRIVED_MS, Math.max(0, leftMs));
}
