import type { FaultPlan } from "../faults/fault-plan";
import type { TaskPlan } from "../faults/task-plan";
import { taskStatuses } from "../state/tasks/task-status";
import type { PhaseMs } from "../state/tasks/task-lifecycle";
import type { RuntimeKind } from "../runtime/make-runtime";
import type { Account } from "../state/arn";
import type { ConsistencyLag } from "../state/tasks/visibility";

/** How the local ECS is to be. @public */
export interface LocalEcsOptions {
  /**
   * Port on 127.0.0.1; the local ECS never listens elsewhere.
   * @defaultValue 0: a free one
   */
  readonly port?: number;
  /** @defaultValue "us-east-1" */
  readonly region?: string;
  /**
   * 12 digits.
   * @defaultValue "123456789012"
   */
  readonly accountId?: string;
  /**
   * Where images are: OCI image layouts, archives of them, archives of `docker save`, or folders with several of these. A
   * task definition's image is found by its name and tag, or by `name@sha256:…`; `app` is also called
   * `docker.io/library/app`, as with Docker.
   * @defaultValue []
   */
  readonly images?: readonly string[];
  /**
   * What runs the containers: `process`, plain processes of this user without isolation, or `engine`, real containers
   * of the Docker or Podman that answers on this machine.
   * @defaultValue "process"
   */
  readonly runtime?: RuntimeKind;
  /**
   * A `config.json` of Docker's: the credentials in its `auths` are used for registries; credential helpers are not.
   * @defaultValue registries are asked without credentials
   */
  readonly dockerConfig?: string;
  /**
   * The values that `secrets` of task definitions refer to: from ARN or name of the secret or parameter to its value, or
   * a folder with one file per value, named like the secret or parameter.
   * @defaultValue a task that asks for a secret ends with ResourceInitializationError
   */
  readonly secrets?: Readonly<Record<string, string>> | string;
  /**
   * Folder that stands for S3 in `environmentFiles` of task definitions: `arn:aws:s3:::bucket/a.env` is its file
   * `bucket/a.env`.
   * @defaultValue a task that names an environment file ends with ResourceInitializationError
   */
  readonly environmentFiles?: string;
  /**
   * Folder for unpacked images and containers; what the local ECS puts there is removed by close.
   * @defaultValue a temporary folder, removed by close
   */
  readonly dataDir?: string;
  /**
   * Folder that keeps clusters, task definitions, tasks, client tokens, logs and the clock, for the next start. Tasks that
   * are not STOPPED when the local ECS ends are STOPPED then.
   * @defaultValue nothing is kept
   */
  readonly stateDir?: string;
  /**
   * How long a task stays in a status it only passes through, in milliseconds (0 or more).
   * @defaultValue 25
   */
  readonly transitionMs?: number;
  /**
   * The same for single statuses, as `{ DEPROVISIONING: 12_900 }`: so long a network interface takes on Fargate.
   * @defaultValue as `transitionMs` says
   */
  readonly phaseMs?: PhaseMs;
  /**
   * What goes wrong with which calls.
   * @defaultValue nothing
   */
  readonly faults?: FaultPlan;
  /**
   * What becomes of the tasks that are launched, beside what their containers do.
   * @defaultValue nothing
   */
  readonly taskPlans?: readonly TaskPlan[];
  /**
   * How long DescribeTasks and ListTasks do not know a new task, in milliseconds of the local ECS's clock.
   * @defaultValue not at all
   */
  readonly lagMs?: ConsistencyLag;
  /**
   * How long DescribeTasks and ListTasks show a stopped task, in milliseconds of the local ECS's clock (0 or more).
   * @defaultValue an hour
   */
  readonly stoppedTaskRetentionMs?: number;
  /**
   * Limits calls as AWS does by default, by token buckets: what is too much gets ThrottlingException `Rate exceeded`.
   * @defaultValue false
   */
  readonly throttling?: boolean;
  /**
   * Whether each cluster has a container instance from the beginning: this machine, with room for every task. On AWS a
   * new cluster has none. Of use where tasks on EC2 shall not find room unless an instance is registered.
   * @defaultValue true
   */
  readonly defaultInstance?: boolean;
  /**
   * Gets the log line by line: requests (operation, status, duration; never their content) and failures of its own.
   * @defaultValue nothing is logged
   */
  readonly log?: (line: string) => void;
  /**
   * Gets what containers print, line by line, whatever their log configuration says.
   * @defaultValue it goes where the log configuration says, and nowhere without one
   */
  readonly onContainerLine?: (line: ContainerLine) => void;
}

/** A line that a container printed. @public */
export interface ContainerLine {
  /** The task that it belongs to. */
  readonly taskArn: string;
  /** Its name in the task definition. */
  readonly containerName: string;
  /** As it was printed: it may hold what a terminal would act on. */
  readonly message: string;
}

/** Whose ECS this is. @throws Error when the account, the region or a duration make no sense. */
export function accountOf(options: LocalEcsOptions): Account {
  const { region = "us-east-1", accountId = "123456789012" } = options;
  checkDurations(options);
  if (!/^\d{12}$/.test(accountId))
    throw new Error(`accountId must be 12 digits: ${JSON.stringify(accountId)} is not.`);
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region))
    throw new Error(
      `region must be the name of an AWS region, like us-east-1: ${JSON.stringify(region)} is not.`,
    );
  return { region, accountId };
}

function checkDurations(options: LocalEcsOptions): void {
  const { transitionMs, stoppedTaskRetentionMs, lagMs = {}, phaseMs = {} } = options;
  const unknown = Object.keys(phaseMs).find((name) => !taskStatuses.some((status) => status === name));
  if (unknown !== undefined)
    throw new Error(
      `phaseMs must name statuses of tasks, like DEPROVISIONING: ${JSON.stringify(unknown)} is none.`,
    );
  const durations: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(Object.entries(phaseMs).map(([name, value]) => [`phaseMs.${name}`, value])),
    transitionMs,
    stoppedTaskRetentionMs,
    "lagMs.DescribeTasks": lagMs.DescribeTasks,
    "lagMs.ListTasks": lagMs.ListTasks,
  };
  for (const [name, value] of Object.entries(durations))
    if (value !== undefined && !(typeof value === "number" && Number.isFinite(value) && value >= 0))
      throw new Error(
        `${name} must be a number of milliseconds, 0 or more: ${typeof value === "number" ? value : JSON.stringify(value)} is not.`,
      );
}
