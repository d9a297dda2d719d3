import assert from "node:assert/strict";
import fc from "fast-check";
import { fingerprintOf } from "../../../../src/state/tasks/client-tokens";

describe("fingerprintOf", () => {
  it("is the same for members in another order, at any depth", () => {
    const one = { a: 1, b: { c: [{ d: 1, e: 2 }], f: "x" } };
    const other = { b: { f: "x", c: [{ e: 2, d: 1 }] }, a: 1 };

    assert.equal(fingerprintOf(one), fingerprintOf(other));
  });

  it("differs for lists in another order", () => {
    assert.notEqual(fingerprintOf({ a: [1, 2] }), fingerprintOf({ a: [2, 1] }));
  });

  it("differs exactly when the values differ", () => {
    const request = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string())));
    const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));
    fc.assert(
      fc.property(request, request, (one, other) => {
        let areEqual = true;
        try {
          assert.deepEqual(plain(one), plain(other));
        } catch {
          areEqual = false;
        }
        assert.equal(fingerprintOf(one) === fingerprintOf(other), areEqual);
      }),
    );
  });
});
