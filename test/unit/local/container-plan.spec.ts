import assert from "node:assert/strict";
import type { ContainerDefinition, ContainerOverride } from "@aws-sdk/client-ecs";
import { planContainers, unmetNeed } from "../../../src/local/agent/container-plan";

const plan = (definition: ContainerDefinition, ...containerOverrides: ContainerOverride[]) =>
  planContainers(payload([{ name: "app", image: "app:1", ...definition }], containerOverrides))[0]!;

function payload(
  containerDefinitions: readonly ContainerDefinition[],
  containerOverrides: readonly ContainerOverride[] = [],
) {
  return {
    taskArn: "t",
    clusterArn: "c",
    desiredStatus: "RUNNING" as const,
    containerDefinitions,
    containerOverrides,
  };
}

describe("planContainers", () => {
  it("lets the override's command replace the definition's, and its variables add to them", () => {
    const { command, environment, entryPoint } = plan(
      {
        entryPoint: ["sh", "-c"],
        command: ["up"],
        environment: [
          { name: "A", value: "1" },
          { name: "B", value: "1" },
        ],
      },
      { name: "app", command: ["down"], environment: [{ name: "B", value: "2" }] },
    );

    assert.deepEqual(
      { command, environment, entryPoint },
      {
        command: ["down"],
        environment: { A: "1", B: "2" },
        entryPoint: ["sh", "-c"],
      },
    );
  });

  it("keeps the definition's command when the override's is empty or for another container", () => {
    const overrides = [
      { name: "app", command: [] },
      { name: "other", command: ["x"] },
    ];

    assert.deepEqual(plan({ command: ["up"] }, ...overrides).command, ["up"]);
  });

  it("takes a container for essential, with 30 seconds to stop, unless told otherwise", () => {
    const { isEssential, stopTimeoutMs } = plan({});
    const told = plan({ essential: false, stopTimeout: 2 });

    assert.deepEqual([isEssential, stopTimeoutMs], [true, 30_000]);
    assert.deepEqual([told.isEssential, told.stopTimeoutMs], [false, 2000]);
  });

  it("sends output to the logs only by awslogs", () => {
    const options = { "awslogs-group": "g" };

    assert.deepEqual(plan({ logConfiguration: { logDriver: "awslogs", options } }).logs, {
      group: "g",
      streamPrefix: undefined,
    });
    assert.equal(plan({ logConfiguration: { logDriver: "json-file", options } }).logs, undefined);
  });
});

describe("unmetNeed", () => {
  it("names the container and what it cannot have, never a value", () => {
    const secrets = [{ name: "PASSWORD", valueFrom: "arn:hidden" }];
    const environmentFiles = [{ type: "s3" as const, value: "arn:hidden" }];

    assert.match(unmetNeed(payload([{ name: "app", secrets }]))!, /container app asks for PASSWORD$/);
    assert.match(
      unmetNeed(payload([{ name: "a" }], [{ name: "a", environmentFiles }]))!,
      /container a names some$/,
    );
    assert.equal(unmetNeed(payload([{ name: "app", secrets: [] }])), undefined);
  });
});
