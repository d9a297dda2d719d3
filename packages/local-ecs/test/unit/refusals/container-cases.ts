import type { Definition } from "../../../src/refusals/task-definitions/task-definition";
import type { Cases } from "./assert-table";
import {
  app,
  withContainers,
  withContainer,
  dependsOn,
  side,
  role,
  secrets,
  healthCheck,
} from "./definitions";

export const containerCases: Cases<Definition> = {
  "two tags of one key": {
    refused: withContainer({}, { tags: [{ key: "a" }, { key: "b" }, { key: "a", value: "1" }] }),
    accepted: withContainer({}, { tags: [{ key: "a" }, { key: "A" }] }),
    message: "Tag keys must be unique: a is there more than once.",
  },
  "no container": {
    refused: withContainers(),
    accepted: withContainers(app),
    message: "Container list cannot be empty.",
  },
  "more than 10 containers": {
    refused: withContainers(...Array.from({ length: 11 }, (_, index) => ({ ...app, name: `c${index}` }))),
    accepted: withContainers(...Array.from({ length: 10 }, (_, index) => ({ ...app, name: `c${index}` }))),
    message: "Too many containers.",
  },
  "more than 64 KiB": {
    refused: withContainer({ command: ["é".repeat(32_768)] }),
    accepted: withContainer({ command: ["x".repeat(65_000)] }),
    message: `Actual length: '${65_536 + "app".length + "app".length + "app:1".length}'. Max allowed length is '65536' bytes.`,
  },
  "containers of one name": {
    refused: withContainers(app, { ...app, essential: false }),
    accepted: withContainers(app, side),
    message: "Container names must be unique within a task definition.",
  },
  "no essential container": {
    refused: withContainer({ essential: false }),
    accepted: withContainers(side, app),
    message: "Task definition doesn't have any essential container.",
  },
  "a health check with values out of range": {
    refused: withContainer({ healthCheck: { ...healthCheck, interval: 4 } }),
    accepted: withContainer({
      healthCheck: { ...healthCheck, interval: 300, timeout: 60, retries: 10, startPeriod: 0 },
    }),
    message: "Invalid setting for container 'app'. Health check 'interval' must be between 5 and 300.",
  },
  "a restart policy with a period out of range": {
    refused: withContainer({ restartPolicy: { enabled: true, restartAttemptPeriod: 59 } }),
    accepted: withContainer({ restartPolicy: { enabled: true, restartAttemptPeriod: 1800 } }),
    message: "the 'restartAttemptPeriod' setting for container 'app' must be between 60 and 1800.",
  },
  "a restart policy with more than 50 exit codes": {
    refused: withContainer({ restartPolicy: { enabled: true, ignoredExitCodes: Array(51).fill(1) } }),
    accepted: withContainer({ restartPolicy: { enabled: true, ignoredExitCodes: Array(50).fill(1) } }),
    message: "the 'ignoredExitCodes' setting for container 'app' can have at most 50 exit codes.",
  },
  "more than 10 environment files": {
    refused: withContainer({ environmentFiles: Array(11).fill({ type: "s3", value: "a.env" }) }),
    accepted: withContainer({ environmentFiles: Array(10).fill({ type: "s3", value: "a.env" }) }),
    message: "The maximum number of environment files was exceeded. Specify ten or less and try again.",
  },
  "a secret that is named as an environment variable": {
    refused: withContainer(
      { secrets, environment: [{ name: "DB", value: "x" }] },
      { executionRoleArn: role },
    ),
    accepted: withContainer(
      { secrets, environment: [{ name: "db", value: "x" }] },
      { executionRoleArn: role },
    ),
    message:
      "The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'DB'.",
  },
  "secrets without an execution role": {
    refused: withContainer({ secrets }),
    accepted: withContainer({ secrets: [] }),
    message:
      "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
  },
  "a ulimit whose soft limit is above its hard one": {
    refused: withContainer({ ulimits: [{ name: "nofile", softLimit: 2, hardLimit: 1 }] }),
    accepted: withContainer({
      ulimits: [
        { name: "nofile", softLimit: 2, hardLimit: 2 },
        { name: "core", softLimit: 2, hardLimit: -1 },
      ],
    }),
    message: "Soft limit exceeds hard limit for ulimit nofile.",
  },
  "Elastic Inference accelerators, which are no more": {
    refused: withContainer({}, { inferenceAccelerators: [{ deviceName: "a", deviceType: "eia2.medium" }] }),
    accepted: withContainer({}, { inferenceAccelerators: [] }),
    message: "Unsupported field 'inferenceAccelerators'.",
  },
};

export const dependencyCases: Cases<Definition> = {
  "dependsOn of an unknown container": {
    refused: withContainer(dependsOn("x")),
    accepted: withContainers({ ...app, ...dependsOn("side") }, side),
    message: "Cannot depend on container x because it does not exist.",
  },
  "dependsOn of itself": {
    refused: withContainer(dependsOn("app")),
    accepted: withContainers(app, { ...side, ...dependsOn("app") }),
    message: "Container app cannot depend on itself.",
  },
  "HEALTHY of a container without a health check": {
    refused: withContainers({ ...app, ...dependsOn("side", "HEALTHY") }, side),
    accepted: withContainers({ ...app, ...dependsOn("side", "HEALTHY") }, { ...side, healthCheck }),
    message: "A dependency container with HEALTHY condition must have health check configured.",
  },
  "COMPLETE or SUCCESS of an essential container": {
    refused: withContainers({ ...app, ...dependsOn("side", "SUCCESS") }, { ...side, essential: undefined }),
    accepted: withContainers({ ...app, ...dependsOn("side", "SUCCESS") }, side),
    message: "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container.",
  },
  "dependencies that go round": {
    refused: withContainers(
      { ...app, ...dependsOn("side") },
      { ...side, ...dependsOn("other") },
      { ...app, name: "other", ...dependsOn("side") },
    ),
    accepted: withContainers(
      { ...app, dependsOn: [...dependsOn("side").dependsOn, ...dependsOn("other").dependsOn] },
      { ...side, ...dependsOn("other") },
      { ...app, name: "other" },
    ),
    message: "Containers could never start, as dependencies go round: app, side, other.",
  },
};

export const logCases: Cases<Definition> = {
  "awslogs without its group or region": {
    refused: withContainer({ logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "g" } } }),
    accepted: withContainer({
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "g", "awslogs-region": "us-east-1" },
      },
    }),
    message: "Log driver awslogs requires options: awslogs-region",
  },
  "awsfirelens without a log router": {
    refused: withContainer({ logConfiguration: { logDriver: "awsfirelens" } }),
    accepted: withContainers(
      { ...app, logConfiguration: { logDriver: "awsfirelens" } },
      { ...side, firelensConfiguration: { type: "fluentbit" } },
    ),
    message:
      "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified.",
  },
};
