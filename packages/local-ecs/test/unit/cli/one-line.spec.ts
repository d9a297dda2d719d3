import assert from "node:assert/strict";
import { oneLine } from "../../../src/cli/one-line";

describe("oneLine", () => {
  it("never cuts a character in two", () => {
    assert.equal(oneLine("ab\ud83d\ude00cd", 4), "ab…");
    assert.equal(oneLine("ab\ud83d\ude00cd", 5), "ab\ud83d\ude00…");
  });

  it("takes what would move the cursor for a space", () => {
    assert.equal(oneLine("a\nb\u001b[2Jc", Infinity), "a b [2Jc");
  });
});
