import assert from "node:assert/strict";
import type { Task } from "@aws-sdk/client-ecs";
import { TaskWatcher } from "../../../../src/run/follow/describe-watched-tasks";
import { waitForTasks, type WaitGoal, type WaitResult } from "../../../../src/run/follow/wait-for-tasks";
import { neverStarted, runningTask, stoppedTask, TASK_ARN } from "../../../support/builders";
import type { TaskRecord } from "../../../../src/outcome/task-record";
import { ManualClock } from "../../../support/manual-clock";
import { ScriptedEcs } from "../../../support/scripted-ecs";

type Script = ScriptedEcs["describe"];
const running: Task = { lastStatus: "RUNNING" };
const stopped: Task = {
  lastStatus: "STOPPED",
  stopCode: "EssentialContainerExited",
  containers: [{ name: "app", exitCode: 0 }],
};
const HOUR: WaitGoal = { waitFor: "STOPPED", timeoutMs: 3_600_000 };

async function wait(
  describe: Script,
  goal: WaitGoal = HOUR,
  taskArns = [TASK_ARN],
  clock = new ManualClock(),
) {
  const ecs = new ScriptedEcs();
  ecs.describe = describe;
  const watcher = new TaskWatcher("prod", { ecs, clock, random: () => 0.5 });
  const tasks = taskArns.map((taskArn) => runningTask({ taskArn, lastStatus: "PROVISIONING" }));
  const result: WaitResult = await waitForTasks({ watcher, clock }, tasks, goal);
  return { result, calls: ecs.describes.length, seconds: clock.nowMs() / 1000 };
}

/** How it ended, and whether the task that ECS does not know was ever seen. */
const vanishing = (result: WaitResult) => [result.kind, result.kind === "vanished" && result.wasSeen];

