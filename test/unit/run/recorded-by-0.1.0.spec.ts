import assert from "node:assert/strict";
import type { Task } from "@aws-sdk/client-ecs";
import { readState } from "../../../src/provider/read-state";
import { updateRun } from "../../../src/run/update-run";
import { willDo } from "../../../src/run/preview-text";
import { readInputs } from "../../../src/inputs/read-inputs";
import type { TaskState } from "../../../src/run/task-state";
import { ScriptedEcs } from "../../support/scripted-ecs";
import { scriptedPorts } from "../../support/scripted-ports";
import stored from "../../fixtures/state/0.1.0.json";

/** What 0.1.0 recorded of a resource. */
function recordOf(name: string): TaskState {
  const resource = stored.deployment.resources.find(({ urn }) => urn.endsWith(`::${name}`));
  assert.ok(resource?.id && resource.outputs, name);
  return readState(resource.id, resource.outputs);
}

/** An ECS that shows the recorded tasks as this says, and counts what it is asked to start. */
function ecsShowing(recorded: TaskState, over: Task): ScriptedEcs {
  const ecs = new ScriptedEcs();
  ecs.listTasks = () => Promise.resolve(recorded.taskArns);
  ecs.describe = (taskArn) => {
    const { taskDefinitionArn, clusterArn } = recorded.tasks.find((task) => task.taskArn === taskArn) ?? {};
    return { taskDefinitionArn, clusterArn, startedBy: recorded.marker, ...over };
  };
  return ecs;
}

const ENDED: Task = {
  lastStatus: "STOPPED",
  desiredStatus: "STOPPED",
  stopCode: "EssentialContainerExited",
  createdAt: new Date("2026-01-01T00:00:00Z"),
  containers: [{ name: "app", exitCode: 0, runtimeId: "r" }],
};

describe("a record of 0.1.0, which named no place", () => {
  for (const name of ["succeeded", "several", "started"]) {
    it(`that is settled (${name}) has nothing to do, and an update of it starts nothing`, async () => {
      const recorded = recordOf(name);
      const ecs = ecsShowing(recorded, ENDED);

      const { state, failure } = await updateRun(scriptedPorts(ecs), recorded, readInputs(recorded));

      assert.equal(willDo(recorded, readInputs(recorded)), undefined);
      assert.deepStrictEqual([state.phase, state.marker, failure], ["SETTLED", recorded.marker, undefined]);
      assert.equal(ecs.launches.length, 0);
    });
  }

  it("whose task was left running goes on with it", async () => {
    const recorded = recordOf("left-running");
    const ecs = ecsShowing(recorded, ENDED);

    const { state } = await updateRun(scriptedPorts(ecs), recorded, readInputs(recorded));

    assert.deepStrictEqual([state.phase, state.outcome], ["SETTLED", "SUCCEEDED"]);
    assert.deepStrictEqual(state.taskArns, recorded.taskArns);
    assert.equal(ecs.launches.length, 0);
  });

  it("that failed runs again in its next generation, once, though ECS still lists the failed task", async () => {
    const recorded = recordOf("failed");
    const ecs = ecsShowing(recorded, ENDED);
    const newArn = recorded.taskArns[0]!.replace(/.$/, "x");
    ecs.runTaskAnswers = [{ tasks: [{ taskArn: newArn, lastStatus: "PENDING" }], failures: [] }];

    const { state } = await updateRun(scriptedPorts(ecs), recorded, readInputs(recorded));

    assert.deepStrictEqual([state.generation, state.taskArns], [recorded.generation + 1, [newArn]]);
    assert.equal(ecs.launches.length, 1);
  });
});
