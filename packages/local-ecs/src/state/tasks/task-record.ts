import type {
  Attachment,
  Container,
  HealthStatus,
  SubmitTaskStateChangeRequest,
  Tag,
  Task,
  TaskStopCode,
} from "@aws-sdk/client-ecs";
import type { TaskPlan } from "../../faults/task-plan";
import type { Demand } from "../placement/resources";
import type { StoredTaskDefinition } from "../task-definitions/task-definitions";
import { applyDetails } from "./state-changes";
import { defined } from "../../values/defined";
import { laterGoal, type TaskGoal, type TaskPosition, type TaskStatus } from "./task-status";
import { withVolumesAttached } from "./volume-attachments";

type Known =
  "taskArn" | "clusterArn" | "taskDefinitionArn" | "desiredStatus" | "createdAt" | "version" | "attachments";

/** A task as DescribeTasks shows it, but for its tags. */
export type StoredTask = Omit<Task, "tags" | "lastStatus" | "containers"> & {
  readonly [K in Known]-?: NonNullable<Task[K]>;
} & { readonly lastStatus: TaskStatus; readonly containers: readonly StoredContainer[] };

export type StoredContainer = Container & { readonly name: string; readonly image: string };

/** All the server knows of one task. Records are values: a change makes a new one. */
export interface TaskRecord {
  readonly task: StoredTask;
  readonly tags: readonly Tag[];
  readonly definition: StoredTaskDefinition;
  /** What it takes of its container instance until it has stopped. */
  readonly demand: Demand;
  readonly goal: TaskGoal;
  readonly hasRun: boolean;
  /** Of tasks with networkMode awsvpc, as it is once attached. */
  readonly networkInterface: Attachment | undefined;
  /** What a user planned for it, as far as it is still to come. */
  readonly plan?: TaskPlan;
}

export function isStopped({ task }: TaskRecord): boolean {
  return task.lastStatus === "STOPPED";
}

/** Whether the task waits, where it is, for its release. */
export function isHeld({ task, plan }: TaskRecord): boolean {
  return plan?.holdAt === task.lastStatus;
}

export function positionOf({ task, goal, hasRun, networkInterface }: TaskRecord): TaskPosition {
  return {
    lastStatus: task.lastStatus,
    goal,
    hasRun,
    wasStopped: task.stopCode !== undefined && task.stopCode !== "EssentialContainerExited",
    hasNetworkInterface: networkInterface !== undefined,
  };
}

/** The task after one step of its life. */
export function moveTask(record: TaskRecord, lastStatus: TaskStatus, now: number): TaskRecord {
  const at = new Date(now);
  const moved = changed(record, { lastStatus });
  if (lastStatus === "PENDING")
    return changed(attach(moved), { connectivity: "CONNECTED", connectivityAt: at }, 0);
  if (lastStatus === "RUNNING")
    return changed(
      moved,
      { startedAt: startOf(record, now), attachments: withVolumesAttached(moved.task.attachments) },
      0,
    );
  if (lastStatus === "STOPPED") return changed(moved, { stoppedAt: at, ...closed(moved.task) }, 0);
  return moved;
}

/** A short task may have ended before it is seen to run: it has started before. */
function startOf({ task }: TaskRecord, now: number): Date {
  const ends = [task.executionStoppedAt, task.stoppingAt].map((at) => at?.getTime() ?? now);
  return new Date(Math.min(now, ...ends));
}

/**
 * The task after somebody asked to stop it. A second request changes nothing. A user's request deletes its tags.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html (read 2026-11)
 */
export function askToStop(
  record: TaskRecord,
  { reason, stopCode = "UserInitiated" }: { readonly reason: string; readonly stopCode?: TaskStopCode },
  now: number,
): TaskRecord {
  if (record.task.desiredStatus === "STOPPED") return record;
  // Before PENDING no agent has heard of the task, so there is nobody to wait for.
  const isUnheardOf = record.task.lastStatus === "PROVISIONING" || isHeld(record);
  const goal: TaskGoal = isUnheardOf ? "STOPPED" : "STOPPING";
  const stopping = changed(record, {
    desiredStatus: "STOPPED",
    stopCode,
    stoppedReason: reason,
    stoppingAt: new Date(now),
  });
  return {
    ...stopping,
    goal: laterGoal(record.goal, goal),
    ...(stopCode === "UserInitiated" ? { tags: [] } : {}),
  };
}

