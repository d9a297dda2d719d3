import assert from "node:assert/strict";
import { checkRequirements } from "../../../src/task/check-requirements";
import { UNKNOWN } from "../../../src/task/unknown";

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
