import assert from "node:assert/strict";
import { readInputs } from "../../../src/inputs/read-inputs";

describe("readInputs", () => {
  it("picks the inputs out of a record", () => {
    assert.deepStrictEqual(readInputs({ taskDefinition: "app:1", taskArn: "t", phase: "SETTLED" }), {
      taskDefinition: "app:1",
    });
  });

  it("leaves out what says nothing, at any depth, and nothing else", () => {
    const inputs = {
      taskDefinition: "app:1",
      cluster: null,
      overrides: { cpu: undefined, containerOverrides: [{ name: "app", command: null, memory: 0 }] },
      triggers: [null, "", false],
    };

    assert.deepStrictEqual(readInputs(inputs), {
      taskDefinition: "app:1",
      overrides: { containerOverrides: [{ name: "app", memory: 0 }] },
      triggers: [null, "", false],
    });
  });
});
