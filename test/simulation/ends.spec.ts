import assert from "node:assert/strict";
import { ENDS } from "./scenarios-of-ends";
import { play, worldAfter } from "./simulate";

describe("the end of a task, before it is STOPPED", () => {
  for (const scenario of ENDS) {
    it(scenario.name, async () => {
      const world = await worldAfter(scenario);

      const { launches, deprovisioning } = scenario;
      assert.deepStrictEqual(
        [world.launches, world.alive],
        [launches, deprovisioning],
        world.journal.join("\n"),
      );
      assert.equal(await play(scenario), undefined);
    });
  }
});
