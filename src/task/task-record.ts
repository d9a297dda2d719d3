import type { Container, Task } from "@aws-sdk/client-ecs";
import { clusterArnOfTask } from "./arn";
import { overridesOf } from "./echoed-overrides";
import { plainLine } from "./plain-text";
import { redactor, type Redact } from "./redact";

/** What is kept of a container of a task, as DescribeTasks reported it. */
export interface ContainerRecord {
  /** Its name in the task definition. */
  readonly name: string;
  /** The image as the task definition names it. */
  readonly image?: string;
  /**
   * The digest of the manifest that the agent pulled; for a multi-architecture image that of the index. Absent
   * when nothing was pulled, and from agents before 1.70.0 for registries other than ECR.
   */
  readonly imageDigest?: string;
  /** `PENDING`, `RUNNING` or `STOPPED`. */
  readonly lastStatus?: string;
  /** Absent when the container never started, or ECS gave none. */
  readonly exitCode?: number;
  /** What ECS says of its end; at most 1,024 characters. */
  readonly reason?: string;
  /** `HEALTHY`, `UNHEALTHY` or `UNKNOWN`. */
  readonly healthStatus?: string;
  /** The container runtime's id; absent when it was never created. */
  readonly runtimeId?: string;
}

/** What is kept of a task, as DescribeTasks reported it. Times are ISO 8601. */
export interface TaskRecord {
  /** The ARN. */
  readonly taskArn: string;
  /** The task definition with its revision. */
  readonly taskDefinitionArn: string;
  /** The cluster. */
  readonly clusterArn: string;
  /** The status as last seen. */
  readonly lastStatus: string;
  /** `RUNNING`, or `STOPPED` once it is to end. */
  readonly desiredStatus?: string;
  /** `EC2`, `FARGATE`, `EXTERNAL` or `MANAGED_INSTANCES`. */
  readonly launchType?: string;
  /** The capacity provider that placed it. */
  readonly capacityProviderName?: string;
  /** The Fargate platform version. */
  readonly platformVersion?: string;
  /** Where it runs. */
  readonly availabilityZone?: string;
  /** The instance it runs on; absent on Fargate. */
  readonly containerInstanceArn?: string;
  /** Who started it: of our own tasks the marker. */
  readonly startedBy?: string;
  /** `family:<name>`, `service:<name>` or what RunTask was given. */
  readonly group?: string;
  /** `HEALTHY`, `UNHEALTHY` or `UNKNOWN`. */
  readonly healthStatus?: string;
  /** Why ECS stopped it. */
  readonly stopCode?: string;
  /** The same in words. */
  readonly stoppedReason?: string;
  /** When ECS accepted it. */
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

/**
 * Whether a container came to run: it has a runtime id or an exit code, or is RUNNING. STOPPED alone proves nothing, for
 * a container that could not be started is that too.
 */
export function hasContainerRun({ runtimeId, exitCode, lastStatus }: ContainerRecord): boolean {
  return runtimeId !== undefined || exitCode !== undefined || lastStatus === "RUNNING";
}

/** Statuses a task passes after it was RUNNING: seen in one of them, it has been running, or was stopped before it could. */
const ON_ITS_WAY_OUT: readonly string[] = ["DEACTIVATING", "STOPPING", "DEPROVISIONING"];

/** Whether a task is on its way from RUNNING to STOPPED. */
export function isStopping(task: TaskRecord): boolean {
  return task.desiredStatus === "STOPPED" || ON_ITS_WAY_OUT.includes(task.lastStatus);
}

/**
 * What is kept of an answer of ECS: plain lines. The values of the task's own environment overrides are replaced in
 * reasons: it can be the task of another run, with values that no input holds any more.
 *
 * @param redactOrder - replaces secrets in what people or containers wrote: reasons.
 */
export function taskRecord(task: Task, redactOrder: Redact): TaskRecord {
  const overrides = overridesOf(task);
  const redact = overrides ? all(redactor({ overrides }), redactOrder) : redactOrder;
  return jsonClean({
    taskArn: task.taskArn ?? "",
    taskDefinitionArn: task.taskDefinitionArn ?? "",
    // A replayed answer of RunTask names the task alone, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
    clusterArn: task.clusterArn ?? clusterArnOfTask(task.taskArn ?? ""),
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
    stoppedReason: redacted(task.stoppedReason, redact),
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

function all(...redacts: readonly Redact[]): Redact {
  return (text) => redacts.reduce((shown, redact) => redact(shown), text);
}

function containerRecord(container: Container, redact: Redact) {
  return {
    name: container.name ?? "",
    image: container.image,
    imageDigest: container.imageDigest,
    lastStatus: container.lastStatus,
    exitCode: container.exitCode,
    reason: redacted(container.reason, redact),
    healthStatus: container.healthStatus,
    runtimeId: container.runtimeId,
  };
}

function redacted(reason: string | undefined, redact: Redact): string | undefined {
  return reason && redact(plainLine(reason));
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
    JSON.stringify(value, (_key, inner: unknown) => {
      const plain = typeof inner === "string" ? plainLine(inner) : inner;
      return plain === "" || plain === null ? undefined : plain;
    }),
  );
}
