import assert from "node:assert/strict";
import fc from "fast-check";
import { checkInputs } from "../../../src/task/check-inputs";
import { UNKNOWN } from "../../../src/task/unknown";
import { anyInputs } from "../../support/any-inputs";

const good = { taskDefinition: "app:1" };

const rejected: readonly { inputs: object; property: string; reason: RegExp }[] = [
  {
    inputs: {},
    property: "taskDefinition",
    reason: /^is required; must be a family, family:revision or an ARN$/,
  },
  { inputs: { taskDefinition: "" }, property: "taskDefinition", reason: /^is empty; must be a family/ },
  {
    inputs: { ...good, cluster: 3 },
    property: "cluster",
    reason: /^is a number; must be a cluster's name or ARN$/,
  },
  {
    inputs: { ...good, launchType: "fargate" },
    property: "launchType",
    reason: /^is "fargate"; must be "FARGATE"$/,
  },
  {
    inputs: { ...good, launchType: "VM" },
    property: "launchType",
    reason: /must be one of "EC2", "FARGATE"/,
  },
  {
    inputs: { ...good, count: 0 },
    property: "count",
    reason: /^is 0; must be a whole number of tasks from 1 to 10$/,
  },
  { inputs: { ...good, count: 1.5 }, property: "count", reason: /^is 1.5;/ },
  {
    inputs: { ...good, timeoutSeconds: "10m" },
    property: "timeoutSeconds",
    reason: /^is "10m"; must be a whole number of seconds/,
  },
  { inputs: { ...good, timeout: 3 }, property: "timeout", reason: /write "timeoutSeconds"/ },
  {
    inputs: { ...good, lauchType: "EC2" },
    property: "lauchType",
    reason: /^is not a known property; known are taskDefinition, cluster, launchType/,
  },
  {
    inputs: { ...good, command: ["x"] },
    property: "command",
    reason: /write overrides\.containerOverrides\[\]\.command/,
  },
  {
    inputs: { ...good, networkConfiguration: { subnets: [] } },
    property: "networkConfiguration.subnets",
    reason: /^has 0 items; must have from 1 to 16$/,
  },
  {
    inputs: { ...good, networkConfiguration: { awsvpcConfiguration: {}, subnets: ["a"] } },
    property: "networkConfiguration.awsvpcConfiguration",
    reason: /directly here, as in aws\.ecs\.Service/,
  },
  {
    inputs: { ...good, launchType: "EC2", capacityProviderStrategies: [{ capacityProvider: "FARGATE" }] },
    property: "launchType",
    reason: /cannot be used together with capacityProviderStrategies/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", commands: ["x"] }] } },
    property: "overrides.containerOverrides[0].commands",
    reason: /write "command"/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", entryPoint: ["x"] }] } },
    property: "overrides.containerOverrides[0].entryPoint",
    reason: /cannot be overridden .* set entryPoint in the task definition/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", environment: { PORT: 5432 } }] } },
    property: "overrides.containerOverrides[0].environment.PORT",
    reason: /^is a number; must be a string$/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a" }, { name: "a" }] } },
    property: "overrides.containerOverrides[1].name",
    reason: /a second time/,
  },
  {
    inputs: { ...good, overrides: { containerOverrides: [{ name: "a", command: ["x".repeat(8192)] }] } },
    property: "overrides",
    reason: /^has 8\d{3} characters as JSON; ECS allows at most 8192/,
  },
  {
    inputs: { ...good, overrides: { ephemeralStorage: { sizeInGib: 20 } } },
    property: "overrides.ephemeralStorage.sizeInGib",
    reason: /GiB from 21 to 200/,
  },
  { inputs: { ...good, tags: { "aws:x": "y" } }, property: 'tags["aws:x"]', reason: /which AWS reserves/ },
  { inputs: { ...good, endpoint: "localhost:80" }, property: "endpoint", reason: /begins with http/ },
  { inputs: { ...good, region: "Frankfurt" }, property: "region", reason: /"eu-central-1"/ },
];

describe("checkInputs", () => {
  for (const { inputs, property, reason } of rejected) {
    it(`says what is wrong with ${property} in ${JSON.stringify(inputs).slice(0, 80)}`, () => {
      const failures = checkInputs(inputs);

      assert.deepStrictEqual(
        failures.map((failure) => failure.property),
        [property],
      );
      assert.match(failures[0]?.reason ?? "", reason);
    });
  }

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
});
