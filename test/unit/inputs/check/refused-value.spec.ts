import assert from "node:assert/strict";
import { refusalOf, refusedValue } from "../../../../src/inputs/check/refused-value";
import { anything, mapOf, text } from "../../../../src/inputs/check/shape";

describe("a value that cannot be sent", () => {
  it("says why at its own path, and nothing else is said of it", () => {
    const refused = refusedValue("is a Date; pass date.toISOString()");
    const said = [{ property: "x", reason: "is a Date; pass date.toISOString()" }];

    assert.deepStrictEqual(text({ max: 3 })(refused, "x"), said);
    assert.deepStrictEqual(anything([1, { a: refused }], "x"), [{ ...said[0], property: "x[1].a" }]);
  });

  it("is known as an Output that became text", () => {
    const reason = (call: string) =>
      refusalOf(`a: Calling [${call}] on an [Output<T>] is not supported.`) ?? "";

    assert.match(reason("toString"), /^contains an Output .*; write pulumi\.interpolate`…`$/);
    assert.match(reason("toJSON"), /^contains an Output .*; write pulumi\.jsonStringify\(…\) instead of /);
    assert.deepStrictEqual(["Calling [all]", "", 1, undefined].map(refusalOf), Array(4).fill(undefined));
  });

  it("is named by no paragraph where it is a key", () => {
    const key = "Calling [toString] on an [Output<T>] is not supported.";

    assert.deepStrictEqual(
      mapOf(anything)({ [key]: 1 }, "x").map(({ property }) => property),
      ['x["…"]'],
    );
  });
});
