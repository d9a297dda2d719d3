import assert from "node:assert/strict";
import fc from "fast-check";
import {
  clientToken,
  identityOf,
  markerPrefix,
  startedByMarker,
  type RunIdentity,
} from "../../../../src/run/order/started-by-and-client-token";
import { normaliseInputs } from "../../../../src/inputs/normalise-inputs";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";
import { anyInputs } from "../../../support/any-inputs";

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
const token = (of: RunIdentity, attempt = 0) => clientToken({ run: of, attempt });

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

    assert.notEqual(marker(run, inputs("a")), marker(run, { ...inputs("a"), taskDefinition: "app:2" }));
    assert.notEqual(marker(run, inputs("a")), marker(run, { ...inputs("a"), triggers: ["other"] }));
    assert.equal(marker(run, inputs("a")), marker(run, { ...inputs("a"), tags: { team: "shop" } }));
    assert.notEqual(marker(run, inputs("a")), marker({ ...run, life: "another" }, inputs("a")));
    assert.equal(marker(first, inputs("a")), marker({ ...first, life: "another" }, inputs("a")));
  });
});

describe("the marker of a run with a key", () => {
  const keyed = (idempotencyKey: string): TaskInputs => ({ taskDefinition: "app:1", idempotencyKey });

  it("depends on the resource, the key and what counts, but not on which run or version it is", () => {
    const ofKey = (more: Partial<TaskInputs>, of = run) => marker(of, { ...keyed("v1"), ...more });

    assert.match(ofKey({}), /^pulumi-[a-z0-9]{12}-k-/i);
    for (const same of [
      ofKey({}, { ...run, generation: 9, life: "another" }),
      ofKey({ taskDefinition: "app:2" }),
      ofKey({ triggers: ["other"] }),
      ofKey({ expectedImageDigests: { app: `sha256:${"0".repeat(64)}` } }),
      ofKey({ tags: { team: "shop" } }),
      ofKey({ enableExecuteCommand: true }),
    ])
      assert.equal(same, ofKey({}));
    const others = [
      ofKey({}),
      marker(run, keyed("v2")),
      ofKey({}, { ...run, identity: "another" }),
      ofKey({ taskDefinition: "other:1" }),
      ofKey({ cluster: "other" }),
      ofKey({ count: 2 }),
      ofKey({ networkConfiguration: { subnets: ["subnet-1"] } }),
      ofKey({ overrides: { containerOverrides: [{ name: "app", command: ["seed"] }] } }),
    ];
    assert.equal(new Set(others).size, others.length);
  });

  it("gives way to a startedBy of the user's", () => {
    assert.equal(marker(run, { ...keyed("v1"), startedBy: "me" }), "me");
  });

  it("has a clientToken that depends on the resource, the key and the try alone", () => {
    const of = (more: Partial<RunIdentity>, idempotencyKey: string, attempt = 0) =>
      clientToken({ run: { ...run, ...more }, attempt, idempotencyKey });

    assert.equal(of({}, "v1"), of({ generation: 9, life: "another" }, "v1"));
    const others = [of({}, "v1"), of({}, "v2"), of({}, "v1", 1), of({ identity: "another" }, "v1")];
    assert.equal(new Set(others).size, others.length);
  });
});

describe("the clientToken of a launch", () => {
  it("is what ECS allows: at most 64 characters of ASCII 33 to 126", () => {
    assert.match(token(run), /^[!-~]{1,64}$/);
  });

  it("depends with a startedBy of the user's own on what counts and is no part of the request", () => {
    const of = (triggers: readonly unknown[]) => clientToken({ run, attempt: 0, unsaid: { triggers } });

    assert.equal(of(["a"]), of(["a"]));
    assert.equal(new Set([of(["a"]), of(["b"]), token(run)]).size, 3);
  });

  it("depends on the life, the generation and the try, and on nothing that is asked for", () => {
    assert.equal(token(run), token({ ...run, identity: "renamed" }));
    const tokens = [
      token(run),
      token({ ...run, life: "another" }),
      token({ ...run, generation: 3 }),
      token(run, 1),
    ];

    assert.equal(new Set(tokens).size, tokens.length);
  });
});
