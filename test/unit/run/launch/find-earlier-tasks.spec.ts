import assert from "node:assert/strict";
import { EcsApiError } from "../../../../src/aws/ecs-gateway";
import { findEarlierTasks } from "../../../../src/run/launch/find-earlier-tasks";
import { markerPrefix } from "../../../../src/run/order/started-by-and-client-token";
import { orderOf } from "../../../../src/run/order/order";
import type { Candidates } from "../../../../src/run/launch/candidates";
import { TASK_ARN } from "../../../support/builders";
import { ScriptedEcs } from "../../../support/scripted-ecs";
import { scriptedPorts } from "../../../support/scripted-ports";

const IDENTITY = "i".repeat(12);
const OTHER_ARN = `${TASK_ARN}0`;
const REGION = "eu-central-1";
const orderFor = (identity = IDENTITY) =>
  orderOf({ taskDefinition: "app:1", cluster: "prod" }, { identity, life: "l", generation: 1 }, REGION);
/** All that was found alive: none of it is the run that is ordered. */
const alive = ({ inTheWay }: Candidates) => inTheWay.map(({ taskArn }) => taskArn);

/** Looks where both listings name two tasks of a resource, which DescribeTasks does not know at first. */
async function find(missing: Readonly<Record<string, number>>) {
  const ecs = Object.assign(new ScriptedEcs(), {
    listTasks: () => Promise.resolve([TASK_ARN, OTHER_ARN]),
  });
  ecs.describe = (taskArn, nth) =>
    nth < (missing[taskArn] ?? 0) ? undefined : { startedBy: `${markerPrefix(IDENTITY)}1-x` };
  const ports = scriptedPorts(ecs);
  const found = await findEarlierTasks(ports, orderFor());
  return {
    found: alive(found),
    asked: ecs.describes,
    seconds: ports.clock.nowMs() / 1000,
  };
}

describe("findEarlierTasks", () => {
  it("asks for all listed tasks at once, and only once when ECS knows them", async () => {
    assert.deepStrictEqual(await find({}), {
      found: [TASK_ARN, OTHER_ARN],
      asked: [[TASK_ARN, OTHER_ARN]],
      seconds: 0,
    });
  });

  it("asks again for a listed task that DescribeTasks does not know yet, and for no other", async () => {
    assert.deepStrictEqual(await find({ [OTHER_ARN]: 2 }), {
      found: [TASK_ARN, OTHER_ARN],
      asked: [[TASK_ARN, OTHER_ARN], [OTHER_ARN], [OTHER_ARN]],
      seconds: 3,
    });
  });

  it("gives a listed task up that DescribeTasks does not know after ten seconds", async () => {
    const { found, asked, seconds } = await find({ [OTHER_ARN]: Infinity });

    assert.deepStrictEqual([found, asked.length, seconds], [[TASK_ARN], 5, 10]);
  });

  it("lists a place once that is named in two ways", async () => {
    const ecs = new ScriptedEcs();
    let listings = 0;
    ecs.listTasks = () => {
      listings += 1;
      return Promise.resolve([]);
    };

    const arn = "arn:aws:ecs:eu-central-1:1:cluster/prod";
    await findEarlierTasks(scriptedPorts(ecs), orderFor(), {
      places: [{ region: REGION, cluster: arn, family: "app" }],
    });

    // Those that are to run, and those that are to stop.
    assert.equal(listings, 2);
  });

  it("asks for its own tasks each time, and only once for those that others were seen to have started", async () => {
    const ecs = Object.assign(new ScriptedEcs(), {
      listTasks: () => Promise.resolve([TASK_ARN, OTHER_ARN]),
    });
    ecs.describe = (taskArn) => ({
      startedBy: taskArn === TASK_ARN ? `${markerPrefix(IDENTITY)}1-x` : "ecs-svc/1234567890123456789",
    });
    const ports = scriptedPorts(ecs);

    await findEarlierTasks(ports, orderFor());
    const again = await findEarlierTasks(ports, orderFor());
    await findEarlierTasks(ports, orderFor("o".repeat(12)));

    assert.deepStrictEqual(alive(again), [TASK_ARN]);
    assert.deepStrictEqual(ecs.describes, [[TASK_ARN, OTHER_ARN], [TASK_ARN]]);
  });

  describe("in several places", () => {
    const gone = { region: REGION, cluster: "gone", family: "app" };
    const hidden = { region: REGION, cluster: "hidden", family: "app" };

    /** The cluster "gone" is not there, and "hidden" may not be looked at. */
    async function lookAt(places: readonly (typeof gone)[]) {
      const ecs = new ScriptedEcs();
      const refusals: Readonly<Record<string, EcsApiError>> = {
        gone: new EcsApiError({
          operation: "ListTasks",
          kind: "notFound",
          code: "ClusterNotFoundException",
          message: "Cluster not found.",
        }),
        hidden: new EcsApiError({
          operation: "ListTasks",
          kind: "denied",
          code: "AccessDeniedException",
          message: "no",
        }),
      };
      ecs.listTasks = (cluster) => {
        const refusal = refusals[cluster];
        return refusal ? Promise.reject(refusal) : Promise.resolve([TASK_ARN]);
      };
      ecs.describe = () => ({ startedBy: `${markerPrefix(IDENTITY)}1-x` });
      const ports = scriptedPorts(ecs);
      return { found: await findEarlierTasks(ports, orderFor(), { places }), warnings: ports.warnings };
    }

    it("finds nothing in a cluster that is gone, and what is in the others", async () => {
      const { found, warnings } = await lookAt([gone]);

      assert.deepStrictEqual([alive(found), found.denied, warnings], [[TASK_ARN], [], []]);
    });

    it("says where it may not look, and finds what is in the others", async () => {
      const { found, warnings } = await lookAt([hidden]);

      assert.deepStrictEqual([alive(found), found.denied], [[TASK_ARN], [hidden]]);
      assert.match(warnings.join(), /^Cannot look .* on cluster hidden in eu-central-1: ListTasks answered /);
    });

    it("asks each region's own ECS", async () => {
      const [here, there] = [new ScriptedEcs(), new ScriptedEcs()];
      there.listTasks = () => Promise.resolve([OTHER_ARN]);
      there.describe = () => ({ startedBy: `${markerPrefix(IDENTITY)}1-x` });
      const asked: string[] = [];
      const elsewhere = scriptedPorts(there);
      const ports = scriptedPorts(here);
      const found = await findEarlierTasks(
        {
          ...ports,
          in: (region) => {
            asked.push(region);
            return Promise.resolve(region === REGION ? ports : elsewhere);
          },
        },
        orderFor(),
        { places: [{ region: "us-east-1", cluster: "prod", family: "app" }] },
      );

      assert.deepStrictEqual([alive(found), asked], [[OTHER_ARN], [REGION, "us-east-1"]]);
    });
  });
});
