import assert from "node:assert/strict";
import { diffInputs } from "../../../src/inputs/diff-inputs";
import { INPUT_NAMES } from "../../../src/inputs/inputs-and-effects";
import type { TaskInputs } from "../../../src/inputs/task-inputs";

const base: TaskInputs = { taskDefinition: "app:41" };

/** A value that is not what `base` has, and what changing to it leads to: the table of the inputs. */
const EFFECTS: Readonly<Record<Exclude<keyof TaskInputs, "resourceUrn">, readonly [value: unknown, string]>> =
  {
    taskDefinition: ["app:42", "re-run"],
    cluster: ["prod", "re-run"],
    launchType: ["EC2", "re-run"],
    capacityProviderStrategies: [[{ capacityProvider: "FARGATE" }], "re-run"],
    networkConfiguration: [{ subnets: ["a"] }, "re-run"],
    overrides: [{ cpu: "512" }, "re-run"],
    count: [2, "re-run"],
    platformVersion: ["1.4.0", "re-run"],
    placementConstraints: [[{ type: "distinctInstance" }], "re-run"],
    orderedPlacementStrategies: [[{ type: "random" }], "re-run"],
    group: ["g", "re-run"],
    referenceId: ["r", "re-run"],
    propagateTags: ["TASK_DEFINITION", "update"],
    enableEcsManagedTags: [true, "update"],
    enableExecuteCommand: [true, "update"],
    volumeConfiguration: [{ name: "data", managedEbsVolume: { roleArn: "r", sizeInGb: 1 } }, "re-run"],
    containerInstances: [["i-1"], "re-run"],
    expectedImageDigests: [{ app: `sha256:${"1".repeat(64)}` }, "re-run"],
    triggers: [["a"], "re-run"],
    idempotencyKey: ["k", "re-run"],
    successContainers: [["app"], "judge"],
    successExitCodes: [[0, 1], "judge"],
    tags: [{ a: "1" }, "update"],
    startedBy: ["me", "update"],
    waitFor: ["NONE", "update"],
    timeoutSeconds: [5, "update"],
    startTimeoutSeconds: [5, "update"],
    onTimeout: ["STOP", "update"],
    showLogs: ["OFF", "update"],
    capacityRetrySeconds: [5, "update"],
    region: ["eu-west-1", "update"],
    profile: ["p", "update"],
    assumeRole: [{ roleArn: "r" }, "update"],
    endpoint: ["http://127.0.0.1:1", "update"],
  };

describe("the effect of an input", () => {
  for (const [property, [value, effect]] of Object.entries(EFFECTS)) {
    it(`takes a change of ${property} alone for a reason to ${effect}`, () => {
      assert.deepStrictEqual(
        diffInputs(base, { ...base, [property]: value }).map((change) => [change.property, change.effect]),
        [[property, effect]],
      );
    });
  }

  it("knows what a change of each input leads to", () => {
    assert.deepStrictEqual([...INPUT_NAMES].sort(), [...Object.keys(EFFECTS), "resourceUrn"].sort());
  });
});
