import assert from "node:assert/strict";
import { World } from "./people/world";
import { ENDS } from "./scenarios-of-ends";
import { play } from "./simulate";

describe("the end of a task, before it is STOPPED", () => {
  for (const scenario of ENDS) {
    it(scenario.name, async () => {
      const world = new World(scenario.beginning);
      for (const step of scenario.steps) if (step.check(world)) await step.run(world);

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
