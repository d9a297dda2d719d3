import assert from "node:assert/strict";
import fc from "fast-check";
import { asksForJudgement, asksForRun, diffInputs } from "../../../src/inputs/diff-inputs";
import { runTaskRequest } from "../../../src/inputs/run-task-request";
import { normaliseInputs } from "../../../src/inputs/normalise-inputs";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { UNKNOWN } from "../../../src/inputs/unknown";
import { anyInputs } from "../../support/any-inputs";

const base: TaskInputs = { taskDefinition: "app:41" };
const container = (more: object): TaskInputs => ({
  ...base,
  overrides: { containerOverrides: [{ name: "app", ...more }] },
});
const volume = (more: object): TaskInputs => ({
  ...base,
  volumeConfiguration: { name: "data", managedEbsVolume: { roleArn: "ebs", sizeInGb: 10, ...more } },
});
const SECOND_DIGEST = `sha256:${"1".repeat(64)}`;

const differences: readonly {
  name: string;
  one: TaskInputs;
  other: TaskInputs;
  effect: string;
  paths: readonly string[];
}[] = [
  {
    name: "the order of a command's words",
    one: container({ command: ["a", "b"] }),
    other: container({ command: ["b", "a"] }),
    effect: "re-run",
    paths: ["overrides.containerOverrides[app].command"],
  },
  {
    name: "the order of environment files, of which later ones win",
    one: container({
      environmentFiles: [
        { type: "s3", value: "a" },
        { type: "s3", value: "b" },
      ],
    }),
    other: container({
      environmentFiles: [
        { type: "s3", value: "b" },
        { type: "s3", value: "a" },
      ],
    }),
    effect: "re-run",
    paths: ["overrides.containerOverrides[app].environmentFiles"],
  },
  {
    name: "the order of placement strategies",
    one: { ...base, orderedPlacementStrategies: [{ type: "random" }, { type: "spread", field: "host" }] },
    other: { ...base, orderedPlacementStrategies: [{ type: "spread", field: "host" }, { type: "random" }] },
    effect: "re-run",
    paths: ["orderedPlacementStrategies"],
  },
  {
    name: "a variable that came and one that went",
    one: container({ environment: { OLD: "1", SAME: "1" } }),
    other: container({ environment: { NEW: "1", SAME: "1" } }),
    effect: "re-run",
    paths: [
      "overrides.containerOverrides[app].environment[OLD]",
      "overrides.containerOverrides[app].environment[NEW]",
    ],
  },
  {
    name: "a network configuration that was not there",
    one: base,
    other: { ...base, networkConfiguration: { subnets: ["a"] } },
    effect: "re-run",
    paths: ["networkConfiguration"],
  },
  {
    name: "one member of a network configuration",
    one: { ...base, networkConfiguration: { subnets: ["a"], assignPublicIp: true } },
    other: { ...base, networkConfiguration: { subnets: ["a"] } },
    effect: "re-run",
    paths: ["networkConfiguration.assignPublicIp"],
  },
  {
    name: "a switch",
    one: base,
    other: { ...base, enableExecuteCommand: true, enableEcsManagedTags: true },
    effect: "update",
    paths: ["enableEcsManagedTags", "enableExecuteCommand"],
  },
  {
    name: "an expected digest",
    one: { ...base, expectedImageDigests: { app: `sha256:${"0".repeat(64)}` } },
    other: { ...base, expectedImageDigests: { app: SECOND_DIGEST } },
    effect: "re-run",
    paths: ["expectedImageDigests.app"],
  },
  {
    name: "one of several triggers",
    one: { ...base, triggers: { schema: "1", seed: "1" } },
    other: { ...base, triggers: { schema: "2", seed: "1" } },
    effect: "re-run",
    paths: ["triggers.schema"],
  },
  {
    name: "the order of triggers",
    one: { ...base, triggers: ["a", "b"] },
    other: { ...base, triggers: ["b", "a"] },
    effect: "re-run",
    paths: ["triggers"],
  },
  {
    name: "triggers of which only some have a name",
    one: { ...base, triggers: [{ name: "a" }, 1] },
    other: { ...base, triggers: [{ name: "b" }, 1] },
    effect: "re-run",
    paths: ["triggers"],
  },
  {
    name: "how many GPUs a container gets",
    one: container({ resourceRequirements: [{ type: "GPU", value: "1" }] }),
    other: container({ resourceRequirements: [{ type: "GPU", value: "2" }] }),
    effect: "re-run",
    paths: ["overrides.containerOverrides[app].resourceRequirements"],
  },
  {
    name: "a group that is called as a task definition is",
    one: { ...base, group: "app:1" },
    other: { ...base, group: "arn:aws:ecs:eu-central-1:1:task-definition/app:1" },
    effect: "re-run",
    paths: ["group"],
  },
  {
    name: "on which container instance it runs",
    one: { ...base, containerInstances: ["i-1"] },
    other: { ...base, containerInstances: ["i-2"] },
    effect: "re-run",
    paths: ["containerInstances"],
  },
  {
    name: "that its volume is kept",
    one: volume({ terminationPolicy: { deleteOnTermination: true } }),
    other: volume({ terminationPolicy: { deleteOnTermination: false } }),
    effect: "re-run",
    paths: ["volumeConfiguration.managedEbsVolume.terminationPolicy"],
  },
  {
    name: "which containers decide",
    one: { ...base, successContainers: ["app"] },
    other: { ...base, successContainers: ["web"] },
    effect: "judge",
    paths: ["successContainers"],
  },
  {
    name: "the containers that decide",
    one: base,
    other: { ...base, successContainers: ["app"] },
    effect: "judge",
    paths: ["successContainers"],
  },
  {
    name: "a tag",
    one: { ...base, tags: { a: "1" } },
    other: { ...base, tags: { a: "2" } },
    effect: "update",
    paths: ["tags.a"],
  },
  {
    name: "a region, as long as no task is recorded",
    one: { ...base, region: "eu-central-1" },
    other: { ...base, region: "eu-west-1" },
    effect: "update",
    paths: ["region"],
  },
];

