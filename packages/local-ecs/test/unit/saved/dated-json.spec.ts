import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeDated, encodeDated } from "../../../src/saved/dated-json";

describe("JSON with points in time", () => {
  const plain = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.date({ noInvalidDate: true }),
      fc.array(tie("value")),
      fc.dictionary(fc.constantFrom("a", "b", "c"), tie("value"), { noNullPrototype: true }),
    ),
  })).value;

  it("gives back what was written", () => {
    fc.assert(
      fc.property(plain, (value) => {
        assert.deepEqual(decodeDated(encodeDated(value)), value);
      }),
    );
  });
});
