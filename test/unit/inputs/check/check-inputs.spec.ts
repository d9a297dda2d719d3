import assert from "node:assert/strict";
import fc from "fast-check";
import { checkInputs, INPUT_BYTES } from "../../../../src/inputs/check/check-inputs";
import { INPUT_NAMES } from "../../../../src/inputs/inputs-and-effects";
import { UNKNOWN } from "../../../../src/inputs/unknown";
import { BAD_INPUTS } from "../../../support/bad-inputs/all-bad-inputs";
import { anyInputs } from "../../../support/any-inputs";

const good = { taskDefinition: "app:1" };

describe("checkInputs", () => {
  for (const { inputs, property, reason } of BAD_INPUTS) {
    it(`says what is wrong with ${property} in ${JSON.stringify(inputs).slice(0, 80)}`, () => {
      const failures = checkInputs(inputs);

      assert.deepStrictEqual(
        failures.map((failure) => failure.property),
        [property],
      );
      assert.match(failures[0]?.reason ?? "", reason);
    });
  }

  it("is tried here with a bad value of every input", () => {
    const tried = new Set(BAD_INPUTS.map(({ property }) => property.split(/[.[]/, 1)[0]));

    assert.deepStrictEqual(
      INPUT_NAMES.filter((name) => name !== "resourceUrn" && !tried.has(name)),
      [],
    );
  });

  it("never shows the value of an environment variable", () => {
    const failures = checkInputs({
      ...good,
      overrides: { containerOverrides: [{ name: "a", environment: { A: ["hunter2"] } }] },
    });

    assert.equal(failures.length, 1);
    assert.ok(!JSON.stringify(failures).includes("hunter2"));
  });

  it("accepts all inputs that are all right", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        assert.deepStrictEqual(checkInputs(inputs), []);
      }),
    );
  });

  it("accepts the regions of all partitions", () => {
    const regions = ["eu-central-1", "cn-northwest-1", "us-gov-west-1", "us-isob-east-1", "eusc-de-east-1"];

    assert.deepStrictEqual(
      regions.flatMap((region) => checkInputs({ ...good, region })),
      [],
    );
  });

  it("accepts a value that preview does not know yet in the place of any other", () => {
    const places = [
      { ...good, taskDefinition: UNKNOWN },
      { ...good, networkConfiguration: UNKNOWN },
      { ...good, networkConfiguration: { subnets: UNKNOWN, securityGroups: [UNKNOWN] } },
      {
        ...good,
        overrides: { containerOverrides: [{ name: UNKNOWN, environment: { A: UNKNOWN } }, UNKNOWN] },
      },
      { ...good, count: UNKNOWN, launchType: UNKNOWN, tags: UNKNOWN },
    ];

    assert.deepStrictEqual(places.flatMap(checkInputs), []);
  });

  it("never throws, whatever JSON it is given", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.dictionary(
          fc.constantFrom("overrides", "tags", "triggers", "networkConfiguration"),
          fc.jsonValue(),
        ),
        (value, members) => {
          checkInputs(value);
          checkInputs({ ...good, ...members });
        },
      ),
    );
  });

  it("says one thing about a place that holds something else altogether", () => {
    for (const [inputs, property] of [
      [{ ...good, placementConstraints: ["distinctInstance"] }, "placementConstraints[0]"],
      [{ ...good, placementConstraints: "distinctInstance" }, "placementConstraints"],
      [{ ...good, capacityProviderStrategies: ["FARGATE"] }, "capacityProviderStrategies[0]"],
      [{ ...good, volumeConfiguration: "data" }, "volumeConfiguration"],
      [{ ...good, containerInstances: { a: 1 } }, "containerInstances"],
      [{ ...good, overrides: { containerOverrides: "app" } }, "overrides.containerOverrides"],
      [{ ...good, overrides: 1 }, "overrides"],
    ] as const)
      assert.deepStrictEqual(
        checkInputs(inputs).map((failure) => failure.property),
        [property],
      );
  });

  it("knows that a distinctInstance has no expression, and a memberOf is nothing without one", () => {
    const check = (constraint: object) => checkInputs({ ...good, placementConstraints: [constraint] });
    const property = "placementConstraints[0].expression";

    assert.deepStrictEqual(check({ type: "distinctInstance", expression: "attribute:x exists" }), [
      { property, reason: 'cannot be used with type "distinctInstance"; remove it' },
    ]);
    assert.deepStrictEqual(check({ type: "distinctInstance", expression: null }), []);
    assert.deepStrictEqual(check({ type: "memberOf" }), [
      { property, reason: 'is required with type "memberOf", such as "attribute:ecs.instance-type =~ g5.*"' },
    ]);
    assert.deepStrictEqual(check({ type: "memberOf", expression: "attribute:x exists" }), []);
  });

  it("says nothing of rules between values that preview does not know yet", () => {
    for (const inputs of [
      {
        ...good,
        capacityProviderStrategies: [{ capacityProvider: "a" }, { capacityProvider: "b", weight: UNKNOWN }],
      },
      { ...good, orderedPlacementStrategies: [{ type: "binpack", field: UNKNOWN }] },
      { ...good, containerInstances: ["i-1"], startedBy: UNKNOWN },
    ])
      assert.deepStrictEqual(checkInputs(inputs), []);
  });

  it("takes what is right by these rules", () => {
    for (const inputs of [
      { ...good, orderedPlacementStrategies: [{ type: "binpack", field: "CPU" }] },
      { ...good, containerInstances: ["i-1"], startedBy: "me" },
    ])
      assert.deepStrictEqual(checkInputs(inputs), []);
  });

  it("says which input is so large that nothing could be recorded", () => {
    const inputs = { ...good, triggers: ["x".repeat(INPUT_BYTES)], count: 2 };

    assert.deepStrictEqual(checkInputs(inputs), [
      {
        property: "triggers",
        reason: "has 8388640 bytes; all inputs together may have 8388608. Pass a hash of it instead",
      },
    ]);
    assert.deepStrictEqual(checkInputs({ ...good, triggers: ["x".repeat(INPUT_BYTES - 1000)] }), []);
  });
});
