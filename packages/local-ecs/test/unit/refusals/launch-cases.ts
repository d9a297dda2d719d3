import type { RunTaskRequest, TaskDefinition, TaskManagedEBSVolumeConfiguration } from "@aws-sdk/client-ecs";
import type { Launch } from "../../../src/refusals/launches/launch";
import { container } from "../../support/fargate-definition";
import type { Cases } from "./assert-table";

const network = { awsvpcConfiguration: { subnets: ["subnet-1"] } };

const launch = (request: Partial<RunTaskRequest>, definition: Partial<TaskDefinition> = {}): Launch => ({
  request: { taskDefinition: "app:1", ...request },
  cluster: {
    clusterArn: "arn:aws:ecs:us-east-1:123456789012:cluster/default",
    clusterName: "default",
    status: "ACTIVE",
    settings: { capacityProviders: ["FARGATE", "FARGATE_SPOT"] },
  },
  definition: { containerDefinitions: [container], compatibilities: ["EC2"], ...definition },
});

const awsvpc = { networkMode: "awsvpc" as const };
const onFargate = (request: Partial<RunTaskRequest>, definition: Partial<TaskDefinition> = {}): Launch =>
  launch(
    { launchType: "FARGATE", networkConfiguration: network, ...request },
    { ...awsvpc, cpu: "256", memory: "512", compatibilities: ["EC2", "FARGATE"], ...definition },
  );

const withVolume = (
  managedEBSVolume: Partial<TaskManagedEBSVolumeConfiguration>,
  isAtLaunch = true,
): Launch =>
  launch(
    { volumeConfigurations: [{ name: "data", managedEBSVolume: { roleArn: "role", ...managedEBSVolume } }] },
    { volumes: [{ name: "data", configuredAtLaunch: isAtLaunch }] },
  );

const strategy = (...items: NonNullable<RunTaskRequest["capacityProviderStrategy"]>): Launch =>
  onFargate({ launchType: undefined, capacityProviderStrategy: items });
const constraints = (count: number) =>
  Array.from({ length: count }, () => ({ type: "memberOf" as const, expression: "x == y" }));

