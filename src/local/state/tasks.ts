import type { Clock } from "../clock";
import { ecsArn, isArn, type Account } from "./arn";
import type { ClusterRecord } from "./clusters";
import { isStopped, type TaskRecord } from "./task-record";

/** ECS shows a stopped task "for at least one hour"; here it is exactly one. @see API_DescribeTasks.html */
export const stoppedTaskRetentionMs = 60 * 60 * 1000;

/** The tasks ECS remembers, oldest first. */
export class Tasks {
  private readonly byArn = new Map<string, TaskRecord>();
  private readonly account: Account;
  private readonly clock: Clock;

  constructor(account: Account, clock: Clock) {
    this.account = account;
    this.clock = clock;
  }

  put(record: TaskRecord): TaskRecord {
    this.byArn.set(record.task.taskArn, record);
    return record;
  }

  get(taskArn: string): TaskRecord | undefined {
    this.forget();
    return this.byArn.get(taskArn);
  }

  /** @returns the task only if it belongs to the cluster: ECS does not look into other ones. */
  find(cluster: ClusterRecord, reference: string): TaskRecord | undefined {
    const record = this.get(this.arnOf(cluster, reference));
    return record?.task.clusterArn === cluster.clusterArn ? record : undefined;
  }

  in(cluster: ClusterRecord): readonly TaskRecord[] {
    this.forget();
    return [...this.byArn.values()].filter(({ task }) => task.clusterArn === cluster.clusterArn);
  }

  arnOf(cluster: ClusterRecord, reference: string): string {
    return isArn(reference) ? reference : ecsArn(this.account, `task/${cluster.clusterName}/${reference}`);
  }

  private forget(): void {
    const horizon = this.clock.now() - stoppedTaskRetentionMs;
    for (const [taskArn, record] of this.byArn)
      if (isStopped(record) && (record.task.stoppedAt?.getTime() ?? 0) <= horizon) this.byArn.delete(taskArn);
  }
}

/** A task id (32 hexadecimal digits; 36 characters before 2019) or the ARN of a task. */
export function isTaskReference(reference: string): boolean {
  const id = isArn(reference)
    ? /^arn:[^:]+:ecs:[^:]*:[^:]*:task\/(?:[^/]+\/)?([^/]+)$/.exec(reference)?.[1]
    : reference;
  return id?.length === 32 || id?.length === 36;
}
