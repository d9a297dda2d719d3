import type { Container, Task } from "@aws-sdk/client-ecs";

/** What is kept of a container of a task, as DescribeTasks reported it. */
export interface ContainerRecord {
  readonly name: string;
  readonly image?: string;
  /**
   * The digest of the manifest that the agent pulled; for a multi-architecture image that of the index. Absent
   * when nothing was pulled, and from agents before 1.70.0 for registries other than ECR.
   */
  readonly imageDigest?: string;
  readonly lastStatus?: string;
  /** Absent when the container never started. */
  readonly exitCode?: number;
  readonly reason?: string;
  readonly healthStatus?: string;
  readonly runtimeId?: string;
}

/** What is kept of a task, as DescribeTasks reported it. Times are ISO 8601. */
export interface TaskRecord {
  readonly taskArn: string;
  readonly taskDefinitionArn: string;
  readonly clusterArn: string;
  readonly lastStatus: string;
  readonly desiredStatus?: string;
  readonly launchType?: string;
  readonly capacityProviderName?: string;
  readonly platformVersion?: string;
  readonly availabilityZone?: string;
  readonly containerInstanceArn?: string;
  readonly startedBy?: string;
  readonly group?: string;
  readonly healthStatus?: string;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly createdAt?: string;
  readonly pullStartedAt?: string;
  readonly pullStoppedAt?: string;
  readonly startedAt?: string;
  readonly stoppingAt?: string;
  readonly executionStoppedAt?: string;
  readonly stoppedAt?: string;
  /** In the order of their names: ECS gives them in any order. */
  readonly containers: readonly ContainerRecord[];
}

/**
 * STOPPED is the last status a task keeps; DELETED is a "transition state when a task stops" that
 * DescribeTasks may show in its place.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export function isStopped(task: TaskRecord): boolean {
  return task.lastStatus === "STOPPED" || task.lastStatus === "DELETED";
}

/** Statuses a task passes after it was RUNNING: seen in one of them, it has been running, or was stopped before it could. */
const ON_ITS_WAY_OUT: readonly string[] = ["DEACTIVATING", "STOPPING", "DEPROVISIONING"];

/** Whether a task is on its way from RUNNING to STOPPED. */
export function isStopping(task: TaskRecord): boolean {
  return task.desiredStatus === "STOPPED" || ON_ITS_WAY_OUT.includes(task.lastStatus);
}

/**
 * What is kept of an answer of ECS.
 *
 * @param redact - replaces secrets in what people or containers wrote: reasons.
 */
export function taskRecord(task: Task, redact: (text: string) => string): TaskRecord {
  return jsonClean({
    taskArn: task.taskArn ?? "",
    taskDefinitionArn: task.taskDefinitionArn ?? "",
    clusterArn: task.clusterArn ?? "",
    lastStatus: task.lastStatus ?? "UNKNOWN",
    desiredStatus: task.desiredStatus,
    launchType: task.launchType,
    capacityProviderName: task.capacityProviderName,
    platformVersion: task.platformVersion,
    availabilityZone: task.availabilityZone,
    containerInstanceArn: task.containerInstanceArn,
    startedBy: task.startedBy,
    group: task.group,
    healthStatus: task.healthStatus,
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason && redact(task.stoppedReason),
    createdAt: isoTime(task.createdAt),
    pullStartedAt: isoTime(task.pullStartedAt),
    pullStoppedAt: isoTime(task.pullStoppedAt),
    startedAt: isoTime(task.startedAt),
    stoppingAt: isoTime(task.stoppingAt),
    executionStoppedAt: isoTime(task.executionStoppedAt),
    stoppedAt: isoTime(task.stoppedAt),
    containers: (task.containers ?? []).map((container) => containerRecord(container, redact)).sort(byName),
  }) as TaskRecord;
}

function containerRecord(container: Container, redact: (text: string) => string) {
  return {
    name: container.name ?? "",
    image: container.image,
    imageDigest: container.imageDigest,
    lastStatus: container.lastStatus,
    exitCode: container.exitCode,
    reason: container.reason && redact(container.reason),
    healthStatus: container.healthStatus,
    runtimeId: container.runtimeId,
  };
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function isoTime(time: Date | undefined): string | undefined {
  return time && Number.isFinite(time.getTime()) ? time.toISOString() : undefined;
}

/** Empty strings and `undefined` are ECS's two ways of saying nothing; state says it by leaving the member out. */
function jsonClean(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) => (inner === "" || inner === null ? undefined : inner)),
  );
}
