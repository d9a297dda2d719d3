import assert from "node:assert/strict";
import fc from "fast-check";
import {
  clientToken,
  identityOf,
  markerPrefix,
  startedByMarker,
  type RunIdentity,
} from "../../../src/task/marker";
import { normaliseInputs } from "../../../src/task/normalise-inputs";
import { runTaskRequest } from "../../../src/task/run-task-request";
import type { TaskInputs } from "../../../src/task/task-inputs";
import { anyInputs } from "../../support/any-inputs";

const run: RunIdentity = {
  identity: identityOf("urn:pulumi:dev::shop::x::migrate"),
  life: "aLife",
  generation: 2,
};
const inputs = (value: string): TaskInputs => ({
  taskDefinition: "app:1",
  overrides: { containerOverrides: [{ name: "app", environment: { PASSWORD: value } }] },
});
const marker = (of: RunIdentity, given: TaskInputs) => startedByMarker(of, normaliseInputs(given));
const token = (of: RunIdentity, given: TaskInputs, attempt = 0) =>
  clientToken({ run: of, attempt }, runTaskRequest(normaliseInputs(given), "m"));

describe("the marker of a task", () => {
  it("fits StartTask's startedBy, up to the 99,999th run", () => {
    fc.assert(
      fc.property(anyInputs, fc.integer({ min: 1, max: 99_999 }), (given, generation) => {
        const text = marker({ ...run, generation }, given);
        assert.match(text, /^[A-Za-z0-9-]{1,36}$/);
        assert.ok(text.startsWith(`${markerPrefix(run.identity)}${generation}-`));
      }),
    );
  });

  it("does not depend on the values of the environment, which could be guessed from it", () => {
    assert.equal(marker(run, inputs("secret")), marker(run, inputs("other")));
  });

  it("depends on what else is run, and from the second generation on on the life", () => {
    const first = { ...run, generation: 1 };

    assert.notEqual(marker(run, inputs("a")), marker(run, { taskDefinition: "app:2" }));
    assert.notEqual(marker(run, inputs("a")), marker({ ...run, life: "another" }, inputs("a")));
    assert.equal(marker(first, inputs("a")), marker({ ...first, life: "another" }, inputs("a")));
  });
});

describe("the marker of a run with a key", () => {
  const keyed = (idempotencyKey: string): TaskInputs => ({ taskDefinition: "app:1", idempotencyKey });

  it("depends on the resource and the key alone", () => {
    assert.match(marker(run, keyed("v1")), /^pulumi-[a-z0-9]{12}-k-/i);
    assert.equal(
      marker(run, keyed("v1")),
      marker({ ...run, generation: 9, life: "another" }, { ...inputs("a"), ...keyed("v1") }),
    );
    assert.notEqual(marker(run, keyed("v1")), marker(run, keyed("v2")));
    assert.notEqual(marker(run, keyed("v1")), marker({ ...run, identity: "another" }, keyed("v1")));
  });

  it("gives way to a startedBy of the user's", () => {
    assert.equal(marker(run, { ...keyed("v1"), startedBy: "me" }), "me");
  });

  it("has a clientToken that depends on the resource, the key and the try alone", () => {
    const of = (more: Partial<RunIdentity>, idempotencyKey: string, attempt = 0) =>
      clientToken(
        { run: { ...run, ...more }, attempt, idempotencyKey },
        runTaskRequest(normaliseInputs(inputs(String(more.generation))), "m"),
      );

    assert.equal(of({}, "v1"), of({ generation: 9, life: "another" }, "v1"));
    const others = [of({}, "v1"), of({}, "v2"), of({}, "v1", 1), of({ identity: "another" }, "v1")];
    assert.equal(new Set(others).size, others.length);
  });
});

describe("the clientToken of a launch", () => {
  it("is what ECS allows: at most 64 characters of ASCII 33 to 126", () => {
    assert.match(token(run, inputs("a")), /^[!-~]{1,64}$/);
  });

  it("is the same for the same run however its inputs are written", () => {
    const list: TaskInputs = {
      taskDefinition: "app:1",
      overrides: { containerOverrides: [{ name: "app", environment: [{ name: "PASSWORD", value: "a" }] }] },
      count: 1,
    };

    assert.equal(token(run, inputs("a")), token(run, list));
  });

  it("differs for another life, generation, try or value", () => {
    const tokens = [
      token(run, inputs("a")),
      token({ ...run, life: "another" }, inputs("a")),
      token({ ...run, generation: 3 }, inputs("a")),
      token(run, inputs("a"), 1),
      token(run, inputs("b")),
    ];

    assert.equal(new Set(tokens).size, tokens.length);
  });
});
