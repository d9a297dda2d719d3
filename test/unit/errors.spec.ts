import assert from "node:assert/strict";
import { EcsTaskError, isEcsTaskError } from "../../src/errors";

describe("isEcsTaskError", () => {
  it("knows an error by its code, and takes no other one for it", () => {
    const error = new EcsTaskError("NO_REGION", "no region");
    const others = [undefined, null, "NO_REGION", Object.assign(new Error("x"), { code: "NO_REGION" })];

    assert.deepStrictEqual([isEcsTaskError(error), isEcsTaskError(error, "NO_REGION")], [true, true]);
    assert.equal(isEcsTaskError(error, "NO_TASK_ARN"), false);
    assert.ok(others.every((other) => !isEcsTaskError(other)));
    assert.equal(error.toString(), "no region");
  });
});

describe("a known error", () => {
  it("is told by its message alone, with neither the name of a class nor a stack", () => {
    const error = new EcsTaskError("NO_REGION", "No AWS region is known.");

    assert.deepStrictEqual([String(error), error.stack], ["No AWS region is known.", ""]);
  });
});
