import assert from "node:assert/strict";
import { pauseMs } from "../../../../src/aws/pace/pause";

describe("the pause after calls that failed", () => {
  it("is between half and all of a time that doubles up to half a minute, as chance has it", () => {
    const ranges = [1, 2, 3, 4, 5, 10_000].map((failedCalls) => [
      pauseMs(failedCalls, 0),
      pauseMs(failedCalls, 1),
    ]);

    assert.deepStrictEqual(ranges, [
      [1000, 2000],
      [2000, 4000],
      [4000, 8000],
      [8000, 16_000],
      [15_000, 30_000],
      [15_000, 30_000],
    ]);
  });
});
