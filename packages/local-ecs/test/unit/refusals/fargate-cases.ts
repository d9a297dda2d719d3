import type { ContainerDefinition, LinuxParameters } from "@aws-sdk/client-ecs";
import type { Definition } from "../../../src/refusals/task-definitions/task-definition";
import { container, fargate } from "../../support/fargate-definition";
import type { Cases } from "./assert-table";

const withTask = (task: Partial<Definition>): Definition => ({ ...fargate, ...task });
const withContainer = (changed: Partial<ContainerDefinition>, task: Partial<Definition> = {}): Definition =>
  withTask({ containerDefinitions: [{ ...container, ...changed }], ...task });
const withLinux = (linuxParameters: LinuxParameters): Definition => withContainer({ linuxParameters });
const onEc2 = { requiresCompatibilities: ["EC2" as const] };

const awslogs = (options: Record<string, string>) => ({
  logConfiguration: {
    logDriver: "awslogs" as const,
    options: { "awslogs-group": "g", "awslogs-region": "us-east-1", ...options },
  },
});
const role = { executionRoleArn: "arn:aws:iam::123456789012:role/execution" };

export const fargateCases: Cases<Definition> = {
  "Fargate with another networkMode than awsvpc": {
    refused: withTask({ networkMode: undefined }),
    accepted: withTask({ networkMode: "bridge", ...onEc2 }),
    message: "Fargate only supports network mode 'awsvpc'.",
  },
  "Fargate without cpu or memory": {
    refused: withTask({ cpu: undefined }),
    accepted: withTask({ cpu: undefined, ...onEc2 }),
    message: "Fargate requires that 'cpu' be defined at the task level.",
  },
  "a size that Fargate does not have": {
    refused: withTask({ cpu: "1 vCPU", memory: "1 GB" }),
    accepted: withTask({ cpu: "32 vCPU", memory: "244 GB" }),
    message:
      "No Fargate configuration exists for given values: 1024 CPU, 1024 memory. See the Amazon ECS documentation for the valid values.",
  },
  "Fargate with privileged": {
    refused: withContainer({ privileged: true }),
    accepted: withContainer({ privileged: false }),
    message: "Fargate requires that the 'privileged' setting be 'false'.",
  },
  "Fargate with pidMode host": {
    refused: withTask({ pidMode: "host" }),
    accepted: withTask({ pidMode: "task" }),
    message: "Tasks using the Fargate launch type do not support pidMode 'host'.",
  },
  "Fargate with ipcMode": {
    refused: withTask({ ipcMode: "task" }),
    accepted: withTask({ ipcMode: "task", ...onEc2 }),
    message: "Fargate compatible task definitions do not support ipcMode.",
  },
  "a log driver that Fargate does not have": {
    refused: withContainer({ logConfiguration: { logDriver: "json-file" } }),
    accepted: withContainer({ logConfiguration: { logDriver: "splunk" } }),
    message: "json-file is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens]",
  },
  "awslogs on Fargate without an execution role": {
    refused: withContainer(awslogs({ "awslogs-stream-prefix": "p" })),
    accepted: withContainer(awslogs({ "awslogs-stream-prefix": "p" }), role),
    message: "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
  },
  "awslogs on Fargate without a prefix of streams": {
    refused: withContainer(awslogs({}), role),
    accepted: withContainer(awslogs({}), onEc2),
    message: "Fargate requires log configuration options to include awslogs-stream-prefix.",
  },
  "a stopTimeout above 120 on Fargate, or a startTimeout that is not 2 to 120": {
    refused: withContainer({ stopTimeout: 121 }),
    accepted: withContainer({ stopTimeout: 0, startTimeout: 2 }),
    message: "Invalid setting for container 'app'. 'stopTimeout' must be at most 120 on Fargate.",
  },
  "Fargate with a volume of the host": {
    refused: withTask({ volumes: [{ name: "data", host: { sourcePath: "/data" } }] }),
    accepted: withTask({ volumes: [{ name: "data", host: {} }] }),
    message: "Fargate compatible task definitions do not support sourcePath.",
  },
  "Fargate with a volume of Docker's": {
    refused: withTask({ volumes: [{ name: "data", dockerVolumeConfiguration: { scope: "task" } }] }),
    accepted: withTask({ volumes: [{ name: "data", efsVolumeConfiguration: { fileSystemId: "fs-1" } }] }),
    message: "Fargate compatible task definitions do not support dockerVolumeConfiguration.",
  },
  "Fargate with devices, sharedMemorySize, maxSwap or swappiness": {
    refused: withLinux({ sharedMemorySize: 64 }),
    accepted: withLinux({ devices: [], initProcessEnabled: true }),
    message: "Fargate compatible task definitions do not support sharedMemorySize.",
  },
  "Fargate with another added capability than SYS_PTRACE": {
    refused: withLinux({ capabilities: { add: ["SYS_PTRACE", "NET_ADMIN"] } }),
    accepted: withLinux({ capabilities: { add: ["SYS_PTRACE"], drop: ["ALL"] } }),
    message: "NET_ADMIN is not allowed on Fargate.",
  },
  "Fargate with dockerSecurityOptions": {
    refused: withContainer({ dockerSecurityOptions: ["no-new-privileges"] }),
    accepted: withContainer({ dockerSecurityOptions: [] }),
    message: "Fargate compatible task definitions do not support dockerSecurityOptions.",
  },
  "Fargate with a GPU": {
    refused: withContainer({ resourceRequirements: [{ type: "GPU", value: "1" }] }),
    accepted: withContainer({ resourceRequirements: [{ type: "GPU", value: "1" }] }, onEc2),
    message: "Tasks using the Fargate launch type do not support GPU resource requirements.",
  },
  "Fargate with placement constraints": {
    refused: withTask({ placementConstraints: [{ type: "memberOf", expression: "attribute:x == y" }] }),
    accepted: withTask({ placementConstraints: [] }),
    message: "Fargate compatible task definitions do not support constraints.",
  },
  "ephemeralStorage for EC2 alone": {
    refused: withTask({ ephemeralStorage: { sizeInGiB: 21 }, ...onEc2 }),
    accepted: withTask({ ephemeralStorage: { sizeInGiB: 21 }, requiresCompatibilities: ["EC2", "FARGATE"] }),
    message: "Tasks using the EC2 launch type do not support EphemeralStorage.",
  },
};
