import type { Clock } from "../../time/clock";
import { ecsArn, isArn, type Account } from "../arn";
import type { ClusterRecord } from "../clusters/clusters";
import { isStopped, type TaskRecord } from "./task-record";

const HOUR_MS = 60 * 60 * 1000;

/** ECS shows a stopped task "for at least one hour"; here it is exactly one. @see API_DescribeTasks.html */
const STOPPED_TASK_RETENTION_MS = HOUR_MS;

export interface TasksOptions {
  /** How long DescribeTasks and ListTasks show a stopped task, in milliseconds; an hour unless given. */
  readonly retentionMs?: number | undefined;
  /** Where the tasks are; what is in it already is taken over. */
  readonly byArn?: Map<string, TaskRecord> | undefined;
}

/** The tasks ECS remembers, oldest first. Asking for some does not look at the others: there may be ten thousand. */
export class Tasks {
  readonly #byArn: Map<string, TaskRecord>;
  /** ARNs by cluster, by cluster and family, by cluster and startedBy: what of a task never changes. */
  readonly #index = new Map<string, Set<string>>();
  /** The stopped ones, in the order in which they stopped, which is that in which they are forgotten. */
  readonly #stopped = new Map<string, number>();
  readonly #account: Account;
  readonly #clock: Clock;
  readonly #retentionMs: number;

  constructor(account: Account, clock: Clock, options: TasksOptions = {}) {
    const { retentionMs = STOPPED_TASK_RETENTION_MS, byArn = new Map<string, TaskRecord>() } = options;
    this.#account = account;
    this.#clock = clock;
    this.#retentionMs = retentionMs;
    this.#byArn = byArn;
    const records = [...byArn.values()];
    records.forEach((record) => {
      this.#addToIndex(record);
    });
    records
      .filter(isStopped)
      .sort((one, other) => stoppedAtOf(one) - stoppedAtOf(other))
      .forEach((record) => this.#stopped.set(record.task.taskArn, stoppedAtOf(record)));
  }

  put(record: TaskRecord): TaskRecord {
    const { taskArn } = record.task;
    if (!this.#byArn.has(taskArn)) this.#addToIndex(record);
    this.#byArn.set(taskArn, record);
    if (isStopped(record) && !this.#stopped.has(taskArn)) this.#stopped.set(taskArn, stoppedAtOf(record));
    return record;
  }

  get(taskArn: string): TaskRecord | undefined {
    this.#forget();
    const record = this.#byArn.get(taskArn);
    return record !== undefined && this.#isShown(record) ? record : undefined;
  }

  /** The task as long as a clientToken can ask for it, which is an hour after it stopped, shown or not. */
  remembered(taskArn: string): TaskRecord | undefined {
    this.#forget();
    return this.#byArn.get(taskArn);
  }

  /** @returns the task only if it belongs to the cluster: ECS does not look into other ones. */
  find(cluster: ClusterRecord, reference: string): TaskRecord | undefined {
    const record = this.get(this.arnOf(cluster, reference));
    return record?.task.clusterArn === cluster.clusterArn ? record : undefined;
  }

  /** Tasks of the cluster; with a filter only those. */
  in(
    { clusterArn }: Pick<ClusterRecord, "clusterArn">,
    {
      family,
      startedBy,
    }: { readonly family?: string | undefined; readonly startedBy?: string | undefined } = {},
  ): readonly TaskRecord[] {
    this.#forget();
    const key =
      startedBy !== undefined
        ? startedByKey(clusterArn, startedBy)
        : family !== undefined
          ? familyKey(clusterArn, family)
          : clusterArn;
    const records: TaskRecord[] = [];
    for (const taskArn of this.#index.get(key) ?? []) {
      const record = this.#byArn.get(taskArn);
      if (record !== undefined && this.#isShown(record)) records.push(record);
    }
    return records;
  }

  /** Tasks of the cluster that have not stopped: only these hold resources. */
  active(cluster: Pick<ClusterRecord, "clusterArn">): readonly TaskRecord[] {
    return this.in(cluster).filter((record) => !isStopped(record));
  }

  /** All tasks of all clusters. */
  all(): readonly TaskRecord[] {
    this.#forget();
    return [...this.#byArn.values()].filter((record) => this.#isShown(record));
  }

  arnOf(cluster: ClusterRecord, reference: string): string {
    return isArn(reference) ? reference : ecsArn(this.#account, `task/${cluster.clusterName}/${reference}`);
  }

  #isShown(record: TaskRecord): boolean {
    return !isStopped(record) || this.#clock.now() < stoppedAtOf(record) + this.#retentionMs;
  }

  #forget(): void {
    const horizon = this.#clock.now() - Math.max(this.#retentionMs, HOUR_MS);
    for (const [taskArn, stoppedAt] of this.#stopped) {
      if (stoppedAt > horizon) return;
      this.#stopped.delete(taskArn);
      const record = this.#byArn.get(taskArn);
      this.#byArn.delete(taskArn);
      if (record !== undefined) for (const key of keysOf(record)) this.#removeFromIndex(key, taskArn);
    }
  }

  #addToIndex(record: TaskRecord): void {
    for (const key of keysOf(record)) {
      const taskArns = this.#index.get(key) ?? new Set();
      this.#index.set(key, taskArns.add(record.task.taskArn));
    }
  }

  #removeFromIndex(key: string, taskArn: string): void {
    const taskArns = this.#index.get(key);
    taskArns?.delete(taskArn);
    if (taskArns?.size === 0) this.#index.delete(key);
  }
}

function keysOf({ task: { clusterArn, startedBy }, definition }: TaskRecord): readonly string[] {
  const keys = [clusterArn, familyKey(clusterArn, definition.family)];
  return startedBy === undefined ? keys : [...keys, startedByKey(clusterArn, startedBy)];
}

function familyKey(clusterArn: string, family: string): string {
  return `${clusterArn} family ${family}`;
}

function startedByKey(clusterArn: string, startedBy: string): string {
  return `${clusterArn} startedBy ${startedBy}`;
}

function stoppedAtOf({ task }: TaskRecord): number {
  return task.stoppedAt?.getTime() ?? 0;
}

/** A task id (32 hexadecimal digits; 36 characters before 2019) or the ARN of a task. */
export function isTaskReference(reference: string): boolean {
  const id = isArn(reference)
    ? /^arn:[^:]+:ecs:[^:]*:[^:]*:task\/(?:[^/]+\/)?([^/]+)$/.exec(reference)?.[1]
    : reference;
  return id?.length === 32 || id?.length === 36;
}
