import type { Properties } from "./provider-host";

export const role = "arn:aws:iam::123456789012:role/x";
export const network = { subnets: ["subnet-1"] };
const sentNetwork = { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "DISABLED" } };

/** What every instance of these tests has. */
const hasRole = {
  type: "memberOf",
  expression: "attribute:com.amazonaws.ecs.capability.task-iam-role exists",
};

/** An input, and what has to arrive of it. */
export interface SentInput {
  readonly name: string;
  readonly inputs: Properties;
  /** What the server gets beside what it gets in any case; an `undefined` member is one that it does not get. */
  readonly sent: Properties;
}

/** A row for an override, which arrives as it is written unless it says otherwise. */
function override(overrides: Properties, arrives: Properties = overrides): SentInput {
  const path = Object.keys(overrides).join();
  return { name: `overrides.${path}`, inputs: { overrides }, sent: { overrides: arrives } };
}

function containerOverride(members: Properties, arrives: Properties = members): SentInput {
  const row = override(
    { containerOverrides: [{ name: "app", ...members }] },
    { containerOverrides: [{ name: "app", ...arrives }] },
  );
  return { ...row, name: `${row.name}[].${Object.keys(members).join()}` };
}

/** Every input that is sent, with all it can have. */
export const SENT_INPUTS: readonly SentInput[] = [
  { name: "taskDefinition", inputs: { taskDefinition: "bridge" }, sent: { taskDefinition: "bridge" } },
  { name: "cluster", inputs: { cluster: "other" }, sent: { cluster: "other" } },
  { name: "launchType EC2", inputs: { launchType: "EC2" }, sent: { launchType: "EC2" } },
  { name: "launchType EXTERNAL", inputs: { launchType: "EXTERNAL" }, sent: { launchType: "EXTERNAL" } },
  {
    name: "launchType FARGATE and platformVersion",
    inputs: {
      taskDefinition: "vpc",
      launchType: "FARGATE",
      networkConfiguration: network,
      platformVersion: "1.4.0",
    },
    sent: {
      taskDefinition: "vpc",
      launchType: "FARGATE",
      networkConfiguration: sentNetwork,
      platformVersion: "1.4.0",
    },
  },
  {
    name: "capacityProviderStrategies",
    inputs: {
      taskDefinition: "vpc",
      networkConfiguration: network,
      capacityProviderStrategies: [
        { capacityProvider: "FARGATE_SPOT", weight: 3 },
        { capacityProvider: "FARGATE", base: 1 },
      ],
    },
    sent: {
      taskDefinition: "vpc",
      networkConfiguration: sentNetwork,
      capacityProviderStrategy: [
        { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
        { capacityProvider: "FARGATE", base: 1, weight: 0 },
      ],
    },
  },
  {
    name: "capacityProviderStrategies with Managed Instances, which go by the name of their capacity provider",
    inputs: { capacityProviderStrategies: [{ capacityProvider: "managed", weight: 1 }] },
    sent: { capacityProviderStrategy: [{ capacityProvider: "managed", base: 0, weight: 1 }] },
  },
  {
    name: "networkConfiguration with all it can have",
    inputs: {
      taskDefinition: "vpc",
      launchType: "FARGATE",
      networkConfiguration: { subnets: ["b", "a"], securityGroups: ["sg"], assignPublicIp: true },
    },
    sent: {
      taskDefinition: "vpc",
      launchType: "FARGATE",
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ["a", "b"], securityGroups: ["sg"], assignPublicIp: "ENABLED" },
      },
    },
  },
  { name: "count", inputs: { count: 3 }, sent: { count: 3 } },
  { name: "group", inputs: { group: "migrations" }, sent: { group: "migrations" } },
  { name: "referenceId", inputs: { referenceId: "build 7" }, sent: { referenceId: "build 7" } },
  {
    name: "propagateTags",
    inputs: { propagateTags: "TASK_DEFINITION" },
    sent: { propagateTags: "TASK_DEFINITION" },
  },
  { name: "propagateTags NONE, which says nothing", inputs: { propagateTags: "NONE" }, sent: {} },
  {
    name: "enableEcsManagedTags",
    inputs: { enableEcsManagedTags: true },
    sent: { enableECSManagedTags: true },
  },
  {
    name: "enableExecuteCommand",
    inputs: { enableExecuteCommand: true },
    sent: { enableExecuteCommand: true },
  },
  { name: "tags", inputs: { tags: { team: "shop" } }, sent: { tags: [{ key: "team", value: "shop" }] } },
  { name: "startedBy", inputs: { startedBy: "release-7" }, sent: { startedBy: "release-7" } },
  {
    name: "placementConstraints and orderedPlacementStrategies",
    inputs: {
      placementConstraints: [hasRole, { type: "distinctInstance" }],
      orderedPlacementStrategies: [{ type: "binpack", field: "memory" }, { type: "random" }],
    },
    sent: {
      placementConstraints: [hasRole, { type: "distinctInstance" }],
      placementStrategy: [{ type: "binpack", field: "memory" }, { type: "random" }],
    },
  },
  {
    name: "volumeConfiguration",
    inputs: {
      volumeConfiguration: {
        name: "data",
        managedEbsVolume: {
          roleArn: role,
          fileSystemType: "ext4",
          sizeInGb: 20,
          volumeType: "gp3",
          iops: 3000,
          throughput: 125,
          encrypted: true,
          kmsKeyId: "key",
          snapshotId: "snap-1",
          volumeInitializationRate: 100,
          terminationPolicy: { deleteOnTermination: false },
          tagSpecifications: [
            { resourceType: "volume", propagateTags: "TASK_DEFINITION", tags: { team: "shop" } },
          ],
        },
      },
    },
    sent: {
      volumeConfigurations: [
        {
          name: "data",
          managedEBSVolume: {
            roleArn: role,
            filesystemType: "ext4",
            sizeInGiB: 20,
            volumeType: "gp3",
            iops: 3000,
            throughput: 125,
            encrypted: true,
            kmsKeyId: "key",
            snapshotId: "snap-1",
            volumeInitializationRate: 100,
            terminationPolicy: { deleteOnTermination: false },
            tagSpecifications: [
              {
                resourceType: "volume",
                propagateTags: "TASK_DEFINITION",
                tags: [{ key: "team", value: "shop" }],
              },
            ],
          },
        },
      ],
    },
  },
  containerOverride({ command: ["npm", "run", "migrate"] }),
  containerOverride(
    { environment: { B: "2", A: "1" } },
    {
      environment: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    },
  ),
  containerOverride({ environment: [{ name: "A", value: "" }] }),
  containerOverride({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/a.env" }] }),
  containerOverride({ cpu: 64 }),
  containerOverride({ memory: 64 }),
  containerOverride({ memoryReservation: 32 }),
  containerOverride({ resourceRequirements: [{ type: "GPU", value: "1" }] }),
  containerOverride({
    resourceRequirements: [
      { type: "GPU", sharingStrategy: { nvidiaMps: { memory: 4096, maxComputePercent: 50 } } },
    ],
  }),
  override({ cpu: ".25 vCPU" }),
  override({ memory: "1 GB" }),
  override({ ephemeralStorage: { sizeInGib: 21 } }, { ephemeralStorage: { sizeInGiB: 21 } }),
  override({ taskRoleArn: role }),
  override({ executionRoleArn: "executor" }),
  override({ inferenceAcceleratorOverrides: [{ deviceName: "d", deviceType: "eia2.medium" }] }),
];

/** Inputs that are about the waiting, the judging and the access, and no member of a request. */
export const NOT_SENT: readonly string[] = [
  "assumeRole",
  "capacityRetrySeconds",
  "endpoint",
  "expectedImageDigests",
  "idempotencyKey",
  "onTimeout",
  "profile",
  "region",
  "resourceUrn",
  "showLogs",
  "startTimeoutSeconds",
  "successContainers",
  "successExitCodes",
  "timeoutSeconds",
  "triggers",
  "waitFor",
];
