import assert from "node:assert/strict";
import { findTasks } from "../../../src/run/find-tasks";
import { markerPrefix } from "../../../src/task/marker";
import { TASK_ARN } from "../../support/builders";
import { ScriptedEcs } from "../../support/scripted-ecs";
import { scriptedPorts } from "../../support/scripted-ports";

const IDENTITY = "i".repeat(12);
const OTHER_ARN = `${TASK_ARN}0`;

/** Looks where both listings name two tasks of a resource, which DescribeTasks does not know at first. */
async function find(missing: Readonly<Record<string, number>>) {
  const ecs = Object.assign(new ScriptedEcs(), {
    listTasks: () => Promise.resolve([TASK_ARN, OTHER_ARN]),
  });
  ecs.describe = (taskArn, nth) =>
    nth < (missing[taskArn] ?? 0) ? undefined : { startedBy: `${markerPrefix(IDENTITY)}1-x` };
  const ports = scriptedPorts(ecs);
  const tasks = await findTasks(ports, IDENTITY, [{ cluster: "prod", taskDefinition: "app:1" }]);
  return {
    found: tasks?.map(({ taskArn }) => taskArn),
    asked: ecs.describes,
    seconds: ports.clock.nowMs() / 1000,
  };
}

describe("findTasks", () => {
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

    await findTasks(scriptedPorts(ecs), IDENTITY, [
      { cluster: "prod", taskDefinition: "app:1" },
      {
        cluster: "arn:aws:ecs:eu-central-1:1:cluster/prod",
        taskDefinition: "arn:aws:ecs:eu-central-1:1:task-definition/app:2",
      },
    ]);

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
    const places = [{ cluster: "prod", taskDefinition: "app:1" }];

    await findTasks(ports, IDENTITY, places);
    const again = await findTasks(ports, IDENTITY, places);
    await findTasks(ports, "o".repeat(12), places);

    assert.deepStrictEqual(
      again?.map(({ taskArn }) => taskArn),
      [TASK_ARN],
    );
    assert.deepStrictEqual(ecs.describes, [[TASK_ARN, OTHER_ARN], [TASK_ARN]]);
  });
});
