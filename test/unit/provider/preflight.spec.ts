import assert from "node:assert/strict";
import { mock } from "node:test";
import type { EcsGateway } from "../../../src/ecs/ecs-gateway";
import { preflight } from "../../../src/provider/preflight";
import { ScriptedEcs } from "../../support/scripted-ecs";

type Connect = () => Promise<{ ecs: EcsGateway }>;

const never: Connect = () => new Promise(() => undefined);
const answering: Connect = () => Promise.resolve({ ecs: new ScriptedEcs() });

describe("preflight", () => {
  let names = 0;

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout"] });
  });

  afterEach(() => {
    mock.timers.reset();
  });

  /** How many seconds the check of a resource with a task definition of its own takes, and what it finds wrong. */
  async function check(connect: Connect): Promise<{ seconds: number; failures: number }> {
    names += 1;
    const inputs = { taskDefinition: `app:${names}`, successContainers: ["nope"] };
    let failures: number | undefined;
    void preflight(undefined, inputs, connect).then((found) => (failures = found.failures.length));
    for (let seconds = 0; ; seconds += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      if (failures !== undefined) return { seconds, failures };
      mock.timers.tick(seconds === 0 ? 1 : 1000);
    }
  }

  it("waits ten seconds at most in a preview in which nothing answers, however many resources it has", async () => {
    let seconds = 0;
    for (let resource = 0; resource < 20; resource += 1) {
      const checked = await check(never);
      assert.equal(checked.failures, 0);
      // The first tick of each is a millisecond.
      seconds += checked.seconds - 1;
    }
    assert.equal(seconds, 6);
  });

  it("waits again after an answer, which it still looks at", async () => {
    assert.deepStrictEqual(await check(answering), { seconds: 0, failures: 1 });
    assert.ok((await check(never)).seconds > 3);
  });

  describe("of inputs that were checked before", () => {
    const olds = { taskDefinition: "old:1", waitFor: "NONE" as const };
    const inactive: Connect = () => {
      const ecs = new ScriptedEcs();
      const containerDefinitions = [{ name: "app" }, { name: "proxy" }];
      ecs.describeTaskDefinition = () => Promise.resolve({ status: "INACTIVE", containerDefinitions });
      return Promise.resolve({ ecs });
    };

    it("refuses no revision that was deregistered since where no task will be started", async () => {
      const { failures } = await preflight(olds, { ...olds, timeoutSeconds: 5, tags: { a: "1" } }, inactive);

      assert.deepStrictEqual(failures, []);
    });

    it("refuses it where a task will be started, and containers that it does not have always", async () => {
      const relaunched = await preflight(olds, { ...olds, count: 2 }, inactive);
      const judged = await preflight(olds, { ...olds, successContainers: ["nope"] }, inactive);

      assert.deepStrictEqual(
        relaunched.failures.map(({ property }) => property),
        ["taskDefinition"],
      );
      assert.deepStrictEqual(
        judged.failures.map(({ property }) => property),
        ["successContainers[0]"],
      );
    });

    it("warns of what cannot be judged when something changed, and says nothing when nothing did", async () => {
      const changed = await preflight(olds, { ...olds, timeoutSeconds: 5 }, inactive);

      assert.match(changed.warnings[0] ?? "", /^Several containers are essential \("app", "proxy"\)/);
      assert.deepStrictEqual(await preflight(olds, olds, inactive), { failures: [], warnings: [] });
    });
  });
});
