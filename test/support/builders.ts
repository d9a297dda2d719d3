import type { ContainerRecord, TaskRecord } from "../../src/outcome/task-record";

export const TASK_ARN = "arn:aws:ecs:eu-central-1:123456789012:task/prod/0123456789abcdef0123456789abcdef";

/** A container that ran to its end. */
export function container(over: Partial<ContainerRecord> = {}): ContainerRecord {
  return { name: "app", lastStatus: "STOPPED", runtimeId: "r", exitCode: 0, ...over };
}

/** A container that never started: no exit code, no runtime id. */
export function neverStarted(over: Partial<ContainerRecord> = {}): ContainerRecord {
  return { name: "app", lastStatus: "STOPPED", ...over };
}

/** A task that a container's exit ended. */
export function stoppedTask(
  containers: readonly ContainerRecord[],
  over: Partial<TaskRecord> = {},
): TaskRecord {
  return runningTask({ lastStatus: "STOPPED", stopCode: "EssentialContainerExited", containers, ...over });
}

/** A task whose container ended it, of which only the network interface is left. */
export function overTask(
  containers: readonly ContainerRecord[] = [container()],
  over: Partial<TaskRecord> = {},
): TaskRecord {
  return stoppedTask(containers, {
    lastStatus: "DEPROVISIONING",
    desiredStatus: "STOPPED",
    executionStoppedAt: "2026-01-01T00:00:00.000Z",
    attachments: [{ type: "ElasticNetworkInterface" }],
    ...over,
  });
}

export function runningTask(over: Partial<TaskRecord> = {}): TaskRecord {
  return {
    taskArn: TASK_ARN,
    taskDefinitionArn: "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:41",
    clusterArn: "arn:aws:ecs:eu-central-1:123456789012:cluster/prod",
    lastStatus: "RUNNING",
    containers: [],
    ...over,
  };
}
