import {
  anything,
  boolean,
  integer,
  list,
  listOrMap,
  mapOf,
  object,
  oneOf,
  secretText,
  secretTextUpTo,
  text,
  type Shape,
} from "./shape";
import {
  CONSTRAINT_TYPES,
  ENVIRONMENT_FILE_TYPES,
  FILE_SYSTEM_TYPES,
  LAUNCH_TYPES,
  ON_TIMEOUT,
  PROPAGATE_TAGS,
  RESOURCE_TYPES,
  SHOW_LOGS,
  STRATEGY_TYPES,
  VOLUME_TYPES,
  WAIT_FOR,
  type TaskInputs,
} from "../task-inputs";

/*
 * The limits of every input. Where no other source is named it is the request syntax of RunTask and its data
 * types: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */

const nameAndValue = object({ required: { name: text(), value: secretText } });

function typeAndValue(types: readonly string[]): Shape {
  return object({ required: { type: oneOf(types), value: text() } });
}

const iamRole = text({
  pattern: /^arn:[^:]+:iam::\d{12}:role\/.+$|^[\w+=,.@/-]+$/,
  allowed: "the name or ARN of an IAM role",
});

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ResourceRequirement.html */
const resourceRequirement = object({
  required: { type: oneOf(RESOURCE_TYPES) },
  optional: {
    value: text(),
    sharingStrategy: object({
      required: {
        nvidiaMps: object({
          required: { memory: integer({ min: 1, max: 2_147_483_647, unit: "MiB" }) },
          optional: { maxComputePercent: integer({ min: 1, max: 100, unit: "percent" }) },
          example: "{ memory: 4096 }",
        }),
      },
      example: "{ nvidiaMps: { memory: 4096 } }",
    }),
  },
});

/** Members of the container definition that a task cannot override. */
function notOverridable(member: string): string {
  return `cannot be overridden when a task is run (ECS overrides command, environment, environmentFiles, cpu, memory, memoryReservation and resourceRequirements only); set ${member} in the task definition`;
}

const containerOverride = object({
  required: { name: text({ max: 255 }) },
  optional: {
    command: list(secretText, { example: '["npm", "run", "migrate"]' }),
    environment: listOrMap(list(nameAndValue), mapOf(secretText)),
    environmentFiles: list(typeAndValue(ENVIRONMENT_FILE_TYPES)),
    cpu: integer({ min: 0, max: 196_608, unit: "CPU units" }),
    memory: integer({ min: 4, max: 2_147_483_647, unit: "MiB" }),
    memoryReservation: integer({ min: 4, max: 2_147_483_647, unit: "MiB" }),
    resourceRequirements: list(resourceRequirement),
  },
  mistaken: {
    commands: 'is not a known property; write "command"',
    environments: 'is not a known property; write "environment"',
    env: 'is not a known property; write "environment"',
    entryPoint: notOverridable("entryPoint"),
    secrets: notOverridable("secrets"),
    image: notOverridable("image"),
    logConfiguration: notOverridable("logConfiguration"),
  },
});

const overrides = object({
  optional: {
    containerOverrides: list(containerOverride),
    cpu: text({
      pattern: /^\d+$|^\d*\.?\d+ ?vCPU$/i,
      allowed: 'a number of CPU units as a string, such as "512", or of vCPU, such as ".5 vCPU"',
    }),
    memory: text({
      pattern: /^\d+$|^\d*\.?\d+ ?GB$/i,
      allowed: 'a number of MiB as a string, such as "1024", or of GB, such as "1 GB"',
    }),
    // "The minimum supported value is 21 GiB and the maximum supported value is 200 GiB."
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_EphemeralStorage.html
    ephemeralStorage: object({ required: { sizeInGib: integer({ min: 21, max: 200, unit: "GiB" }) } }),
    taskRoleArn: iamRole,
    executionRoleArn: iamRole,
    inferenceAcceleratorOverrides: list(object({ required: { deviceName: text(), deviceType: text() } })),
  },
  mistaken: { containers: 'is not a known property; write "containerOverrides"' },
  example: "{ containerOverrides: [{ name, command }] }",
});

const networkConfiguration = object({
  required: { subnets: list(text(), { min: 1, max: 16, example: '["subnet-0123456789abcdef0"]' }) },
  optional: { securityGroups: list(text(), { max: 5 }), assignPublicIp: boolean },
  mistaken: {
    awsvpcConfiguration:
      "is not needed: write its subnets, securityGroups and assignPublicIp directly into networkConfiguration, as in aws.ecs.Service",
  },
  example: "{ subnets, securityGroups }",
});

