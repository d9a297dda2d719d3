import assert from "node:assert/strict";
import { EcsTaskError } from "../../../../src/errors";
import { stopTasks } from "../../../../src/run/follow/stop-tasks";
import { runningTask, TASK_ARN } from "../../../support/builders";
import { ScriptedEcs } from "../../../support/scripted-ecs";
import { scriptedPorts } from "../../../support/scripted-ports";

async function errorOfStop(describe: ScriptedEcs["describe"]) {
  const ecs = new ScriptedEcs();
  ecs.describe = describe;
  const error = await stopTasks(scriptedPorts(ecs), [runningTask()], "why").then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof EcsTaskError);
  return { ecs, error };
}

describe("stopTasks", () => {
  it("says that the task was told to stop when nobody may see whether it has", async () => {
    const { ecs, error } = await errorOfStop(() => "denied");

    assert.deepStrictEqual(ecs.stops, [TASK_ARN]);
    assert.equal(error.code, "TASK_NOT_STOPPED");
    assert.match(
      error.message,
      /^Task 0123456789abcdef0123456789abcdef was told to stop, and it cannot be seen whether it has: DescribeTasks answered /,
    );
  });

  it("says of a task that does not stop in five minutes which status it is in", async () => {
    const { error } = await errorOfStop(() => ({ lastStatus: "DEACTIVATING" }));

    assert.equal(error.code, "TASK_NOT_STOPPED");
    assert.match(error.message, /\(DEACTIVATING\) was told to stop and has not stopped after 5 minutes\./);
  });
});