describe("waitForTasks", () => {
  it("sees the end of a task that was never seen running", async () => {
    const { result, seconds } = await wait(() => stopped);

    assert.equal(result.kind, "reached");
    assert.equal(seconds, 1);
  });

  it("takes a task that is on its way out for one that still runs", async () => {
    const { seconds } = await wait((_, nth) => (nth < 5 ? { lastStatus: "DEPROVISIONING" } : stopped));

    assert.equal(seconds, 6);
  });

  it("waits for a task that ECS does not show yet, for five minutes", async () => {
    const late = await wait((_, nth) => (nth < 200 ? undefined : stopped));
    const never = await wait(() => undefined);

    assert.equal(late.result.kind, "reached");
    assert.deepStrictEqual(vanishing(never.result), ["vanished", false]);
    assert.ok(never.seconds >= 300 && never.seconds < 310, String(never.seconds));
  });

  it("takes a task that was seen for vanished after three answers over ten seconds", async () => {
    const { result, seconds } = await wait((_, nth) => (nth < 3 ? running : undefined));

    assert.deepStrictEqual(vanishing(result), ["vanished", true]);
    assert.equal(result.tasks[0]?.lastStatus, "RUNNING");
    assert.ok(seconds >= 13 && seconds <= 14, String(seconds));
  });

  it("forgives one answer in which a task was missing", async () => {
    const { result } = await wait((_, nth) => [running, undefined, running, stopped][Math.min(nth, 3)]);

    assert.equal(result.kind, "reached");
  });

  it("is not done while one of two tasks is missing and the other stopped", async () => {
    const arns = [TASK_ARN, `${TASK_ARN}0`];

    const { result } = await wait((arn) => (arn === TASK_ARN ? stopped : undefined), HOUR, arns);

    assert.deepStrictEqual(vanishing(result), ["vanished", false]);
  });

  it("survives throttling and broken connections", async () => {
    const { result } = await wait(
      (_, nth) => (["throttled", "broken", "unreachable", stopped] as const)[Math.min(nth, 3)]!,
    );

    assert.equal(result.kind, "reached");
  });

  it("gives up at once when looking is not permitted, and knows what was last seen", async () => {
    const { result, seconds } = await wait((_, nth) => (nth < 2 ? running : "denied"));

    assert.equal(result.kind, "blind");
    assert.equal(result.tasks[0]?.lastStatus, "RUNNING");
    assert.equal(seconds, 3);
  });

  it("gives up when the time is up, and says how often ECS did not answer", async () => {
    const { result, seconds } = await wait((_, nth) => (nth === 1 ? "throttled" : running), {
      ...HOUR,
      timeoutMs: 60_000,
    });

    assert.deepStrictEqual([result.kind, result.kind === "timedOut" && result.unanswered], ["timedOut", 1]);
    assert.ok(seconds >= 60 && seconds < 62, String(seconds));
  });

  it("looks once more before it gives up", async () => {
    const atTheEnd = await wait((_, nth) => (nth < 3 ? running : stopped), { ...HOUR, timeoutMs: 3500 });

    assert.equal(atTheEnd.result.kind, "reached");
  });

  it("measures by a clock that nobody sets: a wall clock that jumps changes nothing", async () => {
    class JumpingClock extends ManualClock {
      #jumps = 0;
      override wallMs(): number {
        return super.wallMs() + (this.#jumps += 1) * 86_400_000;
      }
    }
    const script: Script = (_, nth) => (nth < 60 ? running : stopped);

    const jumping = await wait(script, { ...HOUR, timeoutMs: 90_000 }, [TASK_ARN], new JumpingClock());

    assert.deepStrictEqual(jumping, await wait(script));
  });

  it("sees what happened while the machine slept before it gives up", async () => {
    /** The machine goes to sleep in the third look, for two hours. */
    class SleepyClock extends ManualClock {
      override nowMs(): number {
        return super.nowMs() >= 3000 ? super.nowMs() + 7_200_000 : super.nowMs();
      }
    }

    const { result } = await wait(
      (_, nth) => (nth < 3 ? running : stopped),
      HOUR,
      [TASK_ARN],
      new SleepyClock(),
    );

    assert.equal(result.kind, "reached");
  });

  it("reads a stopped task again while a container that ran has no exit code yet", async () => {
    const incomplete: Task = { ...stopped, containers: [{ name: "app" }] };

    const { result } = await wait((_, nth) => (nth < 3 ? incomplete : stopped));
    const never = await wait(() => incomplete);

    assert.equal(result.tasks[0]?.containers[0]?.exitCode, 0);
    assert.equal(never.result.kind, "reached");
    assert.ok(never.seconds <= 7, String(never.seconds));
  });

  it("reads a task again that had stopped before it was waited for, and has no exit code yet", async () => {
    const ecs = new ScriptedEcs();
    ecs.describe = () => stopped;
    const clock = new ManualClock();
    const watcher = new TaskWatcher("prod", { ecs, clock, random: () => 0.5 });
    const found = stoppedTask([neverStarted()], { createdAt: "2026-01-01T00:00:00Z" });
    const result = await waitForTasks({ watcher, clock }, [found], HOUR);

    assert.equal(result.tasks[0]?.containers[0]?.exitCode, 0);
  });

  it("is done at RUNNING when that was asked for, also when the task has stopped by then", async () => {
    const goal: WaitGoal = { ...HOUR, waitFor: "RUNNING" };

    assert.equal((await wait(() => running, goal)).result.kind, "reached");
    assert.equal((await wait(() => stopped, goal)).result.kind, "reached");
    assert.equal((await wait(() => running, { ...HOUR, waitFor: "NONE" })).calls, 0);
  });

  describe("of which one does not start", () => {
    const LATE = `${TASK_ARN}1`;
    const pending: Task = { lastStatus: "PENDING" };

    /** Waits for two tasks; one that does not start within thirty seconds is ended. */
    async function waitWithLimit(describe: Script) {
      const ecs = new ScriptedEcs();
      ecs.describe = describe;
      const clock = new ManualClock();
      const watcher = new TaskWatcher("prod", { ecs, clock, random: () => 0.5 });
      const ended: [string, number][] = [];
      const endLate = (task: TaskRecord) => {
        ended.push([task.taskArn, clock.nowMs() / 1000]);
        return Promise.resolve({ ...task, lastStatus: "STOPPED", stopCode: "UserInitiated" });
      };
      const ports = { watcher, clock, endLate };
      const tasks = [TASK_ARN, LATE].map((taskArn) => runningTask({ taskArn, lastStatus: "PROVISIONING" }));
      const result = await waitForTasks(ports, tasks, { ...HOUR, startTimeoutMs: 30_000 });
      return { result, ended, seconds: clock.nowMs() / 1000 };
    }

    it("ends that one when its time is up, and goes on waiting for the other", async () => {
      const { result, ended, seconds } = await waitWithLimit((arn, nth) =>
        arn === LATE ? pending : nth < 100 ? running : stopped,
      );

      assert.deepStrictEqual(ended, [[LATE, 30]]);
      assert.equal(seconds, 101);
      assert.ok(result.kind === "reached");
      assert.deepStrictEqual(result.late, [LATE]);
      assert.deepStrictEqual(
        result.tasks.map(({ stopCode }) => stopCode),
        ["EssentialContainerExited", "UserInitiated"],
      );
    });

    it("says that the time is up for the other, if it is: that one goes on", async () => {
      const { result, ended } = await waitWithLimit((arn) => (arn === LATE ? pending : running));

      assert.deepStrictEqual(ended, [[LATE, 30]]);
      assert.equal(result.kind, "timedOut");
      assert.deepStrictEqual(
        result.tasks.map(({ lastStatus }) => lastStatus),
        ["RUNNING", "STOPPED"],
      );
    });

    it("ends none of which ECS does not say whether it has started", async () => {
      const { result, ended } = await waitWithLimit((_, nth) => {
        if (nth < 2) return pending;
        if (nth < 6) return "throttled";
        return nth < 8 ? running : stopped;
      });

      assert.deepStrictEqual([result.kind, ended], ["reached", []]);
    });
  });

  it("looks each second at first and each five seconds in the end", async () => {
    const minutes = async (count: number) =>
      (await wait((_, nth) => (nth < 1e6 ? running : stopped), { ...HOUR, timeoutMs: count * 60_000 })).calls;

    const first = await minutes(10);
    const [hour, later] = [await minutes(60), await minutes(61)];

    assert.ok(first >= 599 && first <= 602, String(first));
    assert.ok(later - hour >= 11 && later - hour <= 13, String(later - hour));
  });
});
