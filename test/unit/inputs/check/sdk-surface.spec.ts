import assert from "node:assert/strict";
import * as ecs from "@aws-sdk/client-ecs";
import { checkInputs } from "../../../../src/inputs/check/check-inputs";
import { normaliseInputs } from "../../../../src/inputs/normalise-inputs";
import { runTaskRequest, startTaskRequest } from "../../../../src/inputs/run-task-request";
import {
  CONSTRAINT_TYPES,
  ENVIRONMENT_FILE_TYPES,
  FILE_SYSTEM_TYPES,
  LAUNCH_TYPES,
  PROPAGATE_TAGS,
  RESOURCE_TYPES,
  STRATEGY_TYPES,
  type TaskInputs,
} from "../../../../src/inputs/task-inputs";
import { SENT_INPUTS } from "../../../support/sent-inputs";

/*
 * The SDK carries the shapes of AWS's model: a structure is [3 or 4, namespace, name, traits, names, shapes], a list
 * [1, namespace, name, traits, shape], a shape may stand behind a function or in a pair with its traits. Read in
 * client-ecs 3.1162.0.
 */
type Shape = unknown;

const resolved = (shape: Shape): readonly unknown[] | undefined => {
  const value = typeof shape === "function" ? (shape as () => unknown)() : shape;
  if (!Array.isArray(value)) return undefined;
  // A pair of a shape and its traits.
  return value.length === 2 ? resolved(value[0]) : (value as readonly unknown[]);
};

/** The path of every member below a shape that holds a value. */
function membersOf(shape: Shape, path = ""): string[] {
  const [kind, , , , inside, shapes] = resolved(shape) ?? [];
  if (kind === 1) return membersOf(inside, `${path}[]`);
  if (kind !== 3 && kind !== 4) return [path];
  const names = inside as readonly string[];
  return names.flatMap((name, i) =>
    membersOf((shapes as Shape[])[i], path === "" ? name : `${path}.${name}`),
  );
}

/** The path of every member of a request that holds a value. */
function pathsOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value) && value.every((each) => typeof each === "object"))
    return value.flatMap((each) => pathsOf(each, `${path}[]`));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([name, each]) =>
    pathsOf(each, path === "" ? name : `${path}.${name}`),
  );
}

/** What AWS has and no input reaches, with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  clientToken:
    "made by src/run/order/started-by-and-client-token.ts: it is what makes a launch that was not answered safe to repeat",
};

const requests = [...SENT_INPUTS.map(({ inputs }) => inputs), { containerInstances: ["i-1"] }].map(
  (inputs): TaskInputs => ({ taskDefinition: "app:1", cluster: "shop", ...inputs }),
);

describe("the surface of the AWS SDK", () => {
  for (const [operation, shape, request] of [
    ["RunTask", ecs.RunTaskRequest$, runTaskRequest],
    ["StartTask", ecs.StartTaskRequest$, startTaskRequest],
  ] as const) {
    it(`is reached by an input, every member of ${operation}`, () => {
      const known = membersOf(shape);
      const sent = new Set(requests.flatMap((inputs) => pathsOf(request(normaliseInputs(inputs), "marker"))));

      assert.ok(
        known.includes(
          "overrides.containerOverrides[].resourceRequirements[].sharingStrategy.nvidiaMps.memory",
        ),
      );
      assert.deepStrictEqual(
        known.filter((path) => !sent.has(path) && !(path in LEFT_OUT)),
        [],
        "AWS has these members: give each an input and a row in test/support/sent-inputs.ts, or a reason in LEFT_OUT",
      );
      assert.deepStrictEqual(
        [...sent].filter((path) => !known.includes(path)),
        [],
        "these are sent, and AWS does not know them",
      );
    });
  }

  it("is left out only where it exists", () => {
    const known = [...membersOf(ecs.RunTaskRequest$), ...membersOf(ecs.StartTaskRequest$)];

    assert.deepStrictEqual(
      Object.keys(LEFT_OUT).filter((path) => !known.includes(path)),
      [],
    );
  });

  it("is tried with inputs that check takes", () => {
    assert.deepStrictEqual(
      requests.flatMap((inputs) => checkInputs(inputs)),
      [],
    );
  });

  const words: readonly (readonly [
    name: string,
    ofAws: object,
    ours: readonly string[],
    leftOut: readonly string[],
  ])[] = [
    // Reached by a capacity provider alone.
    ["launchType", ecs.LaunchType, LAUNCH_TYPES, ["MANAGED_INSTANCES"]],
    // For tasks of services: RunTask refuses it.
    ["propagateTags", ecs.PropagateTags, PROPAGATE_TAGS, ["SERVICE"]],
    ["placementConstraints[].type", ecs.PlacementConstraintType, CONSTRAINT_TYPES, []],
    ["orderedPlacementStrategies[].type", ecs.PlacementStrategyType, STRATEGY_TYPES, []],
    ["fileSystemType", ecs.TaskFilesystemType, FILE_SYSTEM_TYPES, []],
    ["environmentFiles[].type", ecs.EnvironmentFileType, ENVIRONMENT_FILE_TYPES, []],
    ["resourceRequirements[].type", ecs.ResourceType, RESOURCE_TYPES, []],
    ["tagSpecifications[].resourceType", ecs.EBSResourceType, ["volume"], []],
  ];
  for (const [name, ofAws, ours, leftOut] of words) {
    it(`has the words of ${name}`, () => {
      assert.deepStrictEqual([...ours, ...leftOut].sort(), Object.values(ofAws).map(String).sort());
    });
  }
});
