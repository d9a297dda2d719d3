import assert from "node:assert/strict";
import { mock } from "node:test";
import { EcsApiError, type EcsGateway } from "../../../../src/aws/ecs-gateway";
import { EcsTaskError } from "../../../../src/errors";
import { preflight } from "../../../../src/provider/preview/preflight";
import { UNKNOWN } from "../../../../src/inputs/unknown";
import { ScriptedEcs } from "../../../support/scripted-ecs";

type Connect = () => Promise<{ ecs: EcsGateway; region: string }>;

const never: Connect = () => new Promise(() => undefined);
const answering: Connect = () => Promise.resolve({ ecs: new ScriptedEcs(), region: "eu-central-1" });

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
    void preflight(undefined, inputs, { connect }).then((found) => (failures = found.failures.length));
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
      return Promise.resolve({ ecs, region: "eu-central-1" });
    };

    it("refuses no revision that was deregistered since where no task will be started", async () => {
      const { failures } = await preflight(
        olds,
        { ...olds, timeoutSeconds: 5, tags: { a: "1" } },
        { connect: inactive },
      );

      assert.deepStrictEqual(failures, []);
    });

    it("refuses it where a task will be started, and containers that it does not have always", async () => {
      const relaunched = await preflight(olds, { ...olds, count: 2 }, { connect: inactive });
      const judged = await preflight(olds, { ...olds, successContainers: ["nope"] }, { connect: inactive });

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
      const changed = await preflight(olds, { ...olds, timeoutSeconds: 5 }, { connect: inactive });

      assert.match(changed.warnings[0] ?? "", /^Several containers are essential \("app", "proxy"\)/);
      assert.deepStrictEqual(await preflight(olds, olds, { connect: inactive }), {
        failures: [],
        warnings: [],
      });
    });
  });
});

describe("preflight, of places", () => {
  const cluster = "arn:aws:ecs:eu-central-1:111111111111:cluster/shop";
  const failing =
    (error: Error): Connect =>
    () =>
      Promise.reject(error);
  const refusing = (region: string, message: string): Connect => {
    const ecs = new ScriptedEcs();
    ecs.describeTaskDefinition = () =>
      Promise.reject(
        new EcsApiError({
          operation: "DescribeTaskDefinition",
          kind: "rejected",
          code: "ClientException",
          message,
        }),
      );
    return () => Promise.resolve({ ecs, region });
  };
  const never: Connect = () => assert.fail("it was connected");

  it("refuses an ARN of another region than that of the environment", async () => {
    const inputs = { taskDefinition: "place:1", cluster };
    const elsewhere: Connect = () => Promise.resolve({ ecs: new ScriptedEcs(), region: "us-east-1" });
    const reason =
      'is in region eu-central-1, but the stack or the environment says us-east-1; set region: "eu-central-1", or use one that is in us-east-1';

    const { failures } = await preflight(undefined, inputs, { connect: elsewhere });

    assert.deepStrictEqual(failures, [{ property: "cluster", reason }]);
  });

  it("needs no AWS SDK for that when the task definition is not known yet and the stack names its region", async () => {
    const inputs = { taskDefinition: UNKNOWN, cluster };

    const elsewhere = await preflight(undefined, inputs, { configured: "us-east-1", connect: never });
    const here = await preflight(undefined, inputs, { configured: "eu-central-1", connect: never });
    const unchanged = await preflight(
      { ...inputs, taskDefinition: "app:1" },
      { ...inputs, taskDefinition: "app:1" },
      { configured: "us-east-1", connect: never },
    );

    assert.deepStrictEqual([elsewhere.failures.length, here.failures.length], [1, 0]);
    assert.deepStrictEqual(unchanged, { failures: [], warnings: [] });
  });

  it("says nothing of a place that is not known yet", async () => {
    const inputs = { taskDefinition: "place:2", cluster, region: UNKNOWN };

    assert.deepStrictEqual(await preflight(undefined, inputs, { configured: UNKNOWN, connect: never }), {
      failures: [],
      warnings: [],
    });
  });

  it("warns when no region is known, also before the task definition is", async () => {
    const error = new EcsTaskError("NO_REGION", "No AWS region is known.");

    for (const taskDefinition of ["place:3", UNKNOWN])
      assert.deepStrictEqual(
        await preflight(undefined, { taskDefinition, profile: "none" }, { connect: failing(error) }),
        { failures: [], warnings: ["No AWS region is known."] },
      );
  });

  it("warns of a task definition that ECS does not have, and of nothing else that goes wrong", async () => {
    const missing = refusing("eu-central-1", "Unable to describe task definition.");
    const other = refusing("eu-central-1", "Something else.");

    const { warnings } = await preflight(undefined, { taskDefinition: "place:4" }, { connect: missing });

    assert.deepStrictEqual(warnings, [
      "ECS has no task definition place:4 in eu-central-1. Unless it is registered before the update, no task can run. Check its name and the region, or pass the aws.ecs.TaskDefinition itself.",
    ]);
    for (const [name, connect] of [
      ["place:5", other],
      ["place:6", failing(new Error("no network"))],
    ] as const)
      assert.deepStrictEqual(
        (await preflight(undefined, { taskDefinition: name }, { connect })).warnings,
        [],
      );
  });
});
