import assert from "node:assert/strict";
import { play } from "./simulate";
import { SCENARIOS } from "./scenarios";

describe("a resource is safe when", () => {
  for (const scenario of SCENARIOS) {
    it(scenario.name, async () => {
      assert.equal(await play(scenario), undefined);
    });
  }
});
