const good = { taskDefinition: "app:1" };

const override = (members: object) => ({
  ...good,
  overrides: { containerOverrides: [{ name: "app", ...members }] },
});

const volume = (managedEbsVolume: object) => ({
  ...good,
  volumeConfiguration: { name: "data", managedEbsVolume },
});

/** Inputs that are wrong in one place, and the message about it: what is wrong, what is allowed. Every input is there. */
export const BAD_INPUTS: readonly { inputs: object; property: string; reason: RegExp }[] = [
  {
    inputs: {},
    property: "taskDefinition",
    reason: /^is required; must be a family, family:revision or an ARN$/,
  },
  { inputs: { taskDefinition: "" }, property: "taskDefinition", reason: /^is empty; must be a family/ },
  {
    inputs: { ...good, cluster: 3 },
    property: "cluster",
    reason: /^is a number; must be a cluster's name or ARN$/,
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
    inputs: { ...good, count: 0 },
    property: "count",
    reason: /^is 0; must be a whole number of tasks from 1 to 10$/,
  },
  { inputs: { ...good, count: 1.5 }, property: "count", reason: /^is 1.5;/ },
  {
    inputs: { ...good, timeoutSeconds: "10m" },
    property: "timeoutSeconds",
    reason: /^is "10m"; must be a whole number of seconds/,
  },
  { inputs: { ...good, timeout: 3 }, property: "timeout", reason: /write "timeoutSeconds"/ },
  {
    inputs: { ...good, lauchType: "EC2" },
    property: "lauchType",
    reason: /^is not a known property; known are taskDefinition, cluster, launchType/,
  },
  {
    inputs: { ...good, command: ["x"] },
    property: "command",
    reason: /write overrides\.containerOverrides\[\]\.command/,
  },
  {
    inputs: { ...good, networkConfiguration: { subnets: [] } },
    property: "networkConfiguration.subnets",
    reason: /^has 0 items; must have from 1 to 16$/,
  },
  {
    inputs: { ...good, networkConfiguration: { awsvpcConfiguration: {}, subnets: ["a"] } },
    property: "networkConfiguration.awsvpcConfiguration",
    reason: /directly here, as in aws\.ecs\.Service/,
  },
  {
    inputs: { ...good, launchType: "EC2", capacityProviderStrategies: [{ capacityProvider: "FARGATE" }] },
    property: "launchType",
    reason: /cannot be used together with capacityProviderStrategies/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", commands: ["x"] }] } },
    property: "overrides.containerOverrides[0].commands",
    reason: /write "command"/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", entryPoint: ["x"] }] } },
    property: "overrides.containerOverrides[0].entryPoint",
    reason: /cannot be overridden .* set entryPoint in the task definition/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", environment: { PORT: 5432 } }] } },
    property: "overrides.containerOverrides[0].environment.PORT",
    reason: /^is a number; must be a string$/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a" }, { name: "a" }] } },
    property: "overrides.containerOverrides[1].name",
    reason: /a second time/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", command: ["x".repeat(8192)] }] } },
    property: "overrides",
    reason: /^has 8\d{3} characters as JSON; ECS allows at most 8192/,
  },
  {
    inputs: { ...good, overrides: { ephemeralStorage: { sizeInGib: 20 } } },
    property: "overrides.ephemeralStorage.sizeInGib",
    reason: /GiB from 21 to 200/,
  },
  { inputs: { ...good, tags: { "aws:x": "y" } }, property: 'tags["aws:x"]', reason: /which AWS reserves/ },
  { inputs: { ...good, endpoint: "localhost:80" }, property: "endpoint", reason: /begins with http/ },
  { inputs: { ...good, region: "Frankfurt" }, property: "region", reason: /"eu-central-1"/ },

  // Every input with a value that people write, and the message they get.
  {
    inputs: { taskDefinition: "my app:1" },
    property: "taskDefinition",
    reason: /^is "my app:1"; must be a family, /,
  },
  {
    inputs: { taskDefinition: "app:latest" },
    property: "taskDefinition",
    reason: /family:revision or an ARN$/,
  },
  {
    inputs: { ...good, cluster: "arn:aws:ecs:eu-central-1:1:service/x" },
    property: "cluster",
    reason: /must be a cluster's name or ARN$/,
  },
  {
    inputs: { ...good, launchType: "FARGATE_SPOT" },
    property: "launchType",
    reason: /^is "FARGATE_SPOT"; it is a capacity provider: write capacityProviderStrategies/,
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
    reason: /^is "ENABLED"; must be true or false$/,
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
    inputs: { ...good, overrides: [] },
    property: "overrides",
    reason: /^is a list; must be an object, such as \{ containerOverrides/,
  },
  {
    inputs: { ...good, overrides: { cpu: 512 } },
    property: "overrides.cpu",
    reason: /^is a number; must be a number of CPU units as a string, such as "512"/,
  },
  {
    inputs: { ...good, overrides: { memory: "1 TB" } },
    property: "overrides.memory",
    reason: /^is "1 TB"; must be .* "1 GB"$/,
  },
  {
    inputs: { ...good, overrides: { taskRoleArn: "my role" } },
    property: "overrides.taskRoleArn",
    reason: /must be the name or ARN of an IAM role$/,
  },
  {
    inputs: override({ command: "npm run migrate" }),
    property: "overrides.containerOverrides[0].command",
    reason: /^is a string; must be a list, such as \["npm", "run", "migrate"\]$/,
  },
  {
    inputs: override({ memory: 1 }),
    property: "overrides.containerOverrides[0].memory",
    reason: /^is 1; must be a whole number of MiB from 4 /,
  },
  {
    inputs: override({ environmentFiles: [{ type: "local", value: "x" }] }),
    property: "overrides.containerOverrides[0].environmentFiles[0].type",
    reason: /^is "local"; must be "s3"$/,
  },
  {
    inputs: override({ resourceRequirements: [{ type: "gpu", value: "1" }] }),
    property: "overrides.containerOverrides[0].resourceRequirements[0].type",
    reason: /^is "gpu"; must be "GPU"$/,
  },
  { inputs: { ...good, count: NaN }, property: "count", reason: /^is NaN; must be a whole number of tasks/ },
  {
    inputs: { ...good, platformVersion: "1.4" },
    property: "platformVersion",
    reason: /^is "1.4"; must be "LATEST" or a version such as "1.4.0"$/,
  },
  {
    inputs: { ...good, placementConstraints: [{ type: "memberof", expression: "x" }] },
    property: "placementConstraints[0].type",
    reason: /^is "memberof"; must be "memberOf"$/,
  },
  {
    inputs: { ...good, placementConstraints: [{ type: "memberOf" }] },
    property: "placementConstraints[0].expression",
    reason: /^is required with type "memberOf"$/,
  },
  {
    inputs: { ...good, orderedPlacementStrategies: [{ type: "pack" }] },
    property: "orderedPlacementStrategies[0].type",
    reason: /must be one of "random", "spread", "binpack"$/,
  },
  { inputs: { ...good, group: "" }, property: "group", reason: /^is empty; / },
  {
    inputs: { ...good, referenceId: "x".repeat(1025) },
    property: "referenceId",
    reason: /^has 1025 characters; at most 1024 are allowed$/,
  },
  {
    inputs: { ...good, propagateTags: "SERVICE" },
    property: "propagateTags",
    reason: /^is "SERVICE"; this task belongs to no service; must be "TASK_DEFINITION" or "NONE"$/,
  },
  {
    inputs: { ...good, enableEcsManagedTags: "yes" },
    property: "enableEcsManagedTags",
    reason: /^is "yes"; must be true or false$/,
  },
  {
    inputs: { ...good, enableExecuteCommand: 1 },
    property: "enableExecuteCommand",
    reason: /^is 1; must be true or false$/,
  },
  {
    inputs: volume({ roleArn: "ecs-volumes" }),
    property: "volumeConfiguration.managedEbsVolume.sizeInGb",
    reason: /^is required, unless snapshotId says/,
  },
  {
    inputs: volume({ roleArn: "ecs-volumes", sizeInGb: 1, volumeType: "gp9" }),
    property: "volumeConfiguration.managedEbsVolume.volumeType",
    reason: /^is "gp9"; must be one of "gp2"/,
  },
  {
    inputs: volume({ roleArn: "ecs-volumes", sizeInGb: 1, sizeInGiB: 1 }),
    property: "volumeConfiguration.managedEbsVolume.sizeInGiB",
    reason: /write "sizeInGb", as in aws\.ecs\.Service$/,
  },
  {
    inputs: { ...good, containerInstances: "i-1" },
    property: "containerInstances",
    reason: /^is a string; must be a list$/,
  },
  {
    inputs: { ...good, containerInstances: ["a", "a"] },
    property: "containerInstances[1]",
    reason: /^is "a" a second time$/,
  },
  {
    inputs: { ...good, containerInstances: ["a"], count: 2 },
    property: "count",
    reason: /^cannot be used together with containerInstances; /,
  },
  {
    inputs: { ...good, containerInstances: ["a"], startedBy: "x".repeat(37) },
    property: "startedBy",
    reason: /^has 37 characters; at most 36 are allowed together with containerInstances$/,
  },
  {
    inputs: { ...good, expectedImageDigests: { app: "latest" } },
    property: "expectedImageDigests.app",
    reason: /^is "latest"; must be "sha256:" and 64 hexadecimal digits$/,
  },
  {
    inputs: { ...good, triggers: "v1" },
    property: "triggers",
    reason: /^is a string; must be a list or a map$/,
  },
  {
    inputs: { ...good, idempotencyKey: 7 },
    property: "idempotencyKey",
    reason: /^is a number; must be a string$/,
  },
  {
    inputs: { ...good, successContainers: "app" },
    property: "successContainers",
    reason: /^is a string; must be a list, such as \["app"\]$/,
  },
  {
    inputs: { ...good, successExitCodes: [256] },
    property: "successExitCodes[0]",
    reason: /^is 256; must be a whole number from 0 to 255$/,
  },
  {
    inputs: { ...good, tags: [{ key: "team", value: "shop" }] },
    property: "tags",
    reason: /^is a list; must be a map of names to values, such as \{ team: "shop" \}$/,
  },
  {
    inputs: { ...good, tags: { team: "x".repeat(257) } },
    property: "tags.team",
    reason: /^has 257 characters; at most 256 are allowed$/,
  },
  {
    inputs: { ...good, tags: { ["k".repeat(129)]: "x" } },
    property: `tags.${"k".repeat(129)}`,
    reason: /^as a key has 129 characters; at most 128 are allowed$/,
  },
  {
    inputs: { ...good, startedBy: "a b" },
    property: "startedBy",
    reason: /^is "a b"; must be letters, digits, hyphens, slashes and underscores$/,
  },
  {
    inputs: { ...good, waitFor: "stopped" },
    property: "waitFor",
    reason: /^is "stopped"; must be "STOPPED"$/,
  },
  {
    inputs: { ...good, startTimeoutSeconds: 0 },
    property: "startTimeoutSeconds",
    reason: /seconds from 1 to 604800$/,
  },
  {
    inputs: { ...good, onTimeout: "KILL" },
    property: "onTimeout",
    reason: /^is "KILL"; must be one of "LEAVE_RUNNING", "STOP"$/,
  },
  {
    inputs: { ...good, showLogs: true },
    property: "showLogs",
    reason: /^is a boolean; must be one of "ON_FAILURE", "STREAM", "OFF"$/,
  },
  {
    inputs: { ...good, capacityRetrySeconds: 1.5 },
    property: "capacityRetrySeconds",
    reason: /^is 1.5; must be a whole number of seconds from 0 to 86400$/,
  },
  { inputs: { ...good, profile: "" }, property: "profile", reason: /^is empty; / },
  {
    inputs: { ...good, assumeRole: "arn:aws:iam::123456789012:role/x" },
    property: "assumeRole",
    reason: /^is a string; must be an object, such as \{ roleArn: /,
  },
  {
    inputs: { ...good, assumeRole: { roleArn: "deploy" } },
    property: "assumeRole.roleArn",
    reason: /^is "deploy"; must be the ARN of an IAM role$/,
  },
];
