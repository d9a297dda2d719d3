import assert from "node:assert/strict";
import fc from "fast-check";
import { normaliseInputs } from "../../../src/inputs/normalise-inputs";
import { overridesRequest, runTaskRequest, startTaskRequest } from "../../../src/inputs/run-task-request";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { anyInputs } from "../../support/any-inputs";

const request = (inputs: TaskInputs) => runTaskRequest(normaliseInputs(inputs), "marker");

describe("the RunTask request", () => {
  it("says of a bare task definition no more than what ECS needs and its defaults", () => {
    assert.deepStrictEqual(request({ taskDefinition: "app" }), {
      cluster: "default",
      taskDefinition: "app",
      startedBy: "marker",
      count: 1,
    });
  });

  it("spells every input as the API does", () => {
    const inputs: TaskInputs = {
      taskDefinition: "app:1",
      cluster: "prod",
      capacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT", weight: 1 }],
      networkConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: true },
      count: 2,
      platformVersion: "1.4.0",
      placementConstraints: [{ type: "distinctInstance" }],
      orderedPlacementStrategies: [{ type: "spread", field: "instanceId" }],
      group: "migrations",
      referenceId: "reference",
      propagateTags: "TASK_DEFINITION",
      enableEcsManagedTags: true,
      enableExecuteCommand: true,
      overrides: { cpu: "512", ephemeralStorage: { sizeInGib: 50 } },
      tags: { team: "shop" },
      volumeConfiguration: {
        name: "data",
        managedEbsVolume: {
          roleArn: "arn:aws:iam::1:role/ebs",
          sizeInGb: 10,
          fileSystemType: "ext4",
          encrypted: true,
          tagSpecifications: [{ resourceType: "volume", tags: { a: "1" } }, { resourceType: "volume" }],
        },
      },
    };

    assert.deepStrictEqual(request(inputs), {
      cluster: "prod",
      taskDefinition: "app:1",
      startedBy: "marker",
      capacityProviderStrategy: [{ capacityProvider: "FARGATE_SPOT", base: 0, weight: 1 }],
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ["subnet-1"], securityGroups: ["sg-1"], assignPublicIp: "ENABLED" },
      },
      count: 2,
      platformVersion: "1.4.0",
      placementConstraints: [{ type: "distinctInstance" }],
      placementStrategy: [{ type: "spread", field: "instanceId" }],
      group: "migrations",
      referenceId: "reference",
      propagateTags: "TASK_DEFINITION",
      enableECSManagedTags: true,
      enableExecuteCommand: true,
      overrides: { cpu: "512", ephemeralStorage: { sizeInGiB: 50 } },
      tags: [{ key: "team", value: "shop" }],
      volumeConfigurations: [
        {
          name: "data",
          managedEBSVolume: {
            roleArn: "arn:aws:iam::1:role/ebs",
            sizeInGiB: 10,
            filesystemType: "ext4",
            encrypted: true,
            tagSpecifications: [
              { resourceType: "volume", tags: [{ key: "a", value: "1" }] },
              { resourceType: "volume" },
            ],
          },
        },
      ],
    });
  });

  it("says that no public IP is wanted, and sends no empty list of security groups", () => {
    assert.deepStrictEqual(
      request({ taskDefinition: "app", networkConfiguration: { subnets: ["subnet-1"] } })
        .networkConfiguration,
      { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "DISABLED" } },
    );
  });

  it("sends a volume that is made from a snapshot without tags", () => {
    const volumeConfiguration = { name: "data", managedEbsVolume: { roleArn: "r", snapshotId: "snap-1" } };

    assert.deepStrictEqual(request({ taskDefinition: "app", volumeConfiguration }).volumeConfigurations, [
      { name: "data", managedEBSVolume: { roleArn: "r", snapshotId: "snap-1" } },
    ]);
  });

  it("is the same for inputs and for their normal form", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        assert.deepStrictEqual(request(normaliseInputs(inputs) as TaskInputs), request(inputs));
      }),
    );
  });
});

describe("the StartTask request", () => {
  it("names the instances, and nothing of what only RunTask knows", () => {
    const inputs = normaliseInputs({
      taskDefinition: "app",
      cluster: "prod",
      containerInstances: ["b", "a"],
    });

    assert.deepStrictEqual(startTaskRequest(inputs, "marker"), {
      cluster: "prod",
      taskDefinition: "app",
      startedBy: "marker",
      containerInstances: ["a", "b"],
    });
  });
});

describe("the overrides of a request", () => {
  it("are absent when nothing is overridden", () => {
    assert.equal(overridesRequest(undefined), undefined);
  });
});
