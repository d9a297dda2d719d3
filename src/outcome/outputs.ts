import { canonicalJson } from "../text/canonical-json";
import type { Outcome } from "./judge-outcome";
import type { LogTarget } from "./logs/log-target";
import type { ContainerRecord, TaskRecord } from "./task-record";

/** What a run led to, as the outputs show it. Absent is what ECS did not say, and a single value in which several tasks differ. */
export interface TaskOutputs {
  /** Our judgement. `UNKNOWN`: ECS does not know the task (any more). */
  readonly outcome: "SUCCEEDED" | "FAILED" | "RUNNING" | "UNKNOWN";
  /** The task; of several the first. */
  readonly taskArn?: string;
  /** All tasks. */
  readonly taskArns: readonly string[];
  /** The task definition with its revision. */
  readonly taskDefinitionArn?: string;
  /** The cluster. */
  readonly clusterArn?: string;
  /** The status as last seen, e.g. `STOPPED`. */
  readonly lastStatus?: string;
  /** Why ECS stopped it; absent while it runs. */
  readonly stopCode?: string;
  /** The same in words. */
  readonly stoppedReason?: string;
  /** By container, the digest of the manifest that ran; of the index for a multi-architecture image. */
  readonly imageDigests: Readonly<Record<string, string>>;
  /** By container, the image as the task definition names it. */
  readonly images: Readonly<Record<string, string>>;
  /** By container; absent for one that never started, or of which ECS gave none. */
  readonly exitCodes: Readonly<Record<string, number>>;
  /** By container, all that is recorded of it. */
  readonly containers: Readonly<Record<string, ContainerRecord>>;
  /** All that is recorded of each task. */
  readonly tasks: readonly TaskRecord[];
  /** When ECS accepted it. All times are ISO 8601 in UTC. */
  readonly createdAt?: string;
  /** When the pull of the images began. */
  readonly pullStartedAt?: string;
  /** When the pull of the images ended. */
  readonly pullStoppedAt?: string;
  /** When it was RUNNING. */
  readonly startedAt?: string;
  /** When it was told to stop. */
  readonly stoppingAt?: string;
  /** When its containers had stopped. */
  readonly executionStoppedAt?: string;
  /** When it had stopped. */
  readonly stoppedAt?: string;
  /** How long its containers ran, in seconds: from `startedAt` to `executionStoppedAt`, else to `stoppedAt`. */
  readonly durationSeconds?: number;
  /** By container, where its log lines are. */
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
  const endedAt = latest(tasks.map((task) => task.executionStoppedAt ?? task.stoppedAt));
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
      executionStoppedAt: latest(tasks.map((task) => task.executionStoppedAt)),
      stoppedAt: latest(tasks.map((task) => task.stoppedAt)),
      durationSeconds: startedAt && endedAt ? secondsBetween(startedAt, endedAt) : undefined,
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
