import { clusterName } from "../aws/arn";
import type { TaskRecord } from "../outcome/task-record";

/** A container of a task, and the image that ECS says it runs. */
export interface ContainerImage {
  /** The task's cluster. */
  readonly clusterArn: string;
  /** The container's task. */
  readonly taskArn: string;
  /** The task definition with its revision. */
  readonly taskDefinitionArn: string;
  /** `service:<name>`, `family:<name>` or what RunTask was given; absent when ECS gave none. */
  readonly group?: string;
  /** The service whose scheduler started the task; absent for any other task. */
  readonly serviceName?: string;
  /** Its name in the task definition. */
  readonly containerName: string;
  /** As the task definition names it; ECS may add the digest for tasks of a service. */
  readonly image?: string;
  /**
   * The digest of the manifest that was pulled; for a multi-architecture image that of its index. Absent when ECS
   * gave none: nothing is pulled yet, the pull failed, or the agent does not report it.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Container.html
   */
  readonly imageDigest?: string;
  /** The container's status, or the task's where ECS gives none. */
  readonly lastStatus: string;
}

/** The containers of a task, in the order of their names. */
export function containerImages(task: TaskRecord): ContainerImage[] {
  const { clusterArn, taskArn, taskDefinitionArn, group, containers } = task;
  // "group: … if the task was started by a service, the service name is the group", API_Task: `service:<name>`.
  const serviceName = group?.startsWith("service:") ? group.slice("service:".length) : undefined;
  return containers.map(({ name, image, imageDigest, lastStatus }) => ({
    clusterArn,
    taskArn,
    taskDefinitionArn,
    ...(group ? { group } : {}),
    ...(serviceName ? { serviceName } : {}),
    containerName: name,
    ...(image ? { image } : {}),
    ...(imageDigest ? { imageDigest } : {}),
    lastStatus: lastStatus ?? task.lastStatus,
  }));
}

/** Sorted by cluster, group, task and container, so that the same tasks always make the same list. */
export function inOrder(containers: readonly ContainerImage[]): ContainerImage[] {
  const keyOf = ({ clusterArn, group = "", taskArn, containerName }: ContainerImage) =>
    [clusterName(clusterArn), group, taskArn, containerName].join("\n");
  return containers
    .map((container) => ({ container, key: keyOf(container) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ container }) => container);
}

/** The containers that run an image, and those that may. */
export interface DigestMatches {
  /** The tasks in which at least one container runs it. */
  readonly taskArns: readonly string[];
  /** The containers that run it. */
  readonly containers: readonly ContainerImage[];
  /** Containers of which ECS gives no digest: it is not known whether they run it. */
  readonly unknown: readonly ContainerImage[];
}

/** Sorts containers by whether they run one of these digests; digests are compared exactly. */
export function matchDigests(
  containers: readonly ContainerImage[],
  digests: readonly string[],
): DigestMatches {
  const matching = containers.filter(({ imageDigest }) => imageDigest && digests.includes(imageDigest));
  return {
    taskArns: [...new Set(matching.map(({ taskArn }) => taskArn))],
    containers: matching,
    unknown: containers.filter(({ imageDigest }) => imageDigest === undefined),
  };
}
