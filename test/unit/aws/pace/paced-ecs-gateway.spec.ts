import assert from "node:assert/strict";
import { PacedEcsGateway } from "../../../../src/aws/pace/paced-ecs-gateway";
import { DocumentedBuckets } from "../../../support/documented-buckets";
import { ManualClock } from "../../../support/manual-clock";
import { ScriptedEcs } from "../../../support/scripted-ecs";

/** An ECS that writes down when it was asked for what. */
class ObservedEcs extends ScriptedEcs {
  readonly asked: { readonly operation: string; readonly atMs: number }[] = [];
  taskArns: readonly string[] = [];
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    super();
    this.#clock = clock;
  }

  override describeTasks(cluster: string, taskArns: readonly string[]) {
    this.#write("DescribeTasks");
    return super.describeTasks(cluster, taskArns);
  }

  override listTasks(): Promise<readonly string[]> {
    this.#write("ListTasks");
    return Promise.resolve(this.taskArns);
  }

  override runTask(...order: Parameters<ScriptedEcs["runTask"]>) {
    this.#write("RunTask");
    return super.runTask(...order);
  }

  #write(operation: string): void {
    this.asked.push({ operation, atMs: this.#clock.nowMs() });
  }
}

function stage() {
  const clock = new ManualClock();
  const ecs = new ObservedEcs(clock);
  return { clock, ecs, paced: new PacedEcsGateway(ecs, clock) };
}

describe("PacedEcsGateway", () => {
  it("asks at once while little is asked", async () => {
    const { ecs, paced } = stage();

    await Promise.all([
      paced.listTasks("prod", { desiredStatus: "RUNNING" }),
      paced.describeTasks("prod", ["a"]),
    ]);

    assert.deepStrictEqual(ecs.asked, [
      { operation: "ListTasks", atMs: 0 },
      { operation: "DescribeTasks", atMs: 0 },
    ]);
  });

  it("never asks so fast that the documented token buckets would refuse a call", async () => {
    const { ecs, paced } = stage();

    await Promise.all([
      ...Array.from({ length: 400 }, (_, nth) => paced.describeTasks("prod", [String(nth)])),
      ...Array.from({ length: 200 }, (_, nth) => paced.runTask({ taskDefinition: "app:1" }, String(nth))),
    ]);

    let nowMs = 0;
    const buckets = new DocumentedBuckets(() => nowMs);
    const refused = ecs.asked.filter(({ operation, atMs }) => {
      nowMs = atMs;
      return !buckets.take(operation);
    });
    assert.equal(ecs.asked.length, 600);
    assert.deepStrictEqual(refused, []);
  });

  it("counts each page of a listing as a call", async () => {
    const { clock, ecs, paced } = stage();
    ecs.taskArns = Array.from({ length: 10_000 }, (_, nth) => String(nth));
    await paced.listTasks("prod", { desiredStatus: "RUNNING" });

    await paced.describeTasks("prod", ["a"]);

    // 75 at once, then 15 a second: 101 calls take (101 - 75) / 15 seconds.
    assert.ok(Math.abs(clock.nowMs() - 26_000 / 15) < 1);
  });

  it("asks an equal question once for all who wait for their turn, and again for who comes later", async () => {
    const { ecs, paced } = stage();
    const ask = () => paced.describeTasks("prod", ["a"]);

    const [first, second] = await Promise.all([ask(), ask()]);
    await ask();

    assert.equal(first, second);
    assert.equal(ecs.asked.length, 2);
  });
});
