import { isOver } from "../../outcome/is-over";
import type { TaskRecord } from "../../outcome/task-record";

/** What the resource's line shows while its tasks run: `RUNNING 12s`, `2 RUNNING, 1 PENDING 12s`, `DEPROVISIONING exit 0 14s`. */
export function statusLine(tasks: readonly TaskRecord[], elapsedMs: number): string {
  const seconds = `${Math.round(elapsedMs / 1000)}s`;
  const [first] = tasks;
  if (tasks.length === 1 && first)
    return [first.lastStatus, exitCodes(first), seconds].filter(Boolean).join(" ");
  const statuses = [...new Set(tasks.map((task) => task.lastStatus))];
  const counts = statuses.map(
    (status) => `${tasks.filter((task) => task.lastStatus === status).length} ${status}`,
  );
  return `${counts.join(", ")} ${seconds}`;
}

function exitCodes(task: TaskRecord): string {
  if (!isOver(task)) return "";
  const codes = task.containers.flatMap(({ exitCode }) => (exitCode === undefined ? [] : [exitCode]));
  return codes.length > 0 ? `exit ${codes.join(", ")}` : "";
}
