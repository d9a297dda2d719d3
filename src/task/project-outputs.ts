import { canonicalJson } from "./canonical-json";
import type { Outcome } from "./judge-outcome";
import type { LogTarget } from "./log-target";
import type { ContainerRecord, TaskRecord } from "./task-record";

/** What a run led to, as the outputs show it. Absent is what ECS did not say. */
export interface TaskOutputs {
  readonly outcome: "SUCCEEDED" | "FAILED" | "RUNNING" | "UNKNOWN";
  readonly taskArn?: string;
  readonly taskArns: readonly string[];
  readonly taskDefinitionArn?: string;
  readonly clusterArn?: string;
  readonly lastStatus?: string;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly imageDigests: Readonly<Record<string, string>>;
  readonly images: Readonly<Record<string, string>>;
  readonly exitCodes: Readonly<Record<string, number>>;
  readonly containers: Readonly<Record<string, ContainerRecord>>;
  readonly tasks: readonly TaskRecord[];
  readonly createdAt?: string;
  readonly pullStartedAt?: string;
  readonly pullStoppedAt?: string;
  readonly startedAt?: string;
  readonly stoppingAt?: string;
  readonly stoppedAt?: string;
  readonly durationSeconds?: number;
  readonly logs: Readonly<Record<string, LogTarget>>;
}

/**
 * The outputs of a run. With several tasks, a map holds a container's value only where all tasks agree, a
 * single value likewise; each task's own stand in `tasks`.
 */
export function projectOutputs(
  tasks: readonly TaskRecord[],
  outcome: Outcome["kind"] | "UNKNOWN",
  logs: Readonly<Record<string, LogTarget>>,
): TaskOutputs {
  const agreed = <T>(read: (task: TaskRecord) => T | undefined) => whereAllAgree(tasks.map(read));
  const startedAt = earliest(tasks.map((task) => task.startedAt));
  const stoppedAt = latest(tasks.map((task) => task.stoppedAt));
  return JSON.parse(
    JSON.stringify({
      outcome,
      taskArn: tasks[0]?.taskArn,
      taskArns: tasks.map((task) => task.taskArn),
      taskDefinitionArn: agreed((task) => task.taskDefinitionArn),
      clusterArn: agreed((task) => task.clusterArn),
      lastStatus: agreed((task) => task.lastStatus),
      stopCode: agreed((task) => task.stopCode),
      stoppedReason: agreed((task) => task.stoppedReason),
      imageDigests: byContainer(tasks, (container) => container.imageDigest),
      images: byContainer(tasks, (container) => container.image),
      exitCodes: byContainer(tasks, (container) => container.exitCode),
      containers: byContainer(tasks, (container) => container),
      tasks,
      createdAt: earliest(tasks.map((task) => task.createdAt)),
      pullStartedAt: earliest(tasks.map((task) => task.pullStartedAt)),
      pullStoppedAt: latest(tasks.map((task) => task.pullStoppedAt)),
      startedAt,
      stoppingAt: latest(tasks.map((task) => task.stoppingAt)),
      stoppedAt,
      durationSeconds: startedAt && stoppedAt ? secondsBetween(startedAt, stoppedAt) : undefined,
      logs,
    }),
  ) as TaskOutputs;
}

function byContainer<T>(
  tasks: readonly TaskRecord[],
  read: (container: ContainerRecord) => T | undefined,
): Record<string, T> {
  const names = new Set(tasks.flatMap((task) => task.containers.map(({ name }) => name)));
  const entries = [...names].sort().map((name): [string, T | undefined] => {
    const containers = tasks.map((task) => task.containers.find((container) => container.name === name));
    return [name, whereAllAgree(containers.map((container) => container && read(container)))];
  });
  return Object.fromEntries(entries.filter((entry): entry is [string, T] => entry[1] !== undefined));
}

function whereAllAgree<T>(values: readonly (T | undefined)[]): T | undefined {
  const [first, ...others] = values;
  return others.every((value) => canonicalJson(value ?? null) === canonicalJson(first ?? null))
    ? first
    : undefined;
}

function earliest(times: readonly (string | undefined)[]): string | undefined {
  return times.filter((time) => time !== undefined).sort()[0];
}

/** The last of all; absent while one task has not come so far. */
function latest(times: readonly (string | undefined)[]): string | undefined {
  return times.includes(undefined)
    ? undefined
    : times
        .filter((time) => time !== undefined)
        .sort()
        .at(-1);
}

function secondsBetween(start: string, end: string): number {
  return Math.max(0, (Date.parse(end) - Date.parse(start)) / 1000);
}
