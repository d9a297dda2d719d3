import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask, type EcsTaskArgs } from "../../src/index";
import { registered } from "../support/registered";

interface World {
  readonly cluster: aws.ecs.Cluster;
  readonly taskDefinition: aws.ecs.TaskDefinition;
  readonly ofAwsx: awsx.ecs.FargateTaskDefinition;
}

type Arns = Required<Pick<EcsTaskArgs, "cluster" | "taskDefinition">>;

/** What type-checks as both, and means `arn:cluster` and `arn:definition`. */
const ways: readonly { readonly name: string; readonly args: (world: World) => Arns }[] = [
  { name: "resources", args: ({ cluster, taskDefinition }) => ({ cluster, taskDefinition }) },
  {
    name: "ARNs",
    args: ({ cluster, taskDefinition }) => ({ cluster: cluster.arn, taskDefinition: taskDefinition.arn }),
  },
  {
    name: "the Output of a resource that a component of awsx has",
    args: ({ cluster, ofAwsx }) => ({
      cluster: pulumi.output(cluster),
      taskDefinition: ofAwsx.taskDefinition,
    }),
  },
  {
    name: "functions that give Outputs",
    args: () => ({
      cluster: aws.ecs.getClusterOutput({ clusterName: "cluster" }),
      taskDefinition: aws.ecs.getTaskDefinitionOutput({ taskDefinition: "definition" }),
    }),
  },
  {
    name: "functions that give Promises",
    args: () => ({
      cluster: aws.ecs.getCluster({ clusterName: "cluster" }),
      taskDefinition: aws.ecs.getTaskDefinition({ taskDefinition: "definition" }),
    }),
  },
  {
    name: "Promises of Outputs of resources",
    args: ({ cluster, ofAwsx }) => ({
      cluster: Promise.resolve(pulumi.output(cluster)),
      taskDefinition: Promise.resolve(ofAwsx.taskDefinition),
    }),
  },
  {
    name: "an Output of a text or a resource",
    args: ({ cluster, taskDefinition }) => ({
      cluster: pulumi.output(true).apply((own): string | aws.ecs.Cluster => (own ? cluster : "default")),
      taskDefinition: pulumi.all([taskDefinition.arn, true]).apply(([arn, own]) => (own ? { arn } : "app")),
    }),
  },
  {
    name: "objects with an arn that is an Output of an Output",
    args: ({ cluster, taskDefinition }) => ({
      cluster: { arn: pulumi.output(Promise.resolve(cluster.arn)) },
      taskDefinition: pulumi.output({ arn: taskDefinition.arn }),
    }),
  },
];

describe("EcsTask is given its cluster and task definition", () => {
  for (const { name, args } of ways) {
    it(`as ${name}`, async () => {
      let taskDefinition: aws.ecs.TaskDefinition | undefined;
      const resources = await registered(
        () => {
          taskDefinition = new aws.ecs.TaskDefinition("definition", {
            family: "definition",
            containerDefinitions: "[]",
          });
          const world = {
            cluster: new aws.ecs.Cluster("cluster"),
            taskDefinition,
            ofAwsx: new awsx.ecs.FargateTaskDefinition("ofAwsx", {
              container: { name: "app", image: "shop/app:1" },
            }),
          };
          return [new EcsTask("migrate", args(world)).urn];
        },
        (token) => ({ arn: token.endsWith("getCluster") ? "arn:cluster" : "arn:definition" }),
        (type) => (type === "awsx:ecs:FargateTaskDefinition" ? { taskDefinition } : {}),
      );

      const task = resources.find((each) => each.name === "migrate");
      assert.deepStrictEqual(
        [task?.inputs.cluster, task?.inputs.taskDefinition],
        ["arn:cluster", "arn:definition"],
      );
    });
  }
});
