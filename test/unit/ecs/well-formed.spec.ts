import assert from "node:assert/strict";
import fc from "fast-check";
import { EcsApiError } from "../../../src/ecs/ecs-gateway";
import { wellFormed } from "../../../src/ecs/well-formed";
import { RegistryError } from "../../../src/registry/manifest-source";

const HALF = "half \ud83d pair";
const WHOLE = "half \ufffd pair";

describe("wellFormed", () => {
  it("replaces half of a surrogate pair at any depth, and in names", () => {
    const answer = { tasks: [{ reason: HALF, tags: { [HALF]: [HALF, "\ud83d\ude00"] } }] };

    assert.deepStrictEqual(wellFormed(answer), {
      tasks: [{ reason: WHOLE, tags: { [WHOLE]: [WHOLE, "\ud83d\ude00"] } }],
    });
  });

  it("gives back the very value where nothing is malformed", () => {
    const answer = { tasks: [{ at: new Date(0), exitCode: 0, name: "app", none: undefined, nothing: null }] };

    assert.equal(wellFormed(answer), answer);
  });

  it("keeps times, numbers and what is not there beside a text that it replaces", () => {
    const at = new Date(0);

    const clean = wellFormed({ reason: HALF, at, exitCode: 3, none: undefined, is: true });

    assert.deepStrictEqual(clean, { reason: WHOLE, at, exitCode: 3, none: undefined, is: true });
    assert.equal(clean.at, at);
  });

  it("takes an object without a prototype for what it is", () => {
    const bare = Object.assign(Object.create(null) as Record<string, string>, { reason: HALF });

    assert.deepStrictEqual(wellFormed(bare), { reason: WHOLE });
  });

  it("leaves no half in anything, and changes nothing a second time", () => {
    const codeUnit = fc.constantFrom("a", "\ud83d", "\ude00");
    const text = fc.string({ unit: codeUnit });
    fc.assert(
      fc.property(fc.anything({ key: text, values: [text, fc.double()] }), (value) => {
        const clean = wellFormed(value);
        assert.doesNotMatch(JSON.stringify(clean), /\\ud[89a-f]/);
        assert.equal(wellFormed(clean), clean);
      }),
    );
  });
});

describe("an error of an API", () => {
  it("is told in whole characters, whoever makes it", () => {
    const error = new EcsApiError("RunTask", "rejected", HALF, HALF, { resourceIds: [HALF] });

    assert.deepStrictEqual([error.message, error.code, error.resourceIds], [WHOLE, WHOLE, [WHOLE]]);
    assert.equal(new RegistryError("broken", HALF).message, WHOLE);
  });
});
