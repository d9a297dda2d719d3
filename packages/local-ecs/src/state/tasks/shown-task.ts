import type { StoredContainer, StoredTask, TaskRecord } from "./task-record";

/** The task as the API shows it at this moment: without what its plan holds back. */
export function shownTask({ task, plan }: TaskRecord, now: number): StoredTask {
  if (plan === undefined) return task;
  const hidesExitCodes = areExitCodesLate(task, plan.exitCodesAfterMs, now);
  const containers = task.containers.map(({ exitCode, imageDigest, ...container }): StoredContainer => ({
    ...container,
    ...(exitCode === undefined || hidesExitCodes ? {} : { exitCode }),
    ...(imageDigest === undefined || plan.withoutImageDigest === true ? {} : { imageDigest }),
  }));
  return { ...task, containers };
}

function areExitCodesLate(
  { stoppedAt }: StoredTask,
  afterMs: number | "never" | undefined,
  now: number,
): boolean {
  if (afterMs === undefined) return false;
  return afterMs === "never" || stoppedAt === undefined || now < stoppedAt.getTime() + afterMs;
}
