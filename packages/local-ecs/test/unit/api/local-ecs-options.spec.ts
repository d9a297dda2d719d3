import assert from "node:assert/strict";
import { accountOf, type LocalEcsOptions } from "../../../src/api/local-ecs-options";

describe("durations among the options of the local ECS", () => {
  const wrong: readonly (readonly [name: string, options: LocalEcsOptions])[] = [
    ["transitionMs", { transitionMs: -1 }],
    ["transitionMs", { transitionMs: NaN }],
    ["stoppedTaskRetentionMs", { stoppedTaskRetentionMs: Infinity }],
    ["lagMs.DescribeTasks", { lagMs: { DescribeTasks: "1" as unknown as number } }],
    ["lagMs.ListTasks", { lagMs: { ListTasks: -1 } }],
  ];
  for (const [name, options] of wrong)
    it(`are refused: ${name} of ${JSON.stringify(options)}`, () => {
      assert.throws(() => accountOf(options), {
        message: new RegExp(`^${name} must be a number of milliseconds, 0 or more: .* is not\\.$`),
      });
    });

  it("may be 0, or left out", () => {
    assert.ok(accountOf({ transitionMs: 0, stoppedTaskRetentionMs: 0, lagMs: { ListTasks: 0 } }));
    assert.ok(accountOf({}));
  });
});
