import type { Input } from "@pulumi/pulumi";

/*
 * What the inputs of `EcsTask` hold, in the shapes of the ECS API or of `@pulumi/aws`. Optional ones are
 * `Input<… | undefined>`, as those of `@pulumi/aws`: its outputs fit as they are.
 */

/** One of the words that are known; any string type-checks, so that what a resource of `@pulumi/aws` has fits, and check knows the words. */
export type Word<Words extends string> = Words | (string & Record<never, never>);

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html @public */
export interface PlacementConstraintArgs {
  /** `distinctInstance` or `memberOf`. */
  type: Input<Word<"distinctInstance" | "memberOf">>;
  /** For `memberOf`: an expression of the cluster query language, at most 2,000 characters. */
  expression?: Input<string | undefined>;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html @public */
export interface PlacementStrategyArgs {
  /** `random`, `spread` or `binpack`. */
  type: Input<Word<"random" | "spread" | "binpack">>;
  /** For `spread` an attribute, for `binpack` `cpu` or `memory`. */
  field?: Input<string | undefined>;
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskManagedEBSVolumeConfiguration.html @public */
export interface VolumeConfigurationArgs {
  /** The name of the volume in the task definition. */
  name: Input<string>;
  /** The volume that ECS makes for each task, and deletes with it unless `terminationPolicy` says otherwise. */
  managedEbsVolume: Input<{
    /** The role with which ECS makes the volume. */
    roleArn: Input<string>;
    /** Whether it is encrypted. */
    encrypted?: Input<boolean | undefined>;
    /** `ext3`, `ext4`, `xfs` or `ntfs`. */
    fileSystemType?: Input<Word<"ext3" | "ext4" | "xfs" | "ntfs"> | undefined>;
    /** I/O operations a second. */
    iops?: Input<number | undefined>;
    /** The KMS key it is encrypted with. */
    kmsKeyId?: Input<string | undefined>;
    /** In GiB; required unless there is a snapshot. */
    sizeInGb?: Input<number | undefined>;
    /** The snapshot it is made from. */
    snapshotId?: Input<string | undefined>;
    /** In MiB a second. */
    throughput?: Input<number | undefined>;
    /** Whether ECS deletes the volume with the task: `deleteOnTermination`, by default true. */
    terminationPolicy?: Input<
      | {
          /** With `false` the volume outlives the task. */
          deleteOnTermination: Input<boolean>;
        }
      | undefined
    >;
    /** In MiB a second. */
    volumeInitializationRate?: Input<number | undefined>;
    /** `gp3`, `io2` and so on, as in EC2. */
    volumeType?: Input<Word<"gp2" | "gp3" | "io1" | "io2" | "sc1" | "st1" | "standard"> | undefined>;
    /** Tags of the volume. */
    tagSpecifications?: Input<
      | Input<{
          /** `volume`. */
          resourceType: Input<Word<"volume">>;
          /** `TASK_DEFINITION` or `NONE`. */
          propagateTags?: Input<Word<"TASK_DEFINITION" | "NONE"> | undefined>;
          /** From keys to values. */
          tags?: Input<Record<string, Input<string>> | undefined>;
        }>[]
      | undefined
    >;
  }>;
}

/** A capacity provider and its share. @public */
export interface CapacityProviderStrategyArgs {
  /** Its name: `FARGATE`, `FARGATE_SPOT` or one of your own. */
  capacityProvider: Input<string>;
  /** How many tasks at least run on it, 0 to 100,000. */
  base?: Input<number | undefined>;
  /** Its share of the tasks beyond the base, 0 to 1,000. */
  weight?: Input<number | undefined>;
}

/** Where in the network a task runs. @public */
export interface NetworkConfigurationArgs {
  /** 1 to 16 subnets of one VPC. */
  subnets: Input<Input<string>[]>;
  /** At most 5; the VPC's default security group if there are none. */
  securityGroups?: Input<Input<string>[] | undefined>;
  /** Whether the task gets a public IP address. @defaultValue false */
  assignPublicIp?: Input<boolean | undefined>;
}

/** What is changed of a task definition for one run. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskOverride.html @public */
export interface TaskOverridesArgs {
  /** What is changed of single containers. */
  containerOverrides?: Input<Input<ContainerOverrideArgs>[] | undefined>;
  /** CPU units as a string, such as `"512"`, or `"0.5 vCPU"`. */
  cpu?: Input<string | undefined>;
  /** MiB as a string, such as `"1024"`, or `"1 GB"`. */
  memory?: Input<string | undefined>;
  /** Fargate only, 21 to 200 GiB. */
  ephemeralStorage?: Input<{ sizeInGib: Input<number> } | undefined>;
  /** The role of the containers' own calls to AWS. */
  taskRoleArn?: Input<string | undefined>;
  /** The role with which ECS pulls images, reads secrets and writes logs. */
  executionRoleArn?: Input<string | undefined>;
  /** Accelerators in the place of the task definition's. AWS has closed Elastic Inference to new customers. */
  inferenceAcceleratorOverrides?: Input<
    Input<{ deviceName: Input<string>; deviceType: Input<string> }>[] | undefined
  >;
}

/** What is changed of one container. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerOverride.html @public */
export interface ContainerOverrideArgs {
  /** The container's name in the task definition. */
  name: Input<string>;
  /** In the place of the image's or the task definition's command. */
  command?: Input<Input<string>[] | undefined>;
  /** Added to the task definition's variables: a map, which gives the best previews, or the API's list. */
  environment?: Input<
    Record<string, Input<string>> | Input<{ name: Input<string>; value: Input<string> }>[] | undefined
  >;
  /** Files of variables in S3: `type` is `s3`, `value` the file's ARN. */
  environmentFiles?: Input<Input<{ type: Input<Word<"s3">>; value: Input<string> }>[] | undefined>;
  /** CPU units. */
  cpu?: Input<number | undefined>;
  /** The hard limit, in MiB. */
  memory?: Input<number | undefined>;
  /** The soft limit, in MiB. */
  memoryReservation?: Input<number | undefined>;
  /** GPUs or accelerators. */
  resourceRequirements?: Input<Input<ResourceRequirementArgs>[] | undefined>;
}

/** What a container needs of a GPU or an accelerator. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html @public */
export interface ResourceRequirementArgs {
  /** `GPU`, `InferenceAccelerator` or `NeuronDevice`. */
  type: Input<Word<"GPU" | "InferenceAccelerator" | "NeuronDevice">>;
  /** How many GPUs; `ALL` Neuron devices; or the `deviceName` of an accelerator. Required unless there is a `sharingStrategy`. */
  value?: Input<string | undefined>;
  /** How the container shares a GPU with others: NVIDIA's Multi-Process Service. `memory` is in MiB, `maxComputePercent` 1 to 100. */
  sharingStrategy?: Input<
    | {
        /** The share by NVIDIA's Multi-Process Service. */
        nvidiaMps: Input<{
          /** In MiB. */
          memory: Input<number>;
          /** 1 to 100. */
          maxComputePercent?: Input<number | undefined>;
        }>;
      }
    | undefined
  >;
}
