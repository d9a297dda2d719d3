import assert from "node:assert/strict";
import fc from "fast-check";
import { cleanAnswer } from "../../../src/aws/clean-answer";
import { EcsApiError } from "../../../src/aws/ecs-gateway";

import { RegistryError } from "../../../src/registry/manifest-source";

const HALF = "half \ud83d pair";
const WHOLE = "half \ufffd pair";
const PLAIN = "one <{ %reset%}># #vso[x]";

describe("cleanAnswer", () => {
  it("replaces half of a surrogate pair at any depth, and in names", () => {
    const answer = { tasks: [{ reason: HALF, items: { [HALF]: [HALF, "\ud83d\ude00"] } }] };

    assert.deepStrictEqual(cleanAnswer(answer), {
      tasks: [{ reason: WHOLE, items: { [WHOLE]: [WHOLE, "\ud83d\ude00"] } }],
    });
  });

  it("gives back the very value where nothing is malformed", () => {
    const answer = { tasks: [{ at: new Date(0), exitCode: 0, name: "app", none: undefined, nothing: null }] };

    assert.equal(cleanAnswer(answer), answer);
  });

  it("keeps times, numbers and what is not there beside a text that it replaces", () => {
    const at = new Date(0);

    const clean = cleanAnswer({ reason: HALF, at, exitCode: 3, none: undefined, is: true });

    assert.deepStrictEqual(clean, { reason: WHOLE, at, exitCode: 3, none: undefined, is: true });
    assert.equal(clean.at, at);
  });

  it("takes an object without a prototype for what it is", () => {
    const bare = Object.assign(Object.create(null) as Record<string, string>, { reason: HALF });

    assert.deepStrictEqual(cleanAnswer(bare), { reason: WHOLE });
  });

  it("makes every text a plain line, for whoever shows it", () => {
    const reason = "\u001b[31mone\r\n<{%reset%}>##vso[x]\u0000";
    const task = { stoppedReason: reason, containers: [{ reason }] };

    assert.deepStrictEqual(cleanAnswer({ tasks: [task], failures: [{ reason, detail: reason }] }), {
      tasks: [{ stoppedReason: PLAIN, containers: [{ reason: PLAIN }] }],
      failures: [{ reason: PLAIN, detail: PLAIN }],
    });
  });

  it("keeps what is compared with what was sent", () => {
    const value = "-----BEGIN KEY-----\n\tMII\r\n<{%red%}>\u001b[0m";
    const overrides = { containerOverrides: [{ name: "app", environment: [{ name: "KEY", value }] }] };
    const tags = [{ key: "k", value }];
    const containerDefinitions = [{ name: "app", environment: [{ name: "KEY", value }] }];
    const answer = { tasks: [{ overrides, tags }], containerDefinitions };

    assert.equal(cleanAnswer(answer), answer);
  });

  it("leaves no half in anything, and changes nothing a second time", () => {
    const codeUnit = fc.constantFrom("a", "\ud83d", "\ude00");
    const text = fc.string({ unit: codeUnit });
    fc.assert(
      fc.property(fc.anything({ key: text, values: [text, fc.double()] }), (value) => {
        const clean = cleanAnswer(value);
        assert.doesNotMatch(JSON.stringify(clean), /\\ud[89a-f]/);
        assert.equal(cleanAnswer(clean), clean);
      }),
    );
  });
});

describe("an error of an API", () => {
  it("is told in whole characters, whoever makes it", () => {
    const error = new EcsApiError({
      operation: "RunTask",
      kind: "rejected",
      code: HALF,
      message: HALF,
      resourceIds: [HALF],
    });

    assert.deepStrictEqual([error.message, error.code, error.resourceIds], [WHOLE, WHOLE, [WHOLE]]);
    assert.equal(new RegistryError("broken", HALF).message, WHOLE);
    assert.equal(
      new EcsApiError({ operation: "RunTask", kind: "rejected", code: "E", message: "a\n::b::\u001b[0m" })
        .message,
      "a ::b::",
    );
    assert.equal(new RegistryError("broken", "a\n::b::\u001b[0m").message, "a ::b::");
  });
});
