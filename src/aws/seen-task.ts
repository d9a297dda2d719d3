import type { Container, Task } from "@aws-sdk/client-ecs";
import { clusterArnOfTask } from "./arn";
import { plainLine } from "../text/plain-text";
import { redactor, type Redact } from "../inputs/redact-secrets";
import type { TaskOverrides } from "../inputs/task-inputs";
import type { SeenTask, TaskRecord } from "../outcome/task-record";

/**
 * Reads a task in an answer of ECS. Its texts become plain lines. In reasons, the values of the task's own environment
 * overrides are replaced: it can be a task of another run, with values that no input holds any more.
 */
export function seenTask(task: Task): SeenTask {
  const overrides = overridesOf(task);
  return redactedTask({ record: recordOf(task), overrides }, redactor(overrides ? { overrides } : {}));
}

/** A task in whose reasons something is replaced. What it was started with stays as it is: it is compared. */
export function redactedTask({ record, overrides }: SeenTask, redact: Redact): SeenTask {
  const { stoppedReason } = record;
  const containers = record.containers.map((container) =>
    container.reason ? { ...container, reason: redact(container.reason) } : container,
  );
  const told = stoppedReason ? { stoppedReason: redact(stoppedReason) } : {};
  return { record: { ...record, ...told, containers }, overrides };
}

function recordOf(task: Task): TaskRecord {
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
    stoppedReason: task.stoppedReason,
    createdAt: isoTime(task.createdAt),
    pullStartedAt: isoTime(task.pullStartedAt),
    pullStoppedAt: isoTime(task.pullStoppedAt),
    startedAt: isoTime(task.startedAt),
    stoppingAt: isoTime(task.stoppingAt),
    executionStoppedAt: isoTime(task.executionStoppedAt),
    stoppedAt: isoTime(task.stoppedAt),
    attachments: task.attachments?.map(({ type }) => ({ type })),
    containers: (task.containers ?? []).map(containerRecord).sort(byName),
  }) as TaskRecord;
}

function containerRecord(container: Container) {
  return {
    name: container.name ?? "",
    image: container.image,
    imageDigest: container.imageDigest,
    lastStatus: container.lastStatus,
    exitCode: container.exitCode,
    reason: container.reason,
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
    JSON.stringify(value, (_key, inner: unknown) => {
      const plain = typeof inner === "string" ? plainLine(inner) : inner;
      return plain === "" || plain === null ? undefined : plain;
    }),
  );
}

/** The overrides of a task, which DescribeTasks gives in the API's form, with an entry for each container. */
function overridesOf({ overrides }: Task): TaskOverrides | undefined {
  if (!overrides) return undefined;
  const { ephemeralStorage, ...rest } = overrides;
  const own = { ...rest, ephemeralStorage: ephemeralStorage && { sizeInGib: ephemeralStorage.sizeInGiB } };
  const isNothing = (value: unknown) => Array.isArray(value) && value.length === 0;
  return JSON.parse(
    JSON.stringify(own, (_key, value: unknown) => (isNothing(value) ? undefined : value)),
  ) as TaskOverrides;
}
