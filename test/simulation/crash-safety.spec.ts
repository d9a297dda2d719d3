import assert from "node:assert/strict";
import { simulate } from "./simulate";

/** Always the same sequences, so that a build fails for what was changed; `npm run simulate` plays others each time. */
const SEED = 1;
const SEQUENCES = 400;

describe("a resource in a world of crashes, faults and changes", () => {
  it("never runs twice, never two at once, never says success that was none, and always comes to rest", async () => {
    assert.equal(await simulate({ sequences: SEQUENCES, seed: SEED }), undefined);
  }).timeout(120_000);
});
