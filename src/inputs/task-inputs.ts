/**
 * The inputs of an `EcsTask` as the provider receives them: every `Input<>` is resolved. The public
 * documentation of each stands on `EcsTaskArgs`.
 */
export interface TaskInputs {
  readonly taskDefinition: string;
  readonly cluster?: string;
  readonly launchType?: string;
  readonly capacityProviderStrategies?: readonly CapacityProviderStrategy[];
  readonly networkConfiguration?: NetworkConfiguration;
  readonly overrides?: TaskOverrides;
  readonly count?: number;
  readonly platformVersion?: string;
  readonly placementConstraints?: readonly PlacementConstraint[];
  readonly orderedPlacementStrategies?: readonly PlacementStrategy[];
  readonly group?: string;
  readonly referenceId?: string;
  readonly propagateTags?: PropagateTags;
  readonly enableEcsManagedTags?: boolean;
  readonly enableExecuteCommand?: boolean;
  readonly volumeConfiguration?: VolumeConfiguration;
  readonly containerInstances?: readonly string[];
  readonly expectedImageDigests?: Readonly<Record<string, string>>;
  readonly triggers?: readonly unknown[] | Readonly<Record<string, unknown>>;
  readonly idempotencyKey?: string;
  readonly successContainers?: readonly string[];
  readonly successExitCodes?: readonly number[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly startedBy?: string;
  readonly waitFor?: WaitFor;
  readonly timeoutSeconds?: number;
  readonly startTimeoutSeconds?: number;
  readonly onTimeout?: OnTimeout;
  readonly showLogs?: ShowLogs;
  readonly capacityRetrySeconds?: number;
  /** The AWS region. */
  readonly region?: string;
  /** The profile of the shared AWS configuration. */
  readonly profile?: string;
  /** A role to assume. */
  readonly assumeRole?: AssumeRole;
  /** The URL of the ECS and CloudWatch Logs API. */
  readonly endpoint?: string;
  /** The URN of the Pulumi resource, put in by its constructor: identity and log line follow from it. */
  readonly resourceUrn?: string;
}

/** What `up` waits for. */
export type WaitFor = "EXITED" | "STOPPED" | "RUNNING" | "NONE";
export const WAIT_FOR = ["EXITED", "STOPPED", "RUNNING", "NONE"] as const satisfies readonly WaitFor[];

/** Whether what is waited for is the end of the task. */
export function isForTheEnd(waitFor: WaitFor): boolean {
  return waitFor === "EXITED" || waitFor === "STOPPED";
}

/** What becomes of a task that outlives `timeoutSeconds`. */
export type OnTimeout = "LEAVE_RUNNING" | "STOP";
export const ON_TIMEOUT = ["LEAVE_RUNNING", "STOP"] as const satisfies readonly OnTimeout[];

/** Which log lines are shown. */
export type ShowLogs = "ON_FAILURE" | "STREAM" | "OFF";
export const SHOW_LOGS = ["ON_FAILURE", "STREAM", "OFF"] as const satisfies readonly ShowLogs[];

export const PROPAGATE_TAGS = ["TASK_DEFINITION", "NONE"] as const;
export type PropagateTags = (typeof PROPAGATE_TAGS)[number];

export const LAUNCH_TYPES = ["EC2", "FARGATE", "EXTERNAL"] as const;
export const CONSTRAINT_TYPES = ["distinctInstance", "memberOf"] as const;
export const STRATEGY_TYPES = ["random", "spread", "binpack"] as const;
export const FILE_SYSTEM_TYPES = ["ext3", "ext4", "xfs", "ntfs"] as const;
export const VOLUME_TYPES = ["gp2", "gp3", "io1", "io2", "sc1", "st1", "standard"] as const;
export const ENVIRONMENT_FILE_TYPES = ["s3"] as const;
export const RESOURCE_TYPES = ["GPU", "InferenceAccelerator", "NeuronDevice"] as const;

export interface PlacementConstraint {
  readonly type: string;
  readonly expression?: string;
}

export interface PlacementStrategy {
  readonly type: string;
  readonly field?: string;
}

/** As in `aws.ecs.Service`. */
export interface VolumeConfiguration {
  readonly name: string;
  readonly managedEbsVolume: {
    readonly roleArn: string;
    readonly encrypted?: boolean;
    readonly fileSystemType?: string;
    readonly iops?: number;
    readonly kmsKeyId?: string;
    readonly sizeInGb?: number;
    readonly snapshotId?: string;
    readonly throughput?: number;
    readonly terminationPolicy?: { readonly deleteOnTermination: boolean };
    readonly volumeInitializationRate?: number;
    readonly volumeType?: string;
    readonly tagSpecifications?: readonly {
      readonly resourceType: string;
      readonly propagateTags?: string;
      readonly tags?: Readonly<Record<string, string>>;
    }[];
  };
}

/** A role to assume before AWS is asked. */
export interface AssumeRole {
  /** The ARN of the role. */
  readonly roleArn: string;
  /** @defaultValue `"pulumi-ecs-task"` */
  readonly sessionName?: string;
  /** What the role's owner asks for, to know on whose behalf it is assumed. */
  readonly externalId?: string;
  /** 900 to 43,200. @defaultValue 3600 */
  readonly durationSeconds?: number;
}

/** How AWS is reached by a look-up. What is left out comes from the stack's `aws:` configuration, then from the SDK. @public */
export interface LookUpOptions {
  /** The AWS region. */
  readonly region?: string | undefined;
  /** A profile of the shared AWS configuration. */
  readonly profile?: string | undefined;
  /** A role to assume. */
  readonly assumeRole?: AssumeRole | undefined;
  /** The URL of the ECS and CloudWatch Logs API. */
  readonly endpoint?: string | undefined;
}

export interface CapacityProviderStrategy {
  readonly capacityProvider: string;
  readonly base?: number;
  readonly weight?: number;
}

export interface NetworkConfiguration {
  readonly subnets: readonly string[];
  readonly securityGroups?: readonly string[];
  readonly assignPublicIp?: boolean;
}

export interface TaskOverrides {
  readonly containerOverrides?: readonly ContainerOverride[];
  readonly cpu?: string;
  readonly memory?: string;
  readonly ephemeralStorage?: { readonly sizeInGib: number };
  readonly taskRoleArn?: string;
  readonly executionRoleArn?: string;
  readonly inferenceAcceleratorOverrides?: readonly {
    readonly deviceName: string;
    readonly deviceType: string;
  }[];
}

export interface ContainerOverride {
  readonly name: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>> | readonly NameAndValue[];
  readonly environmentFiles?: readonly { readonly type: string; readonly value: string }[];
  readonly cpu?: number;
  readonly memory?: number;
  readonly memoryReservation?: number;
  readonly resourceRequirements?: readonly ResourceRequirement[];
}

export interface ResourceRequirement {
  readonly type: string;
  readonly value?: string;
  readonly sharingStrategy?: {
    readonly nvidiaMps: { readonly memory: number; readonly maxComputePercent?: number };
  };
}

export interface NameAndValue {
  readonly name: string;
  readonly value: string;
}

/** What holds where an input is left out. Kept out of state: a default written there would show as a diff after an upgrade. */
export const INPUT_DEFAULTS = {
  cluster: "default",
  count: 1,
  waitFor: "EXITED",
  timeoutSeconds: 3600,
  startTimeoutSeconds: 900,
  onTimeout: "LEAVE_RUNNING",
  showLogs: "ON_FAILURE",
  capacityRetrySeconds: 600,
  successExitCodes: [0],
} as const satisfies Partial<TaskInputs>;
