import assert from "node:assert/strict";
import fc from "fast-check";
import { asksForRun, diffInputs } from "../../../src/task/diff-inputs";
import { runTaskRequest } from "../../../src/task/run-task-request";
import { normaliseInputs } from "../../../src/task/normalise-inputs";
import type { TaskInputs } from "../../../src/task/task-inputs";
import { UNKNOWN } from "../../../src/task/unknown";
import { anyInputs } from "../../support/any-inputs";

const base: TaskInputs = { taskDefinition: "app:41" };
const withEnvironment = (
  environment: Record<string, string> | { name: string; value: string }[],
): TaskInputs => ({
  ...base,
  overrides: { containerOverrides: [{ name: "app", environment }] },
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
    name: "a default and its absence",
    one: base,
    other: { ...base, count: 1, waitFor: "STOPPED", timeoutSeconds: 3600, onTimeout: "LEAVE_RUNNING" },
  },
];

describe("diffInputs", () => {
  for (const { name, one, other } of equals) {
    it(`takes ${name} for equal`, () => {
      assert.deepStrictEqual(diffInputs(one, other), []);
      assert.deepStrictEqual(diffInputs(other, one), []);
    });
  }

  it("names each place that changed, by the names of containers and variables", () => {
    const changes = diffInputs(
      {
        ...base,
        overrides: { containerOverrides: [{ name: "app", command: ["a"], environment: { A: "1", B: "2" } }] },
      },
      {
        ...base,
        overrides: { containerOverrides: [{ name: "app", command: ["b"], environment: { A: "1", B: "3" } }] },
      },
    );

    assert.deepStrictEqual(
      changes.map(({ effect, paths }) => ({ effect, paths })),
      [
        {
          effect: "re-run",
          paths: [
            "overrides.containerOverrides[app].command",
            "overrides.containerOverrides[app].environment[B]",
          ],
        },
      ],
    );
  });

  it("tells ARNs of two accounts apart", () => {
    const arn = (account: number) => ({
      ...base,
      cluster: `arn:aws:ecs:eu-central-1:${account}:cluster/prod`,
    });

    assert.equal(asksForRun(diffInputs(arn(1), arn(2))), true);
  });

  it("asks for a run in another region only when the recorded task ran elsewhere", () => {
    const recorded = { ...base, taskArn: "arn:aws:ecs:eu-central-1:1:task/prod/x" };

    assert.equal(asksForRun(diffInputs(recorded, { ...base, region: "eu-central-1" })), false);
    assert.equal(asksForRun(diffInputs(recorded, { ...base, region: "eu-west-1" })), true);
  });

  it("says of a value that preview does not know that it may have changed", () => {
    const [change, ...others] = diffInputs(base, { ...base, cluster: UNKNOWN });

    assert.deepStrictEqual(change, {
      property: "cluster",
      effect: "re-run",
      paths: ["cluster"],
      unknown: true,
    });
    assert.deepStrictEqual(others, []);
  });

  it("finds no change between inputs and themselves", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        assert.deepStrictEqual(diffInputs(inputs, inputs), []);
      }),
    );
  });

  it("finds a change exactly when ECS would be asked something else, for what goes to ECS", () => {
    const request = (inputs: TaskInputs) =>
      JSON.stringify(runTaskRequest(normaliseInputs({ ...inputs, tags: {} }), ""));
    fc.assert(
      fc.property(anyInputs, anyInputs, (one, other) => {
        const aligned = { ...other, taskDefinition: one.taskDefinition, triggers: one.triggers ?? [] };
        const asks = asksForRun(diffInputs({ ...one, triggers: one.triggers ?? [] }, aligned));
        assert.equal(asks, request(one) !== request(aligned));
      }),
    );
  });
});
