import assert from "node:assert/strict";
import { diffInputs } from "../../../src/inputs/diff-inputs";
import type { TaskInputs, VolumeConfiguration } from "../../../src/inputs/task-inputs";

const base: TaskInputs = { taskDefinition: "app:41" };
const withEnvironment = (
  environment: Record<string, string> | { name: string; value: string }[],
): TaskInputs => ({
  ...base,
  overrides: { containerOverrides: [{ name: "app", environment }] },
});

const withVolume = (more: Partial<VolumeConfiguration["managedEbsVolume"]>): TaskInputs => ({
  ...base,
  volumeConfiguration: { name: "data", managedEbsVolume: { roleArn: "ebs", sizeInGb: 10, ...more } },
});

const equals: readonly { name: string; one: TaskInputs; other: TaskInputs }[] = [
  {
    name: "a task definition's family:revision and its ARN",
    one: base,
    other: { taskDefinition: "arn:aws:ecs:eu-central-1:1:task-definition/app:41" },
  },
  {
    name: "a cluster's name and its ARN",
    one: { ...base, cluster: "prod" },
    other: { ...base, cluster: "arn:aws:ecs:eu-central-1:1:cluster/prod" },
  },
  {
    name: "container instances by their ids and by their ARNs, in any order",
    one: { ...base, containerInstances: ["a1", "b2"] },
    other: {
      ...base,
      containerInstances: ["b2", "a1"].map(
        (id) => `arn:aws:ecs:eu-central-1:1:container-instance/prod/${id}`,
      ),
    },
  },
  {
    name: "container instances of which others are given by their ARNs",
    one: { ...base, containerInstances: ["i-1", "arn:aws:ecs:eu-central-1:1:container-instance/prod/i-2"] },
    other: { ...base, containerInstances: ["arn:aws:ecs:eu-central-1:1:container-instance/prod/i-1", "i-2"] },
  },
  {
    name: "a volume that is deleted with its task, which is the default, and one of which nothing is said",
    one: withVolume({}),
    other: withVolume({ terminationPolicy: { deleteOnTermination: true } }),
  },
  {
    name: "no platform version and the latest one",
    one: base,
    other: { ...base, platformVersion: "LATEST" },
  },
  {
    name: "no group and that of the family",
    one: base,
    other: { ...base, group: "family:app" },
  },
  { name: "no cluster and the default one", one: base, other: { ...base, cluster: "default" } },
  {
    name: "the order of environment variables",
    one: withEnvironment({ A: "1", B: "2" }),
    other: withEnvironment({ B: "2", A: "1" }),
  },
  {
    name: "an environment as a map and as a list",
    one: withEnvironment({ A: "1", B: "2" }),
    other: withEnvironment([
      { name: "B", value: "2" },
      { name: "A", value: "1" },
    ]),
  },
  {
    name: "the order of subnets and security groups, and no public IP",
    one: { ...base, networkConfiguration: { subnets: ["a", "b"], securityGroups: ["x", "y"] } },
    other: {
      ...base,
      networkConfiguration: { subnets: ["b", "a"], securityGroups: ["y", "x"], assignPublicIp: false },
    },
  },
  {
    name: "the order of tags",
    one: { ...base, tags: { a: "1", b: "2" } },
    other: { ...base, tags: { b: "2", a: "1" } },
  },
  {
    name: "no overrides and empty ones",
    one: base,
    other: { ...base, overrides: { containerOverrides: [{ name: "app" }] } },
  },
  {
    name: "the order of security groups, container instances, constraints, resource requirements and exit codes",
    one: {
      ...base,
      containerInstances: ["i-1", "i-2"],
      placementConstraints: [
        { type: "distinctInstance" },
        { type: "memberOf", expression: "attribute:ecs.os-type == linux" },
      ],
      overrides: {
        containerOverrides: [
          {
            name: "app",
            resourceRequirements: [
              { type: "GPU", value: "1" },
              { type: "InferenceAccelerator", value: "device" },
            ],
          },
        ],
      },
      successContainers: ["app", "web"],
      successExitCodes: [0, 3],
    },
    other: {
      ...base,
      containerInstances: ["i-2", "i-1"],
      placementConstraints: [
        { type: "memberOf", expression: "attribute:ecs.os-type == linux" },
        { type: "distinctInstance" },
      ],
      overrides: {
        containerOverrides: [
          {
            name: "app",
            resourceRequirements: [
              { type: "InferenceAccelerator", value: "device" },
              { type: "GPU", value: "1" },
            ],
          },
        ],
      },
      successContainers: ["web", "app"],
      successExitCodes: [3, 0],
    },
  },
  {
    name: "nothing and empty lists and maps",
    one: base,
    other: {
      ...base,
      capacityProviderStrategies: [],
      placementConstraints: [],
      orderedPlacementStrategies: [],
      containerInstances: [],
      expectedImageDigests: {},
      successContainers: [],
      tags: {},
      overrides: { containerOverrides: [{ name: "app", environmentFiles: [], environment: {} }] },
    },
  },
  { name: "propagateTags NONE and its absence", one: base, other: { ...base, propagateTags: "NONE" } },
  {
    name: "a default and its absence",
    one: base,
    other: { ...base, count: 1, waitFor: "EXITED", timeoutSeconds: 3600, onTimeout: "LEAVE_RUNNING" },
  },
];

describe("inputs that mean the same", () => {
  for (const { name, one, other } of equals) {
    it(`takes ${name} for equal`, () => {
      assert.deepStrictEqual(diffInputs(one, other), []);
      assert.deepStrictEqual(diffInputs(other, one), []);
    });
  }
});
