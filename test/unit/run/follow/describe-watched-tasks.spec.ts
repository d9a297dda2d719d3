import assert from "node:assert/strict";
import { EcsApiError } from "../../../../src/aws/ecs-gateway";
import { TaskWatcher } from "../../../../src/run/follow/describe-watched-tasks";
import { ManualClock } from "../../../support/manual-clock";
import { ScriptedEcs } from "../../../support/scripted-ecs";

const arns = (count: number) =>
  Array.from({ length: count }, (_, index) => `arn:aws:ecs:r:1:task/c/${index}`);

function watch(): { ecs: ScriptedEcs; clock: ManualClock; watcher: TaskWatcher } {
  const ecs = new ScriptedEcs();
  ecs.describe = () => ({ lastStatus: "RUNNING" });
  const clock = new ManualClock();
  return { ecs, clock, watcher: new TaskWatcher("c", { ecs, clock, random: () => 0.5 }) };
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

  describe("when a call is never answered", () => {
    /** An ECS that never answers the calls that ask for some task. */
    function stuckFor(isStuck: (taskArn: string) => boolean) {
      const watched = watch();
      const describeTasks = watched.ecs.describeTasks.bind(watched.ecs);
      const calls: (readonly string[])[] = [];
      watched.ecs.describeTasks = (cluster, taskArns) => {
        calls.push(taskArns);
        return taskArns.some(isStuck) ? new Promise(() => undefined) : describeTasks(cluster, taskArns);
      };
      return { ...watched, calls };
    }

    it("goes on looking at the other tasks, each second", async () => {
      const { watcher, clock } = stuckFor((arn) => arn.endsWith("/0"));
      const [stuck, other] = arns(2);
      void watcher.observe(stuck!, 0);
      await clock.sleep(100);

      for (let look = 0; look < 10; look += 1) await watcher.observe(other!, 1000);

      assert.equal(clock.nowMs(), 10_000);
    });

    it("answers the other batches of the same tick", async () => {
      const { watcher } = stuckFor((arn) => arn.endsWith("/0"));
      const [stuck, ...others] = arns(101);
      // The hundred that are asked for first are one call.
      const first = [stuck!, ...others.slice(0, 99)].map((arn) => watcher.observe(arn, 0));
      const last = watcher.observe(others.at(-1)!, 0);

      assert.equal((await last).kind, "task");
      assert.equal(first.length, 100);
    });

    it("does not ask for the same task once more, under neither of its names", async () => {
      const { watcher, clock, calls } = stuckFor(() => true);
      void watcher.observe("arn:aws:ecs:r:1:task/c/0", 0);
      await clock.sleep(100);
      void watcher.observe("arn:aws:ecs:r:1:task/c/0", 0);
      void watcher.observe("arn:aws:ecs:r:1:task/0", 1000);
      await clock.sleep(60_000);

      assert.equal(calls.length, 1);
    });

    it("looks again as soon as the call is answered, for whoever asked meanwhile", async () => {
      const { ecs, watcher, clock } = watch();
      let answer: (() => void) | undefined;
      const describeTasks = ecs.describeTasks.bind(ecs);
      ecs.describeTasks = async (cluster, taskArns) => {
        if (answer === undefined) await new Promise<void>((resolve) => (answer = resolve));
        return describeTasks(cluster, taskArns);
      };
      const [arn] = arns(1);
      const seen: string[] = [];
      const first = watcher.observe(arn!, 0).then(() => seen.push("first"));
      await clock.sleep(100);
      const second = watcher.observe(arn!, 1000).then(() => seen.push("second"));
      await clock.sleep(5000);
      assert.deepStrictEqual(seen, []);

      answer?.();
      await Promise.all([first, second]);

      assert.deepStrictEqual(seen, ["first", "second"]);
      assert.deepStrictEqual([ecs.describes.length, clock.nowMs()], [2, 5100]);
    });

    it("leaves ECS alone from when the call was sent, so that one that failed late holds up nobody", async () => {
      const { ecs, watcher, clock } = watch();
      const describeTasks = ecs.describeTasks.bind(ecs);
      ecs.describeTasks = async (cluster, taskArns) => {
        if (taskArns.some((arn) => arn.endsWith("/0"))) {
          await clock.sleep(30_000);
          throw new EcsApiError({
            operation: "DescribeTasks",
            kind: "broken",
            code: "TimeoutError",
            message: "no answer",
          });
        }
        return describeTasks(cluster, taskArns);
      };
      const [stuck, other] = arns(2);
      const late = watcher.observe(stuck!, 0);
      await clock.sleep(100);

      for (let look = 0; look < 40; look += 1) await watcher.observe(other!, 1000);

      assert.equal((await late).kind, "unanswered");
      assert.equal(clock.nowMs(), 40_000);
    });
  });
});
