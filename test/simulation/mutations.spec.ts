import assert from "node:assert/strict";
import { MUTATIONS } from "./mutations";
import { SCENARIOS } from "./scenarios";
import { play, simulate } from "./simulate";

/** How many sequences the simulation may need to notice that something is broken. */
const SEQUENCES = 200;

describe("the simulation", () => {
  for (const { name, says, mutation, scenario } of MUTATIONS) {
    it(`notices when ${name}`, async () => {
      const known = SCENARIOS.find((each) => each.name === scenario);
      const found = known
        ? await play(known, mutation)
        : await simulate({ sequences: SEQUENCES, seed: 1, mutation, shortens: false });

      assert.equal(known?.name, scenario);
      assert.match(found ?? "nothing was noticed", says);
    }).timeout(60_000);
  }
});
