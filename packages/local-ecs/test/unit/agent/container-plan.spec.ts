import assert from "node:assert/strict";
import type { ContainerDefinition, ContainerOverride } from "@aws-sdk/client-ecs";
import { payloadOf } from "../../support/payload";
import { planContainers } from "../../../src/agent/container-plan";

const plan = (definition: ContainerDefinition, ...containerOverrides: ContainerOverride[]) =>
  planContainers(
    payloadOf({ containerDefinitions: [{ name: "app", image: "app:1", ...definition }], containerOverrides }),
  )[0]!;

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

  it("puts the override's environment files before the definition's", () => {
    const file = (value: string) => ({ type: "s3" as const, value });
    const { environmentFiles } = plan(
      { environmentFiles: [file("a"), file("b")] },
      { name: "app", environmentFiles: [file("c")] },
    );

    assert.deepEqual(environmentFiles, ["c", "a", "b"]);
  });

  it("limits memory as the override says, then as the definition or the task says, and not at all otherwise", () => {
    assert.equal(plan({ memory: 64 }, { name: "app", memory: 32 }).memoryMib, 32);
    assert.equal(plan({ memory: 64 }).memoryMib, 64);
    assert.equal(plan({ memoryReservation: 64 }).memoryMib, undefined);
    assert.equal(
      planContainers(payloadOf({ containerDefinitions: [{ name: "app" }], memoryMib: 512 }))[0]!.memoryMib,
      512,
    );
  });
});
