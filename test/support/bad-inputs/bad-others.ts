import { good, type BadInput } from "./bad-input";

/** What runs, how it is waited for and judged, and how AWS is reached. */
export const BAD_OTHERS: readonly BadInput[] = [
  {
    inputs: {},
    property: "taskDefinition",
    reason: /^is required; must be a family, family:revision with a number, or an ARN$/,
  },
  { inputs: { taskDefinition: "" }, property: "taskDefinition", reason: /^is empty; must be a family/ },
  {
    inputs: { taskDefinition: "my app:1" },
    property: "taskDefinition",
    reason: /^is "my app:1"; must be a family, /,
  },
  {
    inputs: { taskDefinition: "app:latest" },
    property: "taskDefinition",
    reason: /family:revision with a number, or an ARN$/,
  },
  {
    inputs: { ...good, timeoutSeconds: "10m" },
    property: "timeoutSeconds",
    reason: /^is "10m"; must be a whole number of seconds/,
  },
  {
    inputs: { ...good, idempotencyKey: "v1", startedBy: "me" },
    property: "idempotencyKey",
    reason: /^cannot be used together with startedBy; /,
  },
  { inputs: { ...good, timeout: 3 }, property: "timeout", reason: /write "timeoutSeconds"/ },
  {
    inputs: { ...good, lauchType: "EC2" },
    property: "lauchType",
    reason: /^is not a known property; did you mean "launchType"\?$/,
  },
  { inputs: { ...good, tags: { "aws:x": "y" } }, property: 'tags["aws:x"]', reason: /which AWS reserves/ },
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
    reason: /^has a key that has 129 characters; at most 128 are allowed$/,
  },
  {
    inputs: { ...good, tags: { "who?": "me" } },
    property: 'tags["who?"]',
    reason:
      /^has a key that is "who\?"; must be letters, digits, spaces and _\.:\/=\+-@, and must not begin with "aws:"/,
  },
  {
    inputs: { ...good, tags: { team: "shop;" } },
    property: "tags.team",
    reason: /^has a character that is not allowed; allowed are letters, digits, spaces and _\.:\/=\+-@$/,
  },
  { inputs: { ...good, endpoint: "localhost:80" }, property: "endpoint", reason: /begins with http/ },
  { inputs: { ...good, region: "Frankfurt" }, property: "region", reason: /"eu-central-1"/ },
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
    reason: /^is "yes"; must be true or false, not a string$/,
  },
  {
    inputs: { ...good, enableExecuteCommand: 1 },
    property: "enableExecuteCommand",
    reason: /^is 1; must be true or false$/,
  },
  {
    inputs: { ...good, containerInstances: ["a"], startedBy: "x".repeat(37) },
    property: "startedBy",
    reason: /^has 37 characters; at most 36 are allowed together with containerInstances$/,
  },
  {
    inputs: { ...good, startedBy: "a b" },
    property: "startedBy",
    reason: /^is "a b"; must be letters, digits, hyphens, slashes and underscores$/,
  },
  {
    inputs: { ...good, expectedImageDigests: { app: "latest" } },
    property: "expectedImageDigests.app",
    reason: /^is "latest"; must be "sha256:" and 64 hexadecimal digits in lower case$/,
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
    inputs: { ...good, successExitCodes: [4_294_967_296] },
    property: "successExitCodes[0]",
    reason: /^is 4294967296; must be a whole number from -2147483648 to 4294967295$/,
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
  {
    inputs: { ...good, tiggers: [1] },
    property: "tiggers",
    reason: /^is not a known property; did you mean "triggers"\?$/,
  },
  {
    inputs: { ...good, cuont: 2 },
    property: "cuont",
    reason: /^is not a known property; did you mean "count"\?$/,
  },
  {
    inputs: { ...good, desiredCount: 2 },
    property: "desiredCount",
    reason: /^is not a known property; write "count"$/,
  },
  {
    inputs: { ...good, healthCheck: {} },
    property: "healthCheck",
    reason: /^is not a known property; known are taskDefinition, cluster, launchType/,
  },
];
