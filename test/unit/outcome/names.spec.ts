import assert from "node:assert/strict";
import { checkDefinition } from "../../../src/inputs/check/check-definition";
import { checkInputs } from "../../../src/inputs/check/check-inputs";
import { diffInputs } from "../../../src/inputs/diff-inputs";
import { normaliseInputs } from "../../../src/inputs/normalise-inputs";
import { projectOutputs } from "../../../src/outcome/outputs";
import { readInputs } from "../../../src/inputs/read-inputs";
import { runTaskRequest } from "../../../src/inputs/run-task-request";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { container, stoppedTask } from "../../support/builders";

/** Names that ECS allows, and that every object of JavaScript has. */
const NAMES = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"];
const digest = `sha256:${"0".repeat(64)}`;

/** As it arrives in JSON: in a literal `__proto__` would be no name. */
const mapOf = (value: unknown) =>
  JSON.parse(`{${NAMES.map((name) => `"${name}":${JSON.stringify(value)}`).join(",")}}`) as Record<
    string,
    string
  >;

const inputs: TaskInputs = {
  taskDefinition: "app:1",
  overrides: { containerOverrides: NAMES.map((name) => ({ name, environment: mapOf("x") })) },
  expectedImageDigests: mapOf(digest),
  successContainers: NAMES,
  tags: mapOf("shop"),
};

describe("a container, a variable or a tag with a name that every object has", () => {
  it("is taken as any other, and sent", () => {
    const request = runTaskRequest(normaliseInputs(readInputs(inputs)), "marker");
    const sorted = NAMES.toSorted();

    assert.deepStrictEqual(checkInputs(inputs), []);
    assert.deepStrictEqual(
      request.overrides?.containerOverrides?.map(({ name }) => name),
      sorted,
    );
    for (const { environment } of request.overrides.containerOverrides)
      assert.deepStrictEqual(
        environment?.map(({ name }) => name),
        sorted,
      );
    assert.deepStrictEqual(request.tags?.map(({ key }) => String(key)).sort(), sorted);
  });

  it("is expected of the task definition", () => {
    const has = { containerDefinitions: NAMES.map((name) => ({ name })) };
    const hasNot = { containerDefinitions: [{ name: "app" }] };

    assert.deepStrictEqual(checkDefinition(readInputs(inputs), has), []);
    assert.equal(checkDefinition(readInputs(inputs), hasNot).length, 3 * NAMES.length);
  });

  it("is compared by its value", () => {
    for (const name of NAMES) {
      const changed = { ...inputs, tags: { ...mapOf("shop"), [name]: "other" } };
      assert.deepStrictEqual(
        diffInputs(inputs, changed).map(({ paths }) => paths),
        [[`tags.${name}`]],
      );
    }
    assert.deepStrictEqual(diffInputs({ ...inputs, tags: {} }, { ...inputs, tags: {} }), []);
  });

  it("has its outputs", () => {
    const task = stoppedTask(NAMES.map((name) => container({ name, imageDigest: digest, image: "app:1" })));
    const outputs = projectOutputs([task, task], "SUCCEEDED", {});

    for (const map of [outputs.imageDigests, outputs.images, outputs.exitCodes, outputs.containers])
      assert.deepStrictEqual(Object.keys(map).sort(), NAMES.toSorted());
  });
});
