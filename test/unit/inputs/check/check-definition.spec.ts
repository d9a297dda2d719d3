import assert from "node:assert/strict";
import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { checkDefinition } from "../../../../src/inputs/check/check-definition";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";
import { UNKNOWN } from "../../../../src/inputs/unknown";

const definition: TaskDefinition = {
  status: "ACTIVE",
  networkMode: "awsvpc",
  containerDefinitions: [{ name: "app" }, { name: "proxy" }],
};
const inputs: TaskInputs = { taskDefinition: "app:1", networkConfiguration: { subnets: ["subnet-1"] } };
const withoutNetwork: TaskInputs = { taskDefinition: "app:1" };
const DIGEST = `sha256:${"0".repeat(64)}`;

const UNKNOWN_CONTAINER =
  'names container "ap", which the task definition does not have; it has "app", "proxy"';

const cases: readonly {
  name: string;
  inputs: TaskInputs;
  definition?: TaskDefinition;
  failures: readonly [property: string, reason: string][];
}[] = [
  {
    name: "finds nothing wrong with containers that it has",
    inputs: {
      ...inputs,
      overrides: { containerOverrides: [{ name: "app" }] },
      successContainers: ["proxy"],
      expectedImageDigests: { app: DIGEST },
    },
    failures: [],
  },
  {
    name: "names each place that names a container it does not have",
    inputs: {
      ...inputs,
      overrides: { containerOverrides: [{ name: "app" }, { name: "ap" }] },
      successContainers: ["ap"],
      expectedImageDigests: { ap: DIGEST },
    },
    failures: [
      ["overrides.containerOverrides[1].name", UNKNOWN_CONTAINER],
      ["successContainers[0]", UNKNOWN_CONTAINER],
      ["expectedImageDigests.ap", UNKNOWN_CONTAINER],
    ],
  },
  {
    name: "leaves overrides and names alone that preview does not know yet",
    inputs: {
      ...inputs,
      overrides: { containerOverrides: [{ name: UNKNOWN, command: ["x"] }, UNKNOWN as never] },
      successContainers: [UNKNOWN],
    },
    failures: [],
  },
  {
    name: "looks at the name of a container of which something else is not known yet",
    inputs: { ...inputs, overrides: { containerOverrides: [{ name: "ap", command: [UNKNOWN] }] } },
    failures: [["overrides.containerOverrides[0].name", UNKNOWN_CONTAINER]],
  },
  {
    name: "leaves inputs alone of which preview knows nothing",
    inputs: {
      ...withoutNetwork,
      ...({ overrides: UNKNOWN, successContainers: UNKNOWN, expectedImageDigests: UNKNOWN } as object),
      ...({ networkConfiguration: UNKNOWN, volumeConfiguration: UNKNOWN } as object),
    },
    definition: { ...definition, networkMode: "host" },
    failures: [],
  },
  {
    name: "asks for a network configuration in network mode awsvpc",
    inputs: withoutNetwork,
    failures: [
      [
        "networkConfiguration",
        "is required, because the task definition's network mode is awsvpc; give it at least one subnet",
      ],
    ],
  },
  {
    name: "refuses a network configuration in another network mode, bridge being ECS's default",
    inputs,
    definition: { containerDefinitions: [] },
    failures: [
      [
        "networkConfiguration",
        "cannot be used, because the task definition's network mode is bridge; remove it, or make the network mode awsvpc",
      ],
    ],
  },
  {
    name: "needs none in another network mode",
    inputs: withoutNetwork,
    definition: { ...definition, networkMode: "host" },
    failures: [],
  },
  {
    name: "refuses a task definition that was deregistered",
    inputs,
    definition: { ...definition, status: "INACTIVE" },
    failures: [
      [
        "taskDefinition",
        "is INACTIVE: it was deregistered, and ECS starts no task of it; name an active revision",
      ],
    ],
  },
  {
    name: "says nothing of a status that ECS did not tell, and takes a definition without containers for one that has none",
    inputs: { ...withoutNetwork, successContainers: ["ap"] },
    definition: { networkMode: "bridge" },
    failures: [
      ["successContainers[0]", 'names container "ap", which the task definition does not have; it has none'],
    ],
  },
];

describe("checkDefinition", () => {
  for (const { name, inputs: given, definition: of = definition, failures } of cases) {
    it(name, () => {
      assert.deepStrictEqual(
        checkDefinition(given, of).map(({ property, reason }) => [property, reason]),
        failures,
      );
    });
  }
});

describe("checkDefinition, of volumes and roles", () => {
  const managedEbsVolume = { roleArn: "arn:aws:iam::1:role/ebs", sizeInGb: 10 };
  const withVolume: TaskInputs = { ...inputs, volumeConfiguration: { name: "data", managedEbsVolume } };
  const check = (given: TaskInputs, more: Partial<TaskDefinition>) =>
    checkDefinition(given, { ...definition, ...more }).map(({ property, reason }) => `${property} ${reason}`);

  it("wants a volume that the task definition leaves open for the launch", () => {
    const wrong = [
      'volumeConfiguration.name names volume "data", but the task definition has no such volume with configuredAtLaunch: true; add it there, or name another one',
    ];

    assert.deepStrictEqual(check(withVolume, { volumes: [{ name: "data", configuredAtLaunch: true }] }), []);
    assert.deepStrictEqual(check(withVolume, { volumes: [{ name: "data" }] }), wrong);
    assert.deepStrictEqual(
      check(withVolume, { volumes: [{ name: "other", configuredAtLaunch: true }] }),
      wrong,
    );
    assert.deepStrictEqual(check(withVolume, {}), wrong);
    const unknown = { ...inputs, volumeConfiguration: { name: UNKNOWN, managedEbsVolume } };
    assert.deepStrictEqual(check(unknown, {}), []);
  });

  it("wants a task role for execute-command, in the definition or in the overrides", () => {
    const withExec: TaskInputs = { ...inputs, enableExecuteCommand: true };

    assert.deepStrictEqual(check(withExec, {}), [
      "enableExecuteCommand needs a task role; set one in the task definition, or overrides.taskRoleArn",
    ]);
    assert.deepStrictEqual(check(withExec, { taskRoleArn: "r" }), []);
    assert.deepStrictEqual(check({ ...withExec, overrides: { taskRoleArn: "r" } }, {}), []);
    assert.deepStrictEqual(check({ ...withExec, overrides: { taskRoleArn: UNKNOWN } }, {}), []);
    assert.deepStrictEqual(check({ ...inputs, enableExecuteCommand: false }, {}), []);
  });
});
