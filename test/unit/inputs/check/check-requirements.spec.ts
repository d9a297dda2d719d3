import assert from "node:assert/strict";
import { checkRequirements } from "../../../../src/inputs/check/check-requirements";
import { UNKNOWN } from "../../../../src/inputs/unknown";

describe("checkRequirements", () => {
  it("has nothing to say where preview knows nothing yet", () => {
    for (const overrides of [
      undefined,
      UNKNOWN,
      { containerOverrides: UNKNOWN },
      { containerOverrides: [UNKNOWN, {}, { resourceRequirements: UNKNOWN }] },
      { containerOverrides: [{ resourceRequirements: [UNKNOWN, { type: UNKNOWN }] }] },
      { containerOverrides: [{ resourceRequirements: [{ type: "GPU", value: UNKNOWN }] }] },
    ])
      assert.deepStrictEqual(checkRequirements({ overrides }), []);
  });
});
