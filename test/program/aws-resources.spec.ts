import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask } from "../../src/index";
import { registered } from "../support/registered";

/** Everything that `aws.ecs.Service` calls by the same name, in one object for both. */
const shared = {
  networkConfiguration: {
    subnets: [pulumi.output("subnet-1")],
    securityGroups: ["sg-1"],
    assignPublicIp: true,
  },
  capacityProviderStrategies: [{ capacityProvider: "FARGATE", base: 1, weight: pulumi.output(1) }],
  placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type == linux" }],
  orderedPlacementStrategies: [{ type: "spread", field: "instanceId" }],
  platformVersion: "1.4.0",
  propagateTags: "TASK_DEFINITION",
  enableEcsManagedTags: true,
  enableExecuteCommand: pulumi.output(false),
  volumeConfiguration: {
    name: "data",
    managedEbsVolume: {
      roleArn: "arn:aws:iam::123456789012:role/ecs-volumes",
      sizeInGb: 20,
      tagSpecifications: [{ resourceType: "volume", tags: { team: "shop" } }],
    },
  },
  tags: { team: "shop" },
  triggers: { image: pulumi.output("sha256:1") },
  region: "eu-central-1",
};

describe("EcsTask with @pulumi/aws", () => {
  it("takes resources, and the very object that aws.ecs.Service takes", async () => {
    const resources = await registered(() => {
      const cluster = new aws.ecs.Cluster("shop");
      const taskDefinition = new aws.ecs.TaskDefinition("shop", {
        family: "shop",
        containerDefinitions: "[]",
      });
      const migrate = new EcsTask("migrate", { cluster, taskDefinition, ...shared });
      const references = { cluster: cluster.arn, taskDefinition: taskDefinition.arn };
      return [migrate.urn, new aws.ecs.Service("shop", { ...references, ...shared }).urn];
    });

    const [task, service] = ["migrate", "shop"].map((name) =>
      resources.find((each) => each.name === name && "networkConfiguration" in each.inputs),
    );
    assert.deepStrictEqual([task?.inputs.cluster, task?.inputs.taskDefinition], ["arn:shop", "arn:shop"]);
    for (const name of Object.keys(shared))
      assert.deepStrictEqual(task?.inputs[name], service?.inputs[name], name);
  });

  it("takes the outputs of a service", async () => {
    const resources = await registered(() => {
      const service = new aws.ecs.Service("shop", shared);
      const { cluster, networkConfiguration, capacityProviderStrategies, volumeConfiguration, tags } =
        service;
      const others = { networkConfiguration, capacityProviderStrategies, volumeConfiguration, tags };
      const { launchType, platformVersion, placementConstraints, orderedPlacementStrategies } = service;
      const { propagateTags, enableEcsManagedTags, enableExecuteCommand, triggers, region } = service;
      const migrate = new EcsTask("migrate", {
        cluster,
        taskDefinition: "shop:1",
        ...others,
        ...{ launchType, platformVersion, placementConstraints, orderedPlacementStrategies },
        ...{ propagateTags, enableEcsManagedTags, enableExecuteCommand, triggers, region },
      });
      return [migrate.urn];
    });

    const task = resources.find(({ name }) => name === "migrate");
    assert.deepStrictEqual(task?.inputs.networkConfiguration, {
      subnets: ["subnet-1"],
      securityGroups: ["sg-1"],
      assignPublicIp: true,
    });
    assert.deepStrictEqual(task.inputs.volumeConfiguration, shared.volumeConfiguration);
  });
});
