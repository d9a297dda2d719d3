import assert from "node:assert/strict";
import { EcsApiError, type EcsGateway } from "../../../../src/aws/ecs-gateway";
import { BoundedEcsGateway, SURVEY_LIMITS } from "../../../../src/aws/pace/bounded-ecs-gateway";
import { PacedEcsGateway } from "../../../../src/aws/pace/paced-ecs-gateway";
import { ManualClock } from "../../../support/manual-clock";
import { ScriptedEcs } from "../../../support/scripted-ecs";

/** An ECS that answers nothing, whatever it is asked. */
const SILENT = new Proxy({} as EcsGateway, { get: () => () => new Promise(() => undefined) });

const calls: readonly [string, number, (ecs: EcsGateway) => Promise<unknown>][] = [
  ["RunTask", 30, (ecs) => ecs.runTask({ taskDefinition: "app:1" }, "token")],
  ["StartTask", 30, (ecs) => ecs.startTask({ taskDefinition: "app:1", containerInstances: ["i"] })],
  ["StopTask", 30, (ecs) => ecs.stopTask("c", "t", "why")],
  ["ListClusters", 60, (ecs) => ecs.listClusters()],
  ["ListTasks", 60, (ecs) => ecs.listTasks("c", { desiredStatus: "RUNNING" })],
  ["DescribeTasks", 60, (ecs) => ecs.describeTasks("c", ["t"])],
  ["DescribeTaskDefinition", 60, (ecs) => ecs.describeTaskDefinition("app:1")],
];

describe("BoundedEcsGateway", () => {
  for (const [operation, seconds, call] of calls) {
    it(`gives up ${operation} after ${seconds} s, and does not say that nothing happened`, async () => {
      const clock = new ManualClock();

      await assert.rejects(call(new BoundedEcsGateway(SILENT, clock)), (error: unknown) => {
        assert.ok(error instanceof EcsApiError);
        const { kind, code, message } = error;
        assert.deepStrictEqual(
          [error.operation, kind, code, message],
          [operation, "broken", "TimeoutError", `no answer for ${seconds} s`],
        );
        return true;
      });
      assert.equal(clock.nowMs(), seconds * 1000);
    });
  }

  it("does without the account after 10 s", async () => {
    const clock = new ManualClock();

    assert.equal(await new BoundedEcsGateway(SILENT, clock).accountId("c"), undefined);
    assert.equal(clock.nowMs(), 10_000);
  });

  it("gives the lists of a survey more time", async () => {
    const clock = new ManualClock();

    await assert.rejects(new BoundedEcsGateway(SILENT, clock, SURVEY_LIMITS).listClusters());
    assert.equal(clock.nowMs(), 180_000);
  });

  it("passes on answers and errors, and leaves no timer behind", async () => {
    const clock = new ManualClock();
    const ecs = new ScriptedEcs();
    ecs.describe = (arn) => (arn === "denied" ? "denied" : { lastStatus: "RUNNING" });
    const bounded = new BoundedEcsGateway(ecs, clock);

    assert.equal((await bounded.describeTasks("c", ["t"])).tasks[0]?.record.lastStatus, "RUNNING");
    await assert.rejects(bounded.describeTasks("c", ["denied"]), /it is denied/);
    // A clock that only moves when everybody sleeps would go on to the end of a timer that is left.
    await clock.sleep(1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(clock.nowMs(), 1);
  });

  it("bounds the call and not the wait for its turn", async () => {
    const clock = new ManualClock();
    const ecs = new ScriptedEcs();
    ecs.describe = () => ({ lastStatus: "RUNNING" });
    const paced = new PacedEcsGateway(new BoundedEcsGateway(ecs, clock), clock);
    const questions = Array.from({ length: 2000 }, (_, index) => paced.describeTasks("c", [`t${index}`]));

    assert.equal((await Promise.all(questions)).length, 2000);
    assert.ok(clock.nowMs() > 120_000);
  });

  it("lets an equal question be asked again while the first is stuck, and others at once", async () => {
    const clock = new ManualClock();
    let sent = 0;
    const ecs = new ScriptedEcs();
    ecs.describe = () => ({ lastStatus: "RUNNING" });
    const describeTasks = ecs.describeTasks.bind(ecs);
    ecs.describeTasks = (...question) => {
      sent += 1;
      return sent === 1 ? new Promise(() => undefined) : describeTasks(...question);
    };
    const paced = new PacedEcsGateway(new BoundedEcsGateway(ecs, clock), clock);
    const stuck = paced.describeTasks("c", ["t"]).catch((error: unknown) => error);
    await new Promise((resolve) => setImmediate(resolve));

    assert.equal((await paced.describeTasks("c", ["t"])).tasks.length, 1);
    assert.equal((await paced.describeTasks("c", ["other"])).tasks.length, 1);
    assert.ok((await stuck) instanceof EcsApiError);
  });
});
