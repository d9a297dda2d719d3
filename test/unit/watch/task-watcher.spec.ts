import assert from "node:assert/strict";
import { TaskWatcher } from "../../../src/watch/task-watcher";
import { ManualClock } from "../../support/manual-clock";
import { ScriptedEcs } from "../../support/scripted-ecs";

const arns = (count: number) =>
  Array.from({ length: count }, (_, index) => `arn:aws:ecs:r:1:task/c/${index}`);

function watch(): { ecs: ScriptedEcs; clock: ManualClock; watcher: TaskWatcher } {
  const ecs = new ScriptedEcs();
  ecs.describe = () => ({ lastStatus: "RUNNING" });
  const clock = new ManualClock();
  return { ecs, clock, watcher: new TaskWatcher(ecs, "c", clock, () => 0.5) };
}

describe("TaskWatcher", () => {
  it("asks for 250 tasks in three calls, each task in exactly one", async () => {
    const { ecs, watcher } = watch();

    await Promise.all(arns(250).map((arn) => watcher.observe(arn, 0)));

    assert.deepStrictEqual(
      ecs.describes.map((call) => call.length),
      [100, 100, 50],
    );
    assert.deepStrictEqual(ecs.describes.flat().sort(), arns(250).sort());
  });

  it("asks once for all who wait for the same task", async () => {
    const { ecs, watcher } = watch();
    const [arn] = arns(1);

    const seen = await Promise.all([watcher.observe(arn!, 0), watcher.observe(arn!, 0)]);

    assert.deepStrictEqual(ecs.describes, [[arn]]);
    assert.deepStrictEqual(
      seen.map(({ kind }) => kind),
      ["task", "task"],
    );
  });

  it("lets waiters who began at different moments share the calls of a tick", async () => {
    const { ecs, clock, watcher } = watch();
    const wait = async (arn: string, startMs: number) => {
      await clock.sleep(startMs);
      for (let look = 0; look < 10; look += 1) await watcher.observe(arn, 1000);
    };

    await Promise.all(arns(20).map((arn, index) => wait(arn, index * 45)));

    assert.equal(ecs.describes.length, 10);
  });

  it("lets looks that follow closely on each other share a call, as those of a refresh do", async () => {
    const { ecs, clock, watcher } = watch();
    const refresh = async (arn: string, startMs: number) => {
      await clock.sleep(startMs);
      await watcher.observe(arn, 0);
    };

    await Promise.all(arns(10).map((arn, index) => refresh(arn, 1 + index * 15)));

    assert.deepStrictEqual(
      ecs.describes.map((call) => call.length),
      [10],
    );
  });

  it("keeps nobody waiting for more than 200 ms when others go on coming", async () => {
    const { clock, watcher } = watch();
    const waited = async (arn: string, startMs: number) => {
      await clock.sleep(startMs);
      await watcher.observe(arn, 0);
      return clock.nowMs() - startMs;
    };

    const times = await Promise.all(arns(100).map((arn, index) => waited(arn, 1 + index * 15)));

    assert.equal(Math.max(...times), 200);
  });

  it("matches a short ARN that was asked for with the long one in the answer", async () => {
    const { ecs, watcher } = watch();
    ecs.describe = () => ({ taskArn: "arn:aws:ecs:r:1:task/c/0", lastStatus: "RUNNING" });

    const seen = await watcher.observe("arn:aws:ecs:r:1:task/0", 0);

    assert.equal(seen.kind, "task");
  });

  it("leaves a throttled ECS alone for a growing time, and says so to whoever waits", async () => {
    const { ecs, clock, watcher } = watch();
    ecs.describe = (_, nth) => (nth < 3 ? "throttled" : { lastStatus: "RUNNING" });
    const [arn] = arns(1);
    const answers: [string, number][] = [];

    for (let look = 0; look < 4; look += 1) {
      const { kind } = await watcher.observe(arn!, 0);
      answers.push([kind, clock.nowMs()]);
    }

    assert.deepStrictEqual(answers, [
      ["unanswered", 20],
      ["unanswered", 1520],
      ["unanswered", 4520],
      ["task", 10520],
    ]);
  });

  it("fails at once when looking is not permitted", async () => {
    const { ecs, watcher } = watch();
    ecs.describe = () => "denied";

    await assert.rejects(watcher.observe("task/0", 0), /it is denied/);
  });
});
