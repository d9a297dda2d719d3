import { good, type BadInput } from "./bad-input";

const onFargate = { ...good, launchType: "FARGATE", networkConfiguration: { subnets: ["a"] } };

const volume = (settings: object) => ({
  ...good,
  volumeConfiguration: { name: "data", managedEbsVolume: { roleArn: "ecs-volumes", ...settings } },
});

/** Where the tasks run, on what, and how many. */
export const BAD_PLACEMENTS: readonly BadInput[] = [
  {
    inputs: { ...good, cluster: 3 },
    property: "cluster",
    reason: /^is a number; must be a cluster's name or ARN$/,
  },
  {
    inputs: { ...good, cluster: "arn:aws:ecs:eu-central-1:1:service/x" },
    property: "cluster",
    reason: /must be a cluster's name or ARN$/,
  },
  {
    inputs: { ...good, launchType: "fargate" },
    property: "launchType",
    reason: /^is "fargate"; must be "FARGATE"$/,
  },
  {
    inputs: { ...good, launchType: "VM" },
    property: "launchType",
    reason: /must be one of "EC2", "FARGATE"/,
  },
  {
    inputs: { ...good, launchType: "EC2", capacityProviderStrategies: [{ capacityProvider: "spare" }] },
    property: "launchType",
    reason: /cannot be used together with capacityProviderStrategies/,
  },
  {
    inputs: { ...good, launchType: "FARGATE_SPOT" },
    property: "launchType",
    reason: /^is "FARGATE_SPOT"; it is a capacity provider: write capacityProviderStrategies/,
  },
  {
    inputs: { ...good, launchType: "MANAGED_INSTANCES" },
    property: "launchType",
    reason:
      /^is "MANAGED_INSTANCES"; ECS reaches them through a capacity provider: write capacityProviderStrategies: /,
  },
  {
    inputs: { ...good, count: 0 },
    property: "count",
    reason: /^is 0; must be a whole number of tasks from 1 to 10$/,
  },
  { inputs: { ...good, count: 1.5 }, property: "count", reason: /^is 1.5;/ },
  { inputs: { ...good, count: NaN }, property: "count", reason: /^is NaN; must be a whole number of tasks/ },
  {
    inputs: { ...good, containerInstances: ["a"], count: 2 },
    property: "count",
    reason: /^cannot be used together with containerInstances; /,
  },
  {
    inputs: { ...good, networkConfiguration: { subnets: [] } },
    property: "networkConfiguration.subnets",
    reason: /^has 0 items; must have from 1 to 16$/,
  },
  {
    inputs: { ...good, networkConfiguration: { awsvpcConfiguration: {}, subnets: ["a"] } },
    property: "networkConfiguration.awsvpcConfiguration",
    reason: /directly into networkConfiguration, as in aws\.ecs\.Service/,
  },
  {
    inputs: { ...good, networkConfiguration: "subnet-1" },
    property: "networkConfiguration",
    reason: /^is a string; must be an object, such as \{ subnets, securityGroups \}$/,
  },
  {
    inputs: { ...good, networkConfiguration: { subnets: "subnet-1" } },
    property: "networkConfiguration.subnets",
    reason: /^is a string; must be a list, such as \["subnet-0/,
  },
  {
    inputs: { ...good, networkConfiguration: { subnets: ["a"], assignPublicIp: "ENABLED" } },
    property: "networkConfiguration.assignPublicIp",
    reason: /^is "ENABLED"; must be true or false, not a string$/,
  },
  {
    inputs: {
      ...good,
      networkConfiguration: { subnets: ["a"], securityGroups: ["1", "2", "3", "4", "5", "6"] },
    },
    property: "networkConfiguration.securityGroups",
    reason: /^has 6 items; must have at most 5$/,
  },
  {
    inputs: { ...good, launchType: "FARGATE" },
    property: "networkConfiguration",
    reason: /^is required on Fargate, with at least one subnet$/,
  },
  {
    inputs: { ...good, capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }] },
    property: "networkConfiguration",
    reason: /^is required on Fargate/,
  },
  {
    inputs: { ...good, launchType: "EC2", networkConfiguration: { subnets: ["a"], assignPublicIp: true } },
    property: "networkConfiguration.assignPublicIp",
    reason: /^is for Fargate only: a task on a container instance gets no public address; remove it$/,
  },
  {
    inputs: {
      ...good,
      containerInstances: ["a"],
      networkConfiguration: { subnets: ["a"], assignPublicIp: true },
    },
    property: "networkConfiguration.assignPublicIp",
    reason: /^is for Fargate only: /,
  },
  {
    inputs: { ...good, capacityProviderStrategies: [] },
    property: "capacityProviderStrategies",
    reason: /^has 0 items; must have from 1 to 20$/,
  },
  {
    inputs: { ...good, capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1001 }] },
    property: "capacityProviderStrategies[0].weight",
    reason: /^is 1001; must be a whole number from 0 to 1000$/,
  },
  {
    inputs: { ...good, capacityProviderStrategies: [{ capacityProvider: "a" }, { capacityProvider: "b" }] },
    property: "capacityProviderStrategies",
    reason: /^has no weight above 0; give at least one of several capacity providers a weight$/,
  },
  {
    inputs: {
      ...good,
      capacityProviderStrategies: [
        { capacityProvider: "a", base: 1, weight: 1 },
        { capacityProvider: "b", base: 1 },
      ],
    },
    property: "capacityProviderStrategies[1].base",
    reason: /^is the second one above 0; only one capacity provider can have a base, so remove one$/,
  },
  {
    inputs: { ...good, platformVersion: "1.4" },
    property: "platformVersion",
    reason: /^is "1.4"; must be "LATEST" or a version such as "1.4.0"$/,
  },
  {
    inputs: { ...good, launchType: "EC2", platformVersion: "1.4.0" },
    property: "platformVersion",
    reason: /^is for Fargate only; remove it$/,
  },
  {
    inputs: { ...good, containerInstances: ["a"], platformVersion: "1.4.0" },
    property: "platformVersion",
    reason: /^cannot be used together with containerInstances; /,
  },
  {
    inputs: { ...good, placementConstraints: [{ type: "memberof", expression: "x" }] },
    property: "placementConstraints[0].type",
    reason: /^is "memberof"; must be "memberOf"$/,
  },
  {
    inputs: { ...good, placementConstraints: [{ type: "memberOf" }] },
    property: "placementConstraints[0].expression",
    reason: /^is required with type "memberOf", such as "attribute:ecs\.instance-type =~ g5\.\*"$/,
  },
  {
    inputs: { ...onFargate, placementConstraints: [{ type: "distinctInstance" }] },
    property: "placementConstraints",
    reason: /^cannot be used on Fargate, which places tasks by itself; remove it$/,
  },
  {
    inputs: { ...good, placementConstraints: [{ type: "distinctInstance", expression: "x" }] },
    property: "placementConstraints[0].expression",
    reason: /^cannot be used with type "distinctInstance"; remove it$/,
  },
  {
    inputs: { ...good, orderedPlacementStrategies: [{ type: "pack" }] },
    property: "orderedPlacementStrategies[0].type",
    reason: /must be one of "random", "spread", "binpack"$/,
  },
  {
    inputs: { ...onFargate, orderedPlacementStrategies: [{ type: "random" }] },
    property: "orderedPlacementStrategies",
    reason: /^cannot be used on Fargate/,
  },
  {
    inputs: { ...good, orderedPlacementStrategies: [{ type: "binpack", field: "disk" }] },
    property: "orderedPlacementStrategies[0].field",
    reason: /^must be "cpu" or "memory" with type "binpack"$/,
  },
  {
    inputs: { ...good, orderedPlacementStrategies: [{ type: "spread" }] },
    property: "orderedPlacementStrategies[0].field",
    reason: /^is required with type "spread", such as "instanceId"/,
  },
  {
    inputs: volume({}),
    property: "volumeConfiguration.managedEbsVolume.sizeInGb",
    reason: /^is required, unless snapshotId says/,
  },
  {
    inputs: volume({ sizeInGb: 1, volumeType: "gp9" }),
    property: "volumeConfiguration.managedEbsVolume.volumeType",
    reason: /^is "gp9"; must be one of "gp2"/,
  },
  {
    inputs: volume({ sizeInGb: 1, sizeInGiB: 1 }),
    property: "volumeConfiguration.managedEbsVolume.sizeInGiB",
    reason: /write "sizeInGb", as in aws\.ecs\.Service$/,
  },
  {
    inputs: volume({ volumeType: "sc1", sizeInGb: 100 }),
    property: "volumeConfiguration.managedEbsVolume.sizeInGb",
    reason: /^must be at least 125 GiB with volumeType "sc1"$/,
  },
  {
    inputs: volume({ volumeType: "io2", sizeInGb: 4 }),
    property: "volumeConfiguration.managedEbsVolume.iops",
    reason: /^is required with volumeType "io2"; set it to 100 or more$/,
  },
  {
    inputs: volume({ volumeType: "st1", sizeInGb: 125, iops: 100 }),
    property: "volumeConfiguration.managedEbsVolume.iops",
    reason: /^cannot be used with volumeType "st1"; remove it$/,
  },
  {
    inputs: volume({ volumeType: "gp3", sizeInGb: 1, iops: 2999 }),
    property: "volumeConfiguration.managedEbsVolume.iops",
    reason: /^must be at least 3000 with volumeType "gp3"$/,
  },
  {
    inputs: volume({ volumeType: "gp2", sizeInGb: 1, throughput: 125 }),
    property: "volumeConfiguration.managedEbsVolume.throughput",
    reason: /^is for volumeType "gp3" only, and this is "gp2"; remove it$/,
  },
  {
    inputs: volume({ sizeInGb: 1, volumeInitializationRate: 100 }),
    property: "volumeConfiguration.managedEbsVolume.volumeInitializationRate",
    reason: /^is for a volume made from a snapshot; remove it, or add snapshotId$/,
  },
  {
    inputs: { ...good, containerInstances: "i-1" },
    property: "containerInstances",
    reason: /^is a string; must be a list, such as \["0123/,
  },
  {
    inputs: { ...good, containerInstances: ["a", "a"] },
    property: "containerInstances[1]",
    reason: /^is "a" a second time; remove it: one task is started on each instance$/,
  },
];
