import type { Input } from "@pulumi/pulumi";
import type {
  CapacityProviderStrategyArgs,
  NetworkConfigurationArgs,
  PlacementConstraintArgs,
  PlacementStrategyArgs,
  TaskOverridesArgs,
  VolumeConfigurationArgs,
  Word,
} from "./ecs-shapes";
import type { OnTimeout, ShowLogs, WaitFor } from "../inputs/task-inputs";

/*
 * Optional inputs are `Input<… | undefined>`, as those of `@pulumi/aws`: its outputs fit as they are.
 */

/** An ARN or a name, or a resource of `@pulumi/aws` or anything else that has it as its `arn`. */
export type ArnInput = Input<string | WithArn>;

/** What has an ARN, such as an `aws.ecs.TaskDefinition` or the result of `aws.ecs.getCluster`. */
export interface WithArn {
  /** The ARN. */
  readonly arn: Input<string>;
}

/**
 * What task to run, and how.
 *
 * Where `aws.ecs.Service` of `@pulumi/aws` has the same setting, it has the same name and shape here, so that
 * one object serves both. Everything else is named as in the ECS API.
 *
 * @public
 */
export interface EcsTaskArgs {
  /**
   * The task definition: an `aws.ecs.TaskDefinition`, an ARN, `family:revision`, or a family. A change runs a new task.
   *
   * A family alone means its latest ACTIVE revision at the time of the run. A newer revision does not make it
   * run again by itself: pass the task definition or its `arn` for that.
   */
  taskDefinition: ArnInput;
  /**
   * The cluster: an `aws.ecs.Cluster`, an ARN or a name. A change runs a new task.
   *
   * @defaultValue `"default"`
   */
  cluster?: Input<string | WithArn | undefined>;
  /**
   * `EC2`, `FARGATE` or `EXTERNAL`. Excludes `capacityProviderStrategies`, by which Fargate Spot and Managed Instances are reached. A change runs a new task.
   *
   * @defaultValue the cluster's default strategy, else `EC2`
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
   */
  launchType?: Input<Word<"EC2" | "FARGATE" | "EXTERNAL"> | undefined>;
  /**
   * 1 to 20 capacity providers with their base and weight, as in `aws.ecs.Service`. A change runs a new task.
   *
   * @defaultValue the cluster's default strategy, unless there is a `launchType`
   */
  capacityProviderStrategies?: Input<Input<CapacityProviderStrategyArgs>[] | undefined>;
  /**
   * Subnets, security groups and public IP, as in `aws.ecs.Service`. Required for task definitions with network
   * mode `awsvpc`, which Fargate needs. The order of the lists means nothing. A change runs a new task.
   */
  networkConfiguration?: Input<NetworkConfigurationArgs | undefined>;
  /**
   * What to change of the task definition for this run. Of each container by its `name`: `command`, `environment`
   * (a map, or the API's list), `environmentFiles`, `cpu`, `memory`, `memoryReservation`, `resourceRequirements`. At
   * most 8,192 characters as JSON. A change runs a new task.
   */
  overrides?: Input<TaskOverridesArgs | undefined>;
  /**
   * How many tasks to run, 1 to 10. All are waited for, and all must succeed. A change runs new tasks.
   *
   * @defaultValue 1
   */
  count?: Input<number | undefined>;
  /** The Fargate platform version, such as `1.4.0`. A change runs a new task. @defaultValue `"LATEST"` */
  platformVersion?: Input<string | undefined>;
  /** At most 10 constraints of placement, on EC2 only. A change runs a new task. */
  placementConstraints?: Input<Input<PlacementConstraintArgs>[] | undefined>;
  /** At most 5 strategies of placement, in the order in which they apply, on EC2 only. A change runs a new task. */
  orderedPlacementStrategies?: Input<Input<PlacementStrategyArgs>[] | undefined>;
  /** The task group. A change runs a new task. @defaultValue `family:` and the task definition's family */
  group?: Input<string | undefined>;
  /** A reference of AWS's own services, at most 1,024 characters. A change runs a new task. */
  referenceId?: Input<string | undefined>;
  /**
   * `TASK_DEFINITION`: the task gets the tags of its task definition; `NONE`: it does not. `SERVICE` is for tasks of
   * services, and ECS refuses it here. A change runs nothing: it holds from the next run on.
   *
   * @defaultValue `"NONE"`
   */
  propagateTags?: Input<Word<"TASK_DEFINITION" | "NONE"> | undefined>;
  /** Whether ECS tags the task with its cluster's name. A change runs nothing: it holds from the next run on. @defaultValue false */
  enableEcsManagedTags?: Input<boolean | undefined>;
  /** Whether `aws ecs execute-command` may be used on the task; needs a task role. A change runs nothing: it holds from the next run on. @defaultValue false */
  enableExecuteCommand?: Input<boolean | undefined>;
  /** An EBS volume that ECS makes for the task, as in `aws.ecs.Service`. A change runs a new task. */
  volumeConfiguration?: Input<VolumeConfigurationArgs | undefined>;
  /**
   * 1 to 10 container instances, by ID or ARN: the task runs on exactly these (StartTask), one on each. Excludes
   * `launchType`, `capacityProviderStrategies`, placement, `platformVersion` and `count`. A change runs new tasks.
   *
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html
   */
  containerInstances?: Input<Input<string>[] | undefined>;
  /** By container, the digest of the image it must run, `sha256:…`: a task that pulled another one has failed. A change runs a new task. */
  expectedImageDigests?: Input<Record<string, Input<string>> | undefined>;
  /** Anything: a new task runs when any of these change. A list, or a map from names to values. */
  triggers?: Input<Input<unknown>[]> | Input<Record<string, Input<unknown>> | undefined>;
  /**
   * Says which version runs, and makes it run at most once with success: a task of this resource and key that is alive is
   * adopted, one that succeeded within ECS's memory (about an hour) is taken instead of running again; one that failed is
   * not. Everything else must be equal, values of variables included, but the revision of `taskDefinition`, `triggers`,
   * `expectedImageDigests` and what runs nothing when it changes; one that differs is other work, and this one runs. A
   * change runs a new task.
   */
  idempotencyKey?: Input<string | undefined>;
  /** The containers whose exit codes decide. A change judges the last run again and runs nothing; judged as failed, it runs again at the next `up`. @defaultValue every essential container */
  successContainers?: Input<Input<string>[] | undefined>;
  /** The exit codes that mean success: any 32-bit code, signed or unsigned. A change judges the last run again and runs nothing. @defaultValue `[0]` */
  successExitCodes?: Input<Input<number>[] | undefined>;
  /** Tags of the task, at most 50. A change holds from the next run on. */
  tags?: Input<Record<string, Input<string>> | undefined>;
  /**
   * The `startedBy` of the task, in the place of the marker by which this package finds its tasks again: with one
   * of your own, a task whose `up` was killed is not found. At most 128 characters, 36 with `containerInstances`. A
   * change holds from the next run on.
   *
   * @defaultValue a marker made from the resource and its run
   */
  startedBy?: Input<string | undefined>;
  /**
   * What `up` waits for. `EXITED`: the success of the task, which it goes on with as soon as ECS shows how every container
   * ended; on Fargate that is a median of 13 s before `STOPPED`, the same and the end of its network interface and volumes,
   * for an update that then deletes its security group, subnet or role. `RUNNING`: that it runs. `NONE`: only that ECS
   * accepted it. A change runs nothing; to `EXITED` or `STOPPED`, it waits for the task of the last run.
   *
   * @defaultValue `"EXITED"`
   */
  waitFor?: Input<WaitFor | undefined>;
  /**
   * How long an `up` waits for that, in seconds, from 1 to 604,800, a week. It counts from the moment ECS accepted the
   * task, so that PROVISIONING and the pull of the image are included, and `capacityRetrySeconds` is not; an `up` that
   * goes on with a task counts from the beginning again.
   *
   * @defaultValue `create` of `opts.customTimeouts`, without it `update`, or 3600
   */
  timeoutSeconds?: Input<number | undefined>;
  /**
   * How long a task may take until it runs, in seconds, 1 to 604,800, counted as `timeoutSeconds` is. One that takes
   * longer (no capacity, an image that does not come) is stopped: it never ran, so nothing of it is half done. With
   * `count` above 1 the others go on. A shorter `timeoutSeconds` comes first. With `waitFor: "NONE"` nobody waits, and
   * none is stopped.
   *
   * @defaultValue 900
   */
  startTimeoutSeconds?: Input<number | undefined>;
  /**
   * What becomes of a task that has not ended by then. `LEAVE_RUNNING`: `up` fails, the task goes on, and the
   * next `up` goes on waiting for it; a migration is never killed unasked. `STOP`: it is stopped, and the next
   * `up` runs a new one.
   *
   * @defaultValue `"LEAVE_RUNNING"`
   */
  onTimeout?: Input<OnTimeout | undefined>;
  /**
   * `ON_FAILURE`: the last 20 lines of each failed container stand in the error, as far as its 16 KiB have room.
   * `STREAM`: all lines are shown as they come. `OFF`: none. Of a line over 2,000 characters, its middle is left out.
   *
   * @defaultValue `"ON_FAILURE"`
   */
  showLogs?: Input<ShowLogs | undefined>;
  /** How long a launch that was refused for lack of capacity is tried again, in seconds, 0 to 86,400, before the other times begin. @defaultValue 600 */
  capacityRetrySeconds?: Input<number | undefined>;
  /**
   * The AWS region. One that differs from that of the last run's task runs a new one.
   *
   * @defaultValue the stack's `aws:region`, then what the AWS SDK finds
   */
  region?: Input<string | undefined>;
  /**
   * The URL of the ECS and CloudWatch Logs API.
   *
   * @defaultValue `ecs` and `cloudwatchlogs` or `logs` of the stack's `aws:endpoints`, then what the AWS SDK finds
   */
  endpoint?: Input<string | undefined>;
  /**
   * The profile of the shared AWS configuration. With it the stack's `aws:accessKey` and `aws:secretKey` are not
   * used. Its `endpoint_url` is not used either: the AWS SDK reads only that of the profile that `AWS_PROFILE` names.
   *
   * @defaultValue the stack's `aws:profile`, then what the AWS SDK finds
   */
  profile?: Input<string | undefined>;
  /**
   * A role to assume with the credentials that are found otherwise.
   *
   * @defaultValue the stack's `aws:assumeRoles`
   */
  assumeRole?: Input<AssumeRoleArgs | undefined>;
}

/** Where to look for a task. @public */
export type GetTaskOptions = Pick<EcsTaskArgs, "region" | "endpoint" | "profile" | "assumeRole">;

/** A role to assume. @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html @public */
export interface AssumeRoleArgs {
  /** The ARN of the role. */
  roleArn: Input<string>;
  /** @defaultValue `"pulumi-ecs-task"` */
  sessionName?: Input<string | undefined>;
  /** What the role's owner asks for, to know on whose behalf it is assumed, 2 to 1,224 characters. */
  externalId?: Input<string | undefined>;
  /** 900 to 43,200. @defaultValue 3600 */
  durationSeconds?: Input<number | undefined>;
}