/** The task after the local ECS itself ended, and its containers with it. What they would have exited with is not known. */
export function abandon(record: TaskRecord, now: number): TaskRecord {
  if (isStopped(record)) return record;
  const stopping: Partial<StoredTask> =
    record.task.desiredStatus === "STOPPED"
      ? {}
      : {
          desiredStatus: "STOPPED",
          stopCode: record.hasRun ? "TerminationNotice" : "TaskFailedToStart",
          stoppedReason: "The local ECS was ended while the task was not.",
          stoppingAt: new Date(now),
        };
  return moveTask({ ...changed(record, stopping), goal: "STOPPED" }, "STOPPED", now);
}

/** The task after its agent reported a change of it. What was said once is kept until it is said anew. */
export function applyReport(
  record: TaskRecord,
  report: SubmitTaskStateChangeRequest,
  now: number,
): TaskRecord {
  if (isStopped(record)) return record;
  const { pullStartedAt, pullStoppedAt, executionStoppedAt } = report;
  const heard = changed(record, {
    ...applyDetails(record.task, report),
    ...defined({ pullStartedAt, pullStoppedAt, executionStoppedAt }),
  });
  if (report.status === "STOPPED") {
    const ran = { ...heard, hasRun: heard.hasRun || hasEssentialRun(heard) };
    return { ...endedByItself(ran, report.reason, now), goal: "STOPPED" };
  }
  if (report.status === "RUNNING") return { ...heard, goal: laterGoal(heard.goal, "RUNNING"), hasRun: true };
  return { ...heard, goal: laterGoal(heard.goal, "ACTIVATING") };
}

/** A short task may end before its agent has said that it runs. What was never created has no runtime id. */
function hasEssentialRun({ task, definition }: TaskRecord): boolean {
  return definition.containerDefinitions.some(({ name, essential }) => {
    const { runtimeId, exitCode } = task.containers.find((container) => container.name === name) ?? {};
    return essential !== false && runtimeId !== undefined && exitCode !== undefined;
  });
}

/**
 * The task after a health check of a container has changed its mind.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html (read 2026-11) for the task's health
 */
export function applyHealth(
  record: TaskRecord,
  containerName: string,
  healthStatus: HealthStatus,
): TaskRecord {
  if (isStopped(record)) return record;
  const containers = record.task.containers.map((container) =>
    container.name === containerName ? { ...container, healthStatus } : container,
  );
  const decisive = record.definition.containerDefinitions
    .filter(({ essential, healthCheck }) => essential !== false && healthCheck !== undefined)
    .map(({ name }) => containers.find((container) => container.name === name)?.healthStatus);
  return changed(record, { containers, healthStatus: healthOfAll(decisive) });
}

function healthOfAll(statuses: readonly (HealthStatus | undefined)[]): HealthStatus {
  if (statuses.includes("UNHEALTHY")) return "UNHEALTHY";
  return statuses.length > 0 && statuses.every((status) => status === "HEALTHY") ? "HEALTHY" : "UNKNOWN";
}

/**
 * Why a task ended that nobody stopped.
 * Stop codes: API_Task.html; the texts: developerguide/stopped-task-errors.html (read 2026-11).
 */
function endedByItself(record: TaskRecord, reason: string | undefined, now: number): TaskRecord {
  if (record.task.desiredStatus === "STOPPED") return record;
  const ended = { desiredStatus: "STOPPED", stoppingAt: new Date(now) };
  if (record.hasRun)
    return changed(record, {
      ...ended,
      stopCode: "EssentialContainerExited",
      stoppedReason: "Essential container in task exited",
    });
  // Agents send an empty reason where they have none.
  const cause = [reason, ...record.task.containers.map((container) => container.reason)].find(
    (each = "") => each !== "",
  );
  return changed(record, {
    ...ended,
    stopCode: "TaskFailedToStart",
    stoppedReason: cause ?? "Task failed to start",
  });
}

function attach(record: TaskRecord): TaskRecord {
  const { networkInterface, task } = record;
  if (networkInterface === undefined) return record;
  const address = networkInterface.details?.find(({ name }) => name === "privateIPv4Address")?.value;
  const networkInterfaces = [{ attachmentId: networkInterface.id, privateIpv4Address: address }];
  const containers = task.containers.map((container) => ({ ...container, networkInterfaces }));
  const attachments = task.attachments.map((each) =>
    each.id === networkInterface.id ? networkInterface : each,
  );
  return changed(record, { attachments, containers }, 0);
}

function closed(task: StoredTask): Partial<StoredTask> {
  return {
    attachments: task.attachments.map((attachment) => ({ ...attachment, status: "DELETED" })),
    containers: task.containers.map((container) => ({ ...container, lastStatus: "STOPPED" })),
  };
}

function changed(record: TaskRecord, change: Partial<StoredTask>, versions = 1): TaskRecord {
  return { ...record, task: { ...record.task, ...change, version: record.task.version + versions } };
}
