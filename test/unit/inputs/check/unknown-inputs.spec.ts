import assert from "node:assert/strict";
import type { TaskDefinition } from "@aws-sdk/client-ecs";
import fc from "fast-check";
import { readState } from "../../../../src/provider/read-state";
import { checkDefinition } from "../../../../src/inputs/check/check-definition";
import { checkInputs } from "../../../../src/inputs/check/check-inputs";
import { diffInputs } from "../../../../src/inputs/diff-inputs";
import { willDo, willRun } from "../../../../src/run/preview-text";
import { INPUT_NAMES, INPUTS } from "../../../../src/inputs/inputs-and-effects";
import { readInputs } from "../../../../src/inputs/read-inputs";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";
import { UNKNOWN } from "../../../../src/inputs/unknown";
import { anyInputs } from "../../../support/any-inputs";
import { SENT_INPUTS } from "../../../support/sent-inputs";

type Path = readonly (string | number)[];

/** Every place in a value, the value itself too. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

function withUnknown(value: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return UNKNOWN;
  if (Array.isArray(value))
    return value.map((each: unknown, i) => (i === key ? withUnknown(each, rest) : each));
  const members = value as Record<string, unknown>;
  return { ...members, [key]: withUnknown(members[key], rest) };
}

/** Inputs that have every input there is somewhere, and are right. */
const digest = `sha256:${"0".repeat(64)}`;
const OTHERS: readonly TaskInputs[] = [
  {
    taskDefinition: "app:1",
    cluster: "shop",
    expectedImageDigests: { app: digest },
    idempotencyKey: "1.4.2",
    successContainers: ["app"],
    successExitCodes: [0, 3],
    startTimeoutSeconds: 60,
    timeoutSeconds: 60,
    showLogs: "OFF",
    capacityRetrySeconds: 0,
    waitFor: "RUNNING",
    onTimeout: "STOP",
    triggers: { a: [{ b: 1 }] },
    region: "eu-central-1",
    profile: "shop",
    assumeRole: { roleArn: "arn:aws:iam::123456789012:role/x", sessionName: "shop", externalId: "ab" },
    endpoint: "http://127.0.0.1:1",
  },
  { taskDefinition: "app:1", containerInstances: ["i-1", "i-2"], startedBy: "me" },
];
const anyValid: fc.Arbitrary<TaskInputs> = fc.oneof(
  anyInputs,
  fc.constantFrom(...OTHERS),
  fc.constantFrom(...SENT_INPUTS.map(({ inputs }): TaskInputs => ({ taskDefinition: "app:1", ...inputs }))),
);

/** Inputs of which some are not known yet: at any depth, and some that may turn out to be left out. */
const anyUnknown = anyValid.chain((inputs) => {
  const paths = pathsOf(inputs).slice(1);
  return fc
    .tuple(
      fc.subarray(paths, { minLength: 1, maxLength: Math.min(3, paths.length) }),
      fc.subarray([...INPUT_NAMES], { maxLength: 3 }),
    )
    .map(([places, others]) => {
      // The deepest first: what is inside of a value that is not known is not known either.
      const deepest = places.toSorted((a, b) => b.length - a.length);
      const partly = deepest.reduce((all, path) => withUnknown(all, path) as TaskInputs, inputs);
      const perhaps = Object.fromEntries(others.map((name) => [name, UNKNOWN]));
      return { known: inputs, preview: { ...perhaps, ...partly } };
    });
});

const DEFINITIONS: readonly TaskDefinition[] = ["awsvpc", "bridge"].map((networkMode) => ({
  status: "ACTIVE",
  networkMode: networkMode as "awsvpc",
  containerDefinitions: [{ name: "app" }, { name: "proxy" }],
  volumes: [{ name: "data", configuredAtLaunch: true }],
}));

const said = (failures: readonly { property: string; reason: string }[]): string[] =>
  failures.map(({ property, reason }) => `${property} ${reason}`);

describe("a value that preview does not know yet", () => {
  it("is tried here in the place of every input", () => {
    const tried = new Set([...OTHERS, ...SENT_INPUTS.map(({ inputs }) => inputs)].flatMap(Object.keys));

    assert.deepStrictEqual(
      INPUT_NAMES.filter((name) => INPUTS[name].effect !== "none" && !tried.has(name)),
      [],
    );
  });

  it("is never wrong, in no input and at no depth", () => {
    fc.assert(
      fc.property(anyUnknown, ({ preview }) => {
        assert.deepStrictEqual(checkInputs(preview), []);
      }),
      { numRuns: 1000 },
    );
  });

  it("is never wrong for a task definition, which says no more than it says of what is known", () => {
    fc.assert(
      fc.property(anyUnknown, fc.constantFrom(...DEFINITIONS), ({ known, preview }, definition) => {
        const before = said(checkDefinition(readInputs(known), definition));
        const now = said(checkDefinition(readInputs(preview), definition));
        assert.deepStrictEqual(
          now.filter((sentence) => !before.includes(sentence)),
          [],
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("is a change that may be none, and has a line in the preview", () => {
    fc.assert(
      fc.property(anyUnknown, ({ known, preview }) => {
        const news = readInputs(preview);
        const changes = diffInputs(readInputs(known), news);
        assert.ok(changes.length > 0 && changes.every(({ unknown }) => unknown));
        assert.match(willRun(news), /^will run /);
        const line =
          willDo(
            readState("id", {
              schemaVersion: 1,
              phase: "SETTLED",
              outcome: "SUCCEEDED",
              tasks: [],
              ...known,
            }),
            news,
          ) ?? "";
        assert.match(line, /known only after the update/);
        assert.ok(!line.includes(UNKNOWN) && !willRun(news).includes(UNKNOWN));
      }),
      { numRuns: 500 },
    );
  });
});
