import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeLines, encodeLine } from "../../src/saved/json-lines";

describe("JSON lines", () => {
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

  it("give back what was written, points in time included", () => {
    fc.assert(
      fc.property(fc.array(plain), (values) => {
        assert.deepEqual(decodeLines(values.map(encodeLine).join(""), "file"), values);
      }),
    );
  });

  it("leave out a last line that was not finished, wherever it was cut", () => {
    const text = encodeLine({ a: 1 }) + encodeLine({ b: "two\nlines" });
    for (let length = encodeLine({ a: 1 }).length; length < text.length; length++)
      assert.deepEqual(decodeLines(text.slice(0, length), "file"), [{ a: 1 }]);
  });

  it("name the line that is damaged", () => {
    assert.throws(
      () => decodeLines("1\n{\n2\n", "state.ndjson"),
      new Error("state.ndjson is damaged in line 2. Remove the folder to start anew."),
    );
  });
});
