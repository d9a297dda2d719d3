import assert from "node:assert/strict";
import fc from "fast-check";
import { page } from "../../../src/operations/page";

function readAll(all: readonly string[], maxResults: number): readonly string[] {
  const read: string[] = [];
  for (let token: { readonly nextToken?: string } = {}; ;) {
    const { items, nextToken } = page(all, { maxResults, ...token });
    read.push(...items);
    if (nextToken.nextToken === undefined) return read;
    token = nextToken;
  }
}

describe("page", () => {
  it("gives every item once and in order, whatever the size of a page", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 100 }), (all, maxResults) => {
        assert.deepEqual(readAll(all, maxResults), all);
      }),
    );
  });

  it("goes on after the last item of the page before, though items before it have gone", () => {
    const { nextToken } = page(["a", "b", "c", "d"], { maxResults: 2 });

    assert.deepEqual(page(["b", "c", "d"], nextToken).items, ["c", "d"]);
  });

  it("needs no next page when the last item is on this one", () => {
    assert.deepEqual(page(["a", "b"], { maxResults: 2 }), { items: ["a", "b"], nextToken: {} });
  });
});