export const launchCases: Cases<Launch> = {
  "a launch type beside a capacity provider strategy": {
    refused: onFargate({
      launchType: "FARGATE",
      capacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
    }),
    accepted: strategy({ capacityProvider: "FARGATE" }),
    message:
      "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
  },
  "a capacity provider that the cluster does not have": {
    refused: strategy({ capacityProvider: "other" }),
    accepted: strategy({ capacityProvider: "FARGATE_SPOT" }),
    message:
      "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.",
  },
  "two capacity providers with a base": {
    refused: strategy(
      { capacityProvider: "FARGATE", base: 1, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", base: 1 },
    ),
    accepted: strategy(
      { capacityProvider: "FARGATE", base: 1, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", base: 0 },
    ),
    message: "Only one capacity provider in a capacity provider strategy can have a base.",
  },
  "several capacity providers, and none with a weight": {
    refused: strategy({ capacityProvider: "FARGATE" }, { capacityProvider: "FARGATE_SPOT" }),
    accepted: strategy({ capacityProvider: "FARGATE" }, { capacityProvider: "FARGATE_SPOT", weight: 1 }),
    message: "At least one capacity provider must have a weight greater than zero.",
  },
  "Fargate for a task definition that cannot run there": {
    refused: onFargate({}, { compatibilities: ["EC2"] }),
    accepted: onFargate({}),
    message: "Task definition does not support launch_type FARGATE.",
  },
  "managed instances by a launch type": {
    refused: launch({ launchType: "MANAGED_INSTANCES" }),
    accepted: launch({ launchType: "EXTERNAL" }),
    message: "Managed instances are chosen by a capacity provider strategy, not by launchType.",
  },
  "a platform version elsewhere than on Fargate": {
    refused: launch({ platformVersion: "LATEST" }),
    accepted: onFargate({ platformVersion: "LATEST" }),
    message: "The platform version must be null when specifying an EC2 launch type.",
  },
  "a platform version that there is not": {
    refused: onFargate({ platformVersion: "9.9.9" }),
    accepted: onFargate(
      { platformVersion: "1.0.0" },
      { runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } },
    ),
    message: "The specified platform version does not exist.",
  },
  "placement on Fargate": {
    refused: onFargate({ placementStrategy: [{ type: "random" }] }),
    accepted: launch({ placementStrategy: [{ type: "random" }] }),
    message: "Placement constraints and strategies are not supported with FARGATE launch type.",
  },
  "binpack by anything but cpu and memory": {
    refused: launch({ placementStrategy: [{ type: "binpack", field: "disk" }] }),
    accepted: launch({ placementStrategy: [{ type: "binpack", field: "MEMORY" }] }),
    message: "The field of the placement strategy binpack must be cpu or memory.",
  },
  "spread by nothing": {
    refused: launch({ placementStrategy: [{ type: "spread" }] }),
    accepted: launch({ placementStrategy: [{ type: "spread", field: "instanceId" }] }),
    message: "The placement strategy spread needs a field.",
  },
  "more than 10 placement constraints": {
    refused: launch({ placementConstraints: constraints(6) }, { placementConstraints: constraints(5) }),
    accepted: launch({ placementConstraints: constraints(5) }, { placementConstraints: constraints(5) }),
    message: "A task can have at most 10 placement constraints.",
  },
  "distinctInstance with an expression": {
    refused: launch({ placementConstraints: [{ type: "distinctInstance", expression: "x == y" }] }),
    accepted: launch({ placementConstraints: [{ type: "memberOf", expression: "x == y" }] }),
    message: "A placement constraint of type distinctInstance takes no expression.",
  },
  "a network configuration without awsvpc": {
    refused: launch({ networkConfiguration: network }),
    accepted: launch({ networkConfiguration: network }, awsvpc),
    message: "Network Configuration is not valid for the given networkMode of this task definition.",
  },
  "awsvpc without a network configuration": {
    refused: launch({}, awsvpc),
    accepted: launch({}, { networkMode: "bridge" }),
    message: "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  },
  "awsvpc without subnets": {
    refused: launch({ networkConfiguration: { awsvpcConfiguration: { subnets: [] } } }, awsvpc),
    accepted: launch({ networkConfiguration: network }, awsvpc),
    message: "subnets can not be empty.",
  },
  "a public address on EC2": {
    refused: launch(
      { networkConfiguration: { awsvpcConfiguration: { subnets: ["s"], assignPublicIp: "ENABLED" } } },
      awsvpc,
    ),
    accepted: onFargate({
      networkConfiguration: { awsvpcConfiguration: { subnets: ["s"], assignPublicIp: "ENABLED" } },
    }),
    message: "Assign public IP is not supported for this launch type.",
  },
  "overrides of more than 8192 characters": {
    refused: launch({ overrides: { containerOverrides: [{ name: "app", command: ["x".repeat(8192)] }] } }),
    accepted: launch({ overrides: { containerOverrides: [{ name: "app", command: ["x".repeat(8100)] }] } }),
    message: "Container Overrides length must be at most 8192",
  },
  "an override of an unknown container": {
    refused: launch({ overrides: { containerOverrides: [{ name: "x" }] } }),
    accepted: launch({ overrides: { containerOverrides: [{ name: "app" }] } }),
    message: "Override for container named x is not a container in the TaskDefinition.",
  },
  "a cpu or memory of the task that cannot be read": {
    refused: launch({ overrides: { memory: "1 TB" } }),
    accepted: launch({ overrides: { memory: "1 GB" } }),
    message: "Invalid 'memory' setting for task.",
  },
  "an override to a size that Fargate does not have": {
    refused: onFargate({ overrides: { cpu: "300" } }),
    accepted: onFargate({ overrides: { cpu: "1024", memory: "2 GB" } }),
    message:
      "No Fargate configuration exists for given values: 300 CPU, 512 memory. See the Amazon ECS documentation for the valid values.",
  },
  "a volume that the task definition does not have": {
    refused: withVolume({ sizeInGiB: 1 }, false),
    accepted: withVolume({ sizeInGiB: 1 }),
    message:
      "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
  },
  "settings of an EBS volume that do not go together": {
    refused: withVolume({ sizeInGiB: 4, volumeType: "io2" }),
    accepted: withVolume({ sizeInGiB: 4, volumeType: "io2", iops: 100 }),
    message: "The volume data is not valid: iops is required for io2.",
  },
  "tags of a service": {
    refused: launch({ propagateTags: "SERVICE" }),
    accepted: launch({ propagateTags: "NONE" }),
    message: "propagateTags SERVICE is not possible for a task that belongs to no service.",
  },
  "ECS Exec without a task role": {
    refused: launch({ enableExecuteCommand: true }),
    accepted: launch({ enableExecuteCommand: true, overrides: { taskRoleArn: "role" } }),
    message:
      "The execute command failed because a valid task role is not being used. Specify a valid task role in your task definition or as a task override and try again.",
  },
  "two tags of one key": {
    refused: launch({ tags: [{ key: "a" }, { key: "a" }] }),
    accepted: launch({ tags: [{ key: "a" }, { key: "b" }] }),
    message: "Tag keys must be unique: a is there more than once.",
  },
};
