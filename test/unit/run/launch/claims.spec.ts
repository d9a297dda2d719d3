import assert from "node:assert/strict";
import { Claims } from "../../../../src/run/launch/claims";

describe("a task", () => {
  it("belongs to the resource that took it first", () => {
    const claims = new Claims();
    claims.begin("one");
    claims.begin("other");

    assert.deepStrictEqual(
      [claims.take("task", "one"), claims.take("task", "other"), claims.take("task", "one")],
      [true, false, true],
    );
    assert.deepStrictEqual([claims.isTaken("task", "one"), claims.isTaken("task", "other")], [false, true]);
  });

  it("of a run that failed can be taken by one that begins later, and by none that was on its way", () => {
    const claims = new Claims();
    claims.begin("one");
    claims.begin("at the same time");
    claims.take("task", "one");
    claims.release("one");
    claims.begin("a retry");

    assert.equal(claims.take("task", "at the same time"), false);
    assert.equal(claims.take("task", "a retry"), true);
  });
});
