import assert from "node:assert/strict";
import { windowOf } from "../../../../src/operations/logs/get-log-events";

describe("windowOf", () => {
  const rows: readonly {
    name: string;
    given: Partial<Parameters<typeof windowOf>[0]>;
    expected: readonly [number, number];
  }[] = [
    { name: "the last events without a token", given: {}, expected: [7, 10] },
    { name: "the first events from the head", given: { startFromHead: true }, expected: [0, 3] },
    { name: "what follows a forward token", given: { nextToken: "f/3/s" }, expected: [3, 6] },
    { name: "what precedes a backward token", given: { nextToken: "b/7/s" }, expected: [4, 7] },
    { name: "nothing after the last event", given: { nextToken: "f/10/s" }, expected: [10, 10] },
    { name: "nothing before the first event", given: { nextToken: "b/0/s" }, expected: [0, 0] },
  ];
  for (const { name, given, expected } of rows)
    it(`shows ${name}`, () => {
      const { from, to } = windowOf({
        count: 10,
        limit: 3,
        startFromHead: false,
        nextToken: undefined,
        ...given,
      });

      assert.deepEqual([from, to], expected);
    });

  it("refuses a token that it did not give", () => {
    const ask = () => windowOf({ count: 1, limit: 1, startFromHead: true, nextToken: "x" });

    assert.throws(ask, { code: "InvalidParameterException", message: "The specified nextToken is invalid." });
  });
});