const capacityProviderStrategy = object({
  required: { capacityProvider: text() },
  optional: { base: integer({ min: 0, max: 100_000 }), weight: integer({ min: 0, max: 1000 }) },
});

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Tag.html */
const tag = {
  name: text({
    max: 128,
    pattern: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/iu,
    allowed: 'letters, digits, spaces and _.:/=+-@, and must not begin with "aws:", which AWS reserves',
  }),
  value: secretTextUpTo(256, {
    pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
    allowed: "letters, digits, spaces and _.:/=+-@",
  }),
};

const placementConstraint = object({
  required: { type: oneOf(CONSTRAINT_TYPES) },
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementConstraint.html
  optional: { expression: text({ max: 2000 }) },
});

const placementStrategy = object({
  required: { type: oneOf(STRATEGY_TYPES) },
  optional: { field: text() },
});

/** Sizes and rates depend on the volume's type; ECS checks them together. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskManagedEBSVolumeConfiguration.html */
const volumeConfiguration = object({
  required: {
    name: text({ max: 255 }),
    managedEbsVolume: object({
      required: { roleArn: iamRole },
      optional: {
        encrypted: boolean,
        fileSystemType: oneOf(FILE_SYSTEM_TYPES),
        iops: integer({ min: 100, max: 256_000 }),
        kmsKeyId: text(),
        sizeInGb: integer({ min: 1, max: 65_536, unit: "GiB" }),
        snapshotId: text(),
        throughput: integer({ min: 125, max: 2000, unit: "MiB/s" }),
        terminationPolicy: object({
          required: { deleteOnTermination: boolean },
          example: "{ deleteOnTermination: false }",
        }),
        volumeInitializationRate: integer({ min: 100, max: 300, unit: "MiB/s" }),
        volumeType: oneOf(VOLUME_TYPES),
        tagSpecifications: list(
          object({
            required: { resourceType: oneOf(["volume"]) },
            optional: {
              propagateTags: oneOf(PROPAGATE_TAGS),
              tags: mapOf(tag.value, { max: 50, name: tag.name }),
            },
          }),
        ),
      },
      mistaken: {
        filesystemType: 'is not a known property; write "fileSystemType", as in aws.ecs.Service',
        sizeInGiB: 'is not a known property; write "sizeInGb", as in aws.ecs.Service',
      },
    }),
  },
  mistaken: {
    managedEBSVolume: 'is not a known property; write "managedEbsVolume", as in aws.ecs.Service',
  },
});

const containerName = text({ max: 255 });
const imageDigest = text({
  pattern: /^sha256:[0-9a-f]{64}$/,
  allowed: '"sha256:" and 64 hexadecimal digits in lower case',
});

/** How AWS is reached: of a resource and of a look-up. */
export const ACCESS_SHAPES = {
  profile: text(),
  assumeRole: object({
    required: {
      roleArn: text({ pattern: /^arn:[^:]+:iam::\d{12}:role\/.+$/, allowed: "the ARN of an IAM role" }),
    },
    optional: {
      // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
      sessionName: text({
        max: 64,
        pattern: /^[\w+=,.@-]{2,}$/,
        allowed: "2 to 64 letters, digits or +=,.@-_",
      }),
      externalId: text({ max: 1224 }),
      durationSeconds: integer({ min: 900, max: 43_200, unit: "seconds" }),
    },
    mistaken: { arn: 'is not a known property; write "roleArn"' },
    example: '{ roleArn: "arn:aws:iam::123456789012:role/deploy" }',
  }),
  region: text({ pattern: /^[a-z]{2,4}(-[a-z]+)+-\d+$/, allowed: 'a region such as "eu-central-1"' }),
  endpoint: text({ pattern: /^https?:\/\/\S+$/, allowed: "a URL that begins with http:// or https://" }),
};

