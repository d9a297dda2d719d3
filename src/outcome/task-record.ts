import type { TaskOverrides } from "../inputs/task-inputs";

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
  /** When its first essential container had stopped. */
  readonly executionStoppedAt?: string;
  /** When it was STOPPED; absent where nobody waited for that. */
  readonly stoppedAt?: string;
  /** Network interfaces and volumes that ECS attached for it. */
  readonly attachments?: readonly AttachmentRecord[];
  /** In the order of their names: ECS gives them in any order. */
  readonly containers: readonly ContainerRecord[];
}

/** What is kept of a network interface or a volume of a task. */
export interface AttachmentRecord {
  /** `ElasticNetworkInterface`, `AmazonElasticBlockStorage` or `Service Connect`. */
  readonly type?: string;
}

/** A task as ECS showed it. */
export interface SeenTask {
  /** What is kept of it. */
  readonly record: TaskRecord;
  /** What it was started with. It is compared with what would be started now, and never kept: it holds values of environment variables. */
  readonly overrides: TaskOverrides | undefined;
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
export function hasContainerRun({ runtimeId, exitCode, lastStatus, reason }: ContainerRecord): boolean {
  if (runtimeId !== undefined || lastStatus === "RUNNING") return true;
  return exitCode !== undefined && !KEPT_BY_DEPENDENCY.test(reason ?? "");
}

/**
 * What the agent says of a container that it did not start because of another one, to which it gives the exit code 143
 * all the same. Source: amazon-ecs-agent, agent/engine/task_manager.go and dependencygraph/graph.go.
 */
const KEPT_BY_DEPENDENCY = /dependency graph|container ordering dependency/i;

/** Statuses a task passes after it was RUNNING: seen in one of them, it has been running, or was stopped before it could. */
const ON_ITS_WAY_OUT: readonly string[] = ["DEACTIVATING", "STOPPING", "DEPROVISIONING"];

/** Whether a task is on its way from RUNNING to STOPPED. */
export function isStopping(task: TaskRecord): boolean {
  return task.desiredStatus === "STOPPED" || ON_ITS_WAY_OUT.includes(task.lastStatus);
}
