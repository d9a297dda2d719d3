import assert from "node:assert/strict";
import { expectationOf } from "../../../src/outcome/expectation";
import type { TaskInputs } from "../../../src/inputs/task-inputs";

const inputs: TaskInputs = { taskDefinition: "app:1" };
const worker: TaskInputs = {
  ...inputs,
  overrides: {
    containerOverrides: [
      { name: "app", command: ["migrate"] },
      { name: "proxy", cpu: 1 },
    ],
  },
};

describe("what inputs expect of a run", () => {
  it("is that the essential containers decide, of which those with a command of their own have the work", () => {
    assert.deepStrictEqual(expectationOf(worker, ["app", "proxy"]), {
      decidingContainers: ["app", "proxy"],
      successExitCodes: undefined,
      expectedImageDigests: undefined,
      workContainers: ["app"],
    });
  });

  it("is that named containers decide, and that what they exit with is meant as it is", () => {
    const named = { ...worker, successContainers: ["proxy"], successExitCodes: [0, 3] };

    assert.deepStrictEqual(expectationOf(named, ["app"]), {
      decidingContainers: ["proxy"],
      successExitCodes: [0, 3],
      expectedImageDigests: undefined,
      workContainers: ["proxy"],
    });
  });

  it("is that all containers decide where it is not known which are essential", () => {
    assert.deepStrictEqual(expectationOf(inputs, undefined), {
      decidingContainers: undefined,
      successExitCodes: undefined,
      expectedImageDigests: undefined,
      workContainers: undefined,
    });
  });

  it("is that the essential containers decide, and no other, where no container was given anything", () => {
    assert.deepStrictEqual(expectationOf(inputs, ["app", "proxy"]).decidingContainers, ["app", "proxy"]);
  });

  it("is that a container that was given a command decides, although it is not essential", () => {
    assert.deepStrictEqual(expectationOf(worker, ["proxy"]).decidingContainers, ["proxy", "app"]);
    assert.equal(expectationOf(worker, undefined).decidingContainers, undefined);
  });

  it("is that the containers with variables have the work where none was given a command", () => {
    const containerOverrides = [
      { name: "app", environment: { MODE: "x" } },
      { name: "proxy", cpu: 1 },
    ];

    assert.deepStrictEqual(
      expectationOf({ ...inputs, overrides: { containerOverrides } }, ["app", "proxy"]).workContainers,
      ["app"],
    );
  });

  it("is that the only essential container has the work where the overrides do not say", () => {
    assert.deepStrictEqual(expectationOf(inputs, ["app"]).workContainers, ["app"]);
    assert.equal(expectationOf(inputs, ["app", "proxy"]).workContainers, undefined);
  });
});
