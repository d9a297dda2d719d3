import type { ContainerRun } from "./container-run";
import type { TaskPayload } from "./task-payload";
import type { TaskRun } from "./task-run";

/**
 * What the task metadata endpoint tells a container about itself and its task: the members that have a meaning here.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4-response.html (read 2026-11)
 */
export function taskMetadata(payload: TaskPayload, task: TaskRun): object {
  const { pullStartedAt, pullStoppedAt } = task.times;
  return {
    Cluster: payload.clusterArn,
    TaskARN: payload.taskArn,
    Family: payload.family,
    Revision: String(payload.revision),
    DesiredStatus: task.desiredStatus,
    KnownStatus: task.status,
    PullStartedAt: pullStartedAt,
    PullStoppedAt: pullStoppedAt,
    AvailabilityZone: payload.availabilityZone,
    LaunchType: payload.launchType,
    Containers: task.containers
      .filter(({ runtimeId }) => runtimeId !== undefined)
      .map((container) => containerMetadata(payload, task, container)),
  };
}

export function containerMetadata(payload: TaskPayload, task: TaskRun, container: ContainerRun): object {
  const { plan, runtimeId, status, exitCode, healthStatus } = container;
  const { family, revision } = payload;
  return {
    DockerId: runtimeId,
    Name: plan.name,
    DockerName: `ecs-${family}-${revision}-${plan.name}`,
    Image: plan.image,
    ImageID: container.imageDigest,
    Labels: {
      "com.amazonaws.ecs.cluster": payload.clusterArn,
      "com.amazonaws.ecs.container-name": plan.name,
      "com.amazonaws.ecs.task-arn": payload.taskArn,
      "com.amazonaws.ecs.task-definition-family": family,
      "com.amazonaws.ecs.task-definition-version": String(revision),
    },
    DesiredStatus: task.desiredStatus,
    KnownStatus: status,
    ExitCode: exitCode,
    Limits: { CPU: plan.cpu, Memory: plan.memoryMib },
    CreatedAt: container.createdAt,
    StartedAt: container.startedAt,
    FinishedAt: container.finishedAt,
    Type: "NORMAL",
    Health: plan.healthCheck === undefined ? undefined : { status: healthStatus },
    LogDriver: plan.logs === undefined ? undefined : "awslogs",
    LogOptions: plan.logs === undefined ? undefined : { "awslogs-group": plan.logs.group },
    ContainerARN: payload.containerArns[plan.name],
    Networks: [{ NetworkMode: plan.isOffline ? "none" : "host", IPv4Addresses: [] }],
  };
}

/** What a container uses is not measured. */
export function containerStats({ plan, runtimeId, startedAt }: ContainerRun, now: Date): object | null {
  return startedAt === undefined
    ? null
    : { read: now, id: runtimeId, name: plan.name, cpu_stats: {}, memory_stats: {}, networks: {} };
}