describe("diffInputs", () => {
  for (const { name, one, other, effect, paths } of differences) {
    it(`tells ${name}, as a reason to ${effect}`, () => {
      const changes = diffInputs(one, other);

      assert.deepStrictEqual(
        changes.flatMap((change) => change.paths),
        paths,
      );
      assert.deepStrictEqual(
        changes.map((change) => [change.effect, change.unknown]),
        changes.map(() => [effect, false]),
      );
    });
  }

  it("knows which changes ask for a run, and which for another judgement", () => {
    const both = diffInputs(base, { ...base, successExitCodes: [0, 1], timeoutSeconds: 5 });
    assert.deepStrictEqual([asksForRun(both), asksForJudgement(both)], [false, true]);
    const judged = diffInputs(base, { ...base, successExitCodes: [0, 1] });

    assert.deepStrictEqual([asksForRun(judged), asksForJudgement(judged)], [false, true]);
    const updated = diffInputs(base, { ...base, timeoutSeconds: 5 });
    assert.deepStrictEqual([asksForRun(updated), asksForJudgement(updated)], [false, false]);
  });

  it("does not care whose resource it is", () => {
    assert.deepStrictEqual(diffInputs({ ...base, resourceUrn: "a" }, { ...base, resourceUrn: "b" }), []);
  });

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

  it("knows by the place where a run was asked for, of which no task is known", () => {
    const recorded = { ...base, place: { region: "eu-central-1", cluster: "default", family: "app" } };

    assert.equal(asksForRun(diffInputs(recorded, { ...base, region: "eu-central-1" })), false);
    assert.equal(asksForRun(diffInputs(recorded, { ...base, region: "eu-west-1" })), true);
  });

  it("takes a region for where to look, as long as it does not say that the recorded task ran elsewhere", () => {
    const effects = (taskArn: string, old: Partial<TaskInputs>, now: Partial<TaskInputs>) =>
      diffInputs({ ...base, ...old, taskArn }, { ...base, ...now }).map(({ property, effect }) => [
        property,
        effect,
      ]);
    const here = "arn:aws:ecs:eu-central-1:1:task/prod/x";

    assert.deepStrictEqual(effects(here, {}, { region: "eu-central-1" }), [["region", "update"]]);
    assert.deepStrictEqual(effects(here, { region: "eu-central-1" }, {}), [["region", "update"]]);
    assert.deepStrictEqual(effects("no ARN", {}, { region: "eu-west-1" }), [["region", "update"]]);
    assert.deepStrictEqual(effects(here, {}, { region: "eu-west-1", timeoutSeconds: 5 }), [
      ["timeoutSeconds", "update"],
      ["region", "re-run"],
    ]);
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

  it("knows the region of a run whose task nobody saw by where it was asked for", () => {
    const recorded = { taskDefinition: "app:1", place: { region: "eu-central-1" } };
    const effects = (region: string) =>
      diffInputs(recorded, { taskDefinition: "app:1", region }).map(({ effect }) => effect);

    assert.deepStrictEqual([effects("us-east-1"), effects("eu-central-1")], [["re-run"], ["update"]]);
  });
});
