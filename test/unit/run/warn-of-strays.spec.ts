import assert from "node:assert/strict";
import { EcsApiError } from "../../../src/aws/ecs-gateway";
import { readState } from "../../../src/provider/read-state";
import { updateRun } from "../../../src/run/update-run";
import { startedByMarker } from "../../../src/run/order/started-by-and-client-token";
import { normaliseInputs } from "../../../src/inputs/normalise-inputs";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { container, stoppedTask, TASK_ARN } from "../../support/builders";
import { ScriptedEcs } from "../../support/scripted-ecs";
import { scriptedPorts } from "../../support/scripted-ports";

const STRAY_ARN = `${TASK_ARN.slice(0, -1)}e`;
const run = { identity: "IDENTITY1234", life: "life", generation: 1 };
const inputs: TaskInputs = { taskDefinition: "app:1", cluster: "prod" };
const changed: TaskInputs = { ...inputs, overrides: { containerOverrides: [{ name: "app", cpu: 256 }] } };
/** A re-run with other inputs was interrupted, and the inputs are the recorded ones again. */
const startedBy = startedByMarker({ ...run, generation: 2 }, normaliseInputs(changed));

async function update(news: Partial<TaskInputs>, over: Partial<ScriptedEcs> = {}) {
  const ecs = Object.assign(new ScriptedEcs(), {
    listTasks: () => Promise.resolve([TASK_ARN, STRAY_ARN]),
    describe: (taskArn: string) => ({
      startedBy: taskArn === STRAY_ARN ? startedBy : "somebody",
      lastStatus: taskArn === STRAY_ARN ? "RUNNING" : "STOPPED",
    }),
    ...over,
  });
  const ports = scriptedPorts(ecs);
  const state = { ...inputs, ...run, phase: "SETTLED", outcome: "SUCCEEDED", taskArns: [TASK_ARN] };
  const recorded = readState("id", { ...state, tasks: [stoppedTask([container()])], taskArn: TASK_ARN });
  const report = await updateRun(ports, recorded, { ...inputs, ...news });
  return { warnings: ports.warnings, outcome: report.state.outcome, ecs };
}

describe("an update that runs nothing, while a task of an interrupted re-run is alive", () => {
  for (const [what, news] of Object.entries({
    "only tags change": { tags: { a: "b" } },
    "the last run is judged again": { successExitCodes: [0, 3] },
  })) {
    it(`names that task when ${what}`, async () => {
      const { warnings, outcome, ecs } = await update(news);

      assert.equal(warnings.length, 1);
      assert.match(warnings[0]!, /^Task \S+e is RUNNING, and it is not the recorded run of this resource/);
      assert.deepStrictEqual([outcome, ecs.launches.length, ecs.stops], ["SUCCEEDED", 0, []]);
    });
  }

  it("says nothing of tasks that are recorded, have stopped, or cannot be seen", async () => {
    const listTasks = () => Promise.resolve([TASK_ARN]);
    const denied = () =>
      Promise.reject(
        new EcsApiError({ operation: "ListTasks", kind: "denied", code: "AccessDenied", message: "no" }),
      );

    for (const over of [{ listTasks }, { listTasks: denied }, { describe: () => "rejected" as const }])
      assert.deepStrictEqual((await update({ tags: { a: "b" } }, over)).warnings, []);
  });
});
