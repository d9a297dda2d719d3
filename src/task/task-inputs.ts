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
  readonly triggers?: readonly unknown[] | Readonly<Record<string, unknown>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly waitFor?: WaitFor;
  readonly timeoutSeconds?: number;
  readonly onTimeout?: OnTimeout;
  readonly region?: string;
  readonly endpoint?: string;
  /** The URN of the Pulumi resource, put in by its constructor: identity and log line follow from it. */
  readonly resourceUrn?: string;
}

export const WAIT_FOR = ["STOPPED", "RUNNING", "NONE"] as const;
export type WaitFor = (typeof WAIT_FOR)[number];

export const ON_TIMEOUT = ["LEAVE_RUNNING", "STOP"] as const;
export type OnTimeout = (typeof ON_TIMEOUT)[number];

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
  readonly resourceRequirements?: readonly { readonly type: string; readonly value: string }[];
}

export interface NameAndValue {
  readonly name: string;
  readonly value: string;
}

/** What holds where an input is left out. Kept out of state: a default written there would show as a diff after an upgrade. */
export const INPUT_DEFAULTS = {
  cluster: "default",
  count: 1,
  waitFor: "STOPPED",
  timeoutSeconds: 3600,
  onTimeout: "LEAVE_RUNNING",
} as const satisfies Partial<TaskInputs>;
