import type { Task } from "@aws-sdk/client-ecs";
import { columnLines } from "./column-lines";
import { oneLine } from "./one-line";

export interface TaskTableOptions {
  readonly now: Date;
  /** Width of the terminal, in characters. */
  readonly columns: number;
  /** How many tasks are shown: the newest ones. */
  readonly rows: number;
}

const titles = ["TASK", "DEFINITION", "CLUSTER", "STATUS", "AGE", "RESULT"] as const;

/** Tasks, oldest first, as lines for a terminal. */
export function taskTable(
  tasks: readonly Task[],
  { now, columns, rows }: TaskTableOptions,
): readonly string[] {
  if (tasks.length === 0) return ["No tasks yet."];
  const shown = tasks.slice(-rows);
  const lines = columnLines([titles, ...shown.map((task) => cellsOf(task, now))]);
  const earlier = tasks.length - shown.length;
  const rest = earlier === 0 ? [] : [`and ${earlier} earlier ${earlier === 1 ? "one" : "ones"}`];
  return [...lines, ...rest].map((line) => oneLine(line, columns));
}

function cellsOf(task: Task, now: Date): readonly string[] {
  const {
    taskArn = "",
    taskDefinitionArn = "",
    clusterArn = "",
    lastStatus = "",
    createdAt,
    stoppedAt,
  } = task;
  const age = (stoppedAt ?? now).getTime() - (createdAt ?? now).getTime();
  return [
    lastPart(taskArn).slice(0, 8),
    lastPart(taskDefinitionArn),
    lastPart(clusterArn),
    lastStatus,
    duration(age),
    resultOf(task),
  ];
}

/** Exit codes where all containers have one and nothing else ended the task; else the reason. */
function resultOf({ lastStatus, stopCode, stoppedReason = "", containers = [] }: Task): string {
  if (lastStatus !== "STOPPED") return "";
  const exits = containers.map(({ name = "", exitCode }) =>
    containers.length === 1 ? String(exitCode) : `${name} ${exitCode ?? "-"}`,
  );
  const hasExited = containers.some(({ exitCode }) => exitCode !== undefined);
  const codes = hasExited ? `exit ${exits.join(", ")}` : "";
  if (stopCode === "EssentialContainerExited" && hasExited) return codes;
  return [codes, stoppedReason].filter((part) => part !== "").join(", ");
}

function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m ${seconds % 60}s`;
  return `${Math.floor(seconds / 3600)}h ${Math.floor((seconds % 3600) / 60)}m`;
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