/** The shape of all inputs of an `EcsTask`. */
export const INPUT_SHAPE = object({
  required: {
    // "Up to 255 letters (uppercase and lowercase), numbers, underscores, and hyphens", API_RegisterTaskDefinition.
    taskDefinition: text({
      pattern: /^(arn:[^:]+:ecs:[^:]*:[^:]*:task-definition\/)?[\w-]{1,255}(:\d+)?$/,
      allowed: "a family, family:revision with a number, or an ARN",
    }),
  },
  optional: {
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
    cluster: text({
      pattern: /^(arn:[^:]+:ecs:[^:]*:[^:]*:cluster\/)?[\w-]{1,255}$/,
      allowed: "a cluster's name or ARN",
    }),
    launchType: oneOf(LAUNCH_TYPES, {
      // "If you want to use Amazon ECS Managed Instances, you must use the capacityProviderStrategy request parameter
      // and omit the launchType request parameter."
      MANAGED_INSTANCES:
        'ECS reaches them through a capacity provider: write capacityProviderStrategies: [{ capacityProvider: "…" }]',
      FARGATE_SPOT:
        'it is a capacity provider: write capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }]',
    }),
    capacityProviderStrategies: list(capacityProviderStrategy, { min: 1, max: 20 }),
    networkConfiguration,
    overrides,
    count: integer({ min: 1, max: 10, unit: "tasks" }),
    platformVersion: text({
      pattern: /^(LATEST|\d+\.\d+\.\d+)$/,
      allowed: '"LATEST" or a version such as "1.4.0"',
    }),
    placementConstraints: list(placementConstraint, { max: 10 }),
    orderedPlacementStrategies: list(placementStrategy, { max: 5 }),
    group: text({ max: 255 }),
    referenceId: text({ max: 1024 }),
    propagateTags: oneOf(PROPAGATE_TAGS, {
      SERVICE: 'this task belongs to no service; must be "TASK_DEFINITION" or "NONE"',
    }),
    enableEcsManagedTags: boolean,
    enableExecuteCommand: boolean,
    volumeConfiguration,
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html
    containerInstances: list(text({ allowed: "a container instance's ID or ARN" }), {
      min: 1,
      max: 10,
      example: '["0123456789abcdef0123456789abcdef"]',
    }),
    expectedImageDigests: mapOf(imageDigest, { name: containerName }),
    idempotencyKey: text({ max: 255 }),
    successContainers: list(containerName, { min: 1, example: '["app"]' }),
    // A Windows program has 32 bits, which are shown signed or unsigned: 3010 is "restart required" of an installer.
    successExitCodes: list(integer({ min: -2_147_483_648, max: 4_294_967_295 }), { min: 1, example: "[0]" }),
    startedBy: text({
      max: 128,
      pattern: /^[A-Za-z0-9\-/_]+$/,
      allowed: "letters, digits, hyphens, slashes and underscores",
    }),
    triggers: listOrMap(list(anything), mapOf(anything)),
    tags: mapOf(tag.value, { max: 50, name: tag.name, example: '{ team: "shop" }' }),
    waitFor: oneOf(WAIT_FOR),
    // A week: longer than any migration should take, shorter than what setTimeout can hold.
    timeoutSeconds: integer({ min: 1, max: 604_800, unit: "seconds" }),
    startTimeoutSeconds: integer({ min: 1, max: 604_800, unit: "seconds" }),
    onTimeout: oneOf(ON_TIMEOUT),
    showLogs: oneOf(SHOW_LOGS),
    capacityRetrySeconds: integer({ min: 0, max: 86_400, unit: "seconds" }),
    ...ACCESS_SHAPES,
  } satisfies Readonly<Record<Exclude<keyof TaskInputs, "taskDefinition" | "resourceUrn">, Shape>>,
  internal: ["resourceUrn", "__provider"],
  mistaken: {
    command: "belongs to a container; write overrides.containerOverrides[].command",
    environment: "belongs to a container; write overrides.containerOverrides[].environment",
    containerOverrides: "belongs in overrides; write overrides.containerOverrides",
    capacityProviderStrategy:
      'is not a known property; write "capacityProviderStrategies", as in aws.ecs.Service',
    placementStrategy: 'is not a known property; write "orderedPlacementStrategies", as in aws.ecs.Service',
    volumeConfigurations: 'is not a known property; write "volumeConfiguration", as in aws.ecs.Service',
    enableECSManagedTags: 'is not a known property; write "enableEcsManagedTags", as in aws.ecs.Service',
    clientToken: "is made by this package from what is run; to run something once, set idempotencyKey",
    taskDefinitionArn: 'is not a known property; write "taskDefinition"',
    desiredCount: 'is not a known property; write "count"',
    timeout: 'is not a known property; write "timeoutSeconds"',
    subnets: "belongs in networkConfiguration; write networkConfiguration.subnets",
  },
});
