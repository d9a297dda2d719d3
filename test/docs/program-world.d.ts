/** What the programs in the documentation have around the part that is shown. */
import type * as awsPackage from "@pulumi/aws";
import type * as pulumiPackage from "@pulumi/pulumi";
import type * as ecsTaskPackage from "pulumi-ecs-task";
import type * as localPackage from "local-ecs";
import type strictAssert from "node:assert/strict";

declare global {
  const aws: typeof awsPackage;
  const pulumi: typeof pulumiPackage;
  const EcsTask: typeof ecsTaskPackage.EcsTask;
  type EcsTask = ecsTaskPackage.EcsTask;
  const getTask: typeof ecsTaskPackage.getTask;
  const getRunningImages: typeof ecsTaskPackage.getRunningImages;
  const getTasksByImageDigest: typeof ecsTaskPackage.getTasksByImageDigest;

  const startLocalEcs: typeof localPackage.startLocalEcs;
  const assert: typeof strictAssert;

  const cluster: awsPackage.ecs.Cluster;
  const taskDefinition: awsPackage.ecs.TaskDefinition;
  const networkConfiguration: { subnets: pulumiPackage.Output<string>[]; securityGroups: string[] };
  const subnets: pulumiPackage.Output<string>[];
  const securityGroups: string[];
  const privateSubnets: pulumiPackage.Output<string>[];
  const privateRouteTables: pulumiPackage.Output<string>[];
  const allowsHttpsFromTheTasks: pulumiPackage.Output<string>;
  const vpcId: pulumiPackage.Output<string>;
  const region: pulumiPackage.Output<string>;
  const executionRoleArn: pulumiPackage.Output<string>;
  const image: pulumiPackage.Output<string>;
  const builtDigest: string;
  const databaseUrlArn: string;
  const seedVersion: number;
  const taskArn: string;
  const containerInstanceArns: string[];
}
