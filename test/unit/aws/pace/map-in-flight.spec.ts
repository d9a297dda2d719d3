import assert from "node:assert/strict";
import { mapInFlight } from "../../../../src/aws/pace/map-in-flight";

/** Calls that are answered when the test says so. */
function heldCalls() {
  const begun: number[] = [];
  const answers = new Map<number, { resolve: (text: string) => void; reject: (error: Error) => void }>();
  const call = (item: number) => {
    begun.push(item);
    return new Promise<string>((resolve, reject) => answers.set(item, { resolve, reject }));
  };
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    begun,
    call,
    async answer(item: number) {
      answers.get(item)!.resolve(`answer ${item}`);
      await settled();
    },
    async fail(item: number) {
      answers.get(item)!.reject(new Error(`failed ${item}`));
      await settled();
    },
  };
}

describe("mapInFlight", () => {
  it("has at most so many calls under way, and answers in the order of the items", async () => {
    const calls = heldCalls();

    const all = mapInFlight([0, 1, 2, 3], 2, calls.call);
    assert.deepEqual(calls.begun, [0, 1]);
    await calls.answer(1);
    assert.deepEqual(calls.begun, [0, 1, 2]);
    for (const item of [2, 3, 0]) await calls.answer(item);

    assert.deepEqual(await all, ["answer 0", "answer 1", "answer 2", "answer 3"]);
  });

  it("begins no further call after one has failed", async () => {
    const calls = heldCalls();

    const all = assert.rejects(mapInFlight([0, 1, 2, 3], 2, calls.call), /failed 0/);
    await calls.fail(0);
    await calls.answer(1);

    await all;
    assert.deepEqual(calls.begun, [0, 1]);
  });

  it("asks nothing for no items", async () => {
    assert.deepEqual(await mapInFlight([], 4, () => assert.fail("was asked")), []);
  });
});
