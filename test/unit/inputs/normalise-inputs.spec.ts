import assert from "node:assert/strict";
import fc from "fast-check";
import { environmentList, normaliseInputs, normaliseOverrides } from "../../../src/inputs/normalise-inputs";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { anyInputs } from "../../support/any-inputs";

const base: TaskInputs = { taskDefinition: "app:41" };

describe("normaliseInputs", () => {
  it("is done once for a set of inputs", () => {
    const inputs = { taskDefinition: "app:1" };

    assert.equal(normaliseInputs(inputs), normaliseInputs(inputs));
  });

  it("fills in what design and ECS take for granted, and nothing else", () => {
    const filled = Object.entries(normaliseInputs(base)).filter(([, value]) => value !== undefined);

    assert.deepStrictEqual(Object.fromEntries(filled), {
      taskDefinition: "app:41",
      cluster: "default",
      count: 1,
      enableEcsManagedTags: false,
      enableExecuteCommand: false,
      successExitCodes: [0],
      waitFor: "EXITED",
      timeoutSeconds: 3600,
      startTimeoutSeconds: 900,
      showLogs: "ON_FAILURE",
      capacityRetrySeconds: 600,
      onTimeout: "LEAVE_RUNNING",
    });
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const once = normaliseInputs(inputs);
        assert.deepStrictEqual(normaliseInputs(once as TaskInputs), once);
      }),
    );
  });

  it("takes an exit code of Windows signed or unsigned, by its 32 bits", () => {
    const codes = [4_294_967_295, 3010];

    assert.deepStrictEqual(
      normaliseInputs({ ...base, successExitCodes: codes }).successExitCodes,
      [-1, 3010],
    );
  });

  it("sorts exit codes by number", () => {
    assert.deepStrictEqual(
      normaliseInputs({ ...base, successExitCodes: [10, 9, 0] }).successExitCodes,
      [0, 9, 10],
    );
  });

  it("takes capacity providers in any order, with base and weight 0 where none are given", () => {
    const spot = { capacityProvider: "FARGATE_SPOT", weight: 3 };
    const fargate = { capacityProvider: "FARGATE", base: 1 };
    const normal = (...capacityProviderStrategies: (typeof spot | typeof fargate)[]) =>
      normaliseInputs({ ...base, capacityProviderStrategies }).capacityProviderStrategies;

    assert.deepStrictEqual(normal(spot, fargate), [
      { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
      { capacityProvider: "FARGATE", base: 1, weight: 0 },
    ]);
    assert.deepStrictEqual(normal(fargate, spot), normal(spot, fargate));
  });

  it("leaves inputs that it was given untouched", () => {
    const subnets = ["b", "a"];
    const securityGroups = ["d", "c"];
    const successExitCodes = [1, 0];
    normaliseInputs({ ...base, networkConfiguration: { subnets, securityGroups }, successExitCodes });

    assert.deepStrictEqual(
      [subnets, securityGroups, successExitCodes],
      [
        ["b", "a"],
        ["d", "c"],
        [1, 0],
      ],
    );
  });
});

describe("an environment", () => {
  it("is a list sorted by name, in which the last of two values counts", () => {
    assert.deepStrictEqual(
      environmentList([
        { name: "B", value: "1" },
        { name: "A", value: "2" },
        { name: "B", value: "3" },
      ]),
      [
        { name: "A", value: "2" },
        { name: "B", value: "3" },
      ],
    );
  });

  it("is nothing when it is empty or absent", () => {
    assert.equal(environmentList({}), undefined);
    assert.equal(environmentList(undefined), undefined);
  });
});

describe("normaliseOverrides", () => {
  it("drops containers of which nothing is overridden, and sorts the others by name", () => {
    const normal = normaliseOverrides({
      containerOverrides: [
        { name: "b", command: ["x"] },
        { name: "idle" },
        { name: "a", cpu: 1, environment: {} },
      ],
    });

    assert.deepStrictEqual(
      normal?.containerOverrides?.map(({ name, cpu, command }) => [name, cpu, command]),
      [
        ["a", 1, undefined],
        ["b", undefined, ["x"]],
      ],
    );
  });

  it("keeps what overrides the task when no container's is left", () => {
    assert.deepStrictEqual(normaliseOverrides({ cpu: "512", containerOverrides: [{ name: "app" }] }), {
      cpu: "512",
      containerOverrides: undefined,
    });
  });

  it("keeps an empty command, which is not the image's own", () => {
    const [container] = normaliseOverrides({ containerOverrides: [{ name: "app", command: [] }] })
      ?.containerOverrides ?? [undefined];

    assert.deepStrictEqual(container?.command, []);
  });
});
