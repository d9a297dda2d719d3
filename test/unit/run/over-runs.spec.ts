import assert from "node:assert/strict";
import type { Task } from "@aws-sdk/client-ecs";
import { deleteRun } from "../../../src/run/delete-run";
import { refreshRun } from "../../../src/run/refresh-run";
import { startRun } from "../../../src/run/start-run";
import { updateRun } from "../../../src/run/update-run";
import { willDo } from "../../../src/run/preview-text";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import type { TaskState } from "../../../src/run/task-state";
import { TASK_ARN } from "../../support/builders";
import { ManualClock } from "../../support/manual-clock";
import { ScriptedEcs } from "../../support/scripted-ecs";
import { scriptedPorts } from "../../support/scripted-ports";

const inputs: TaskInputs = { taskDefinition: "app:1", cluster: "prod" };
const TO_STOPPED: TaskInputs = { ...inputs, waitFor: "STOPPED" };
const FIRST_RUN = { identity: "IDENTITY1234", life: "life", generation: 1 };
const ANOTHER_ARN = `${TASK_ARN.slice(0, -1)}e`;
const ELEVEN_MINUTES_MS = 660_000;

const running: Task = { lastStatus: "RUNNING", desiredStatus: "RUNNING" };

function over(exitCode = 0, lastStatus = "DEPROVISIONING"): Task {
  return {
    lastStatus,
    desiredStatus: "STOPPED",
    stopCode: "EssentialContainerExited",
    createdAt: new Date("2026-01-01T00:00:00Z"),
    executionStoppedAt: new Date("2026-01-01T00:00:01Z"),
    attachments: [{ type: "ElasticNetworkInterface", status: "DELETING" }],
    containers: [{ name: "app", lastStatus: "STOPPED", runtimeId: "r", exitCode }],
  };
}

/** An ECS that launches the task, and shows it as is said, time after time; the last stays. `undefined`: it is forgotten. */
function ecsThatShows(...looks: readonly (Task | undefined)[]): ScriptedEcs {
  const ecs = new ScriptedEcs();
  ecs.runTaskAnswers = [{ tasks: [{ taskArn: TASK_ARN, lastStatus: "PROVISIONING" }], failures: [] }];
  ecs.describe = (_arn, nth) => looks[Math.min(nth, looks.length - 1)];
  return ecs;
}

const started = (ecs: ScriptedEcs, asked = inputs, clock = new ManualClock()) =>
  startRun(scriptedPorts(ecs, "prod", clock), { inputs: asked, run: FIRST_RUN });

/** A record of a run that went on while its network interface was still there. */
async function recordedOver(exitCode = 0, asked = inputs): Promise<TaskState> {
  return (await started(ecsThatShows(over(exitCode)), asked)).state;
}

/** What an update does about that record. */
async function updated(recorded: TaskState, news: TaskInputs, ecs: ScriptedEcs, clock = new ManualClock()) {
  const { state, failure } = await updateRun(scriptedPorts(ecs, "prod", clock), recorded, news);
  const { phase, outcome, lastStatus } = state;
  return { phase, outcome, lastStatus, failure, launches: ecs.launches.length };
}

describe("a run whose containers have ended", () => {
  it("succeeds while its network interface is still there", async () => {
    const ecs = ecsThatShows(running, over());

    const { state, failure } = await started(ecs);

    assert.deepStrictEqual(
      [state.phase, state.outcome, state.lastStatus, failure],
      ["SETTLED", "SUCCEEDED", "DEPROVISIONING", undefined],
    );
    assert.equal(ecs.describes.length, 2);
    assert.equal(state.executionStoppedAt, "2026-01-01T00:00:01.000Z");
    assert.equal(state.stoppedAt, undefined);
  });

  it("fails while its network interface is still there", async () => {
    const { state, failure } = await started(ecsThatShows(running, over(3)));

    assert.deepStrictEqual([state.phase, state.lastStatus], ["FAILED", "DEPROVISIONING"]);
    assert.match(failure?.summary ?? "", /exited with code 3/);
  });

  it("is waited for until it is STOPPED where that is asked for", async () => {
    const ecs = ecsThatShows(running, over(), over(), over(0, "STOPPED"));

    const { state } = await started(ecs, TO_STOPPED);

    assert.deepStrictEqual([state.phase, state.lastStatus], ["SETTLED", "STOPPED"]);
  });

  it("is told, where STOPPED does not come in time, as what it is", async () => {
    const { state, failure } = await started(ecsThatShows(over()), { ...TO_STOPPED, timeoutSeconds: 60 });

    assert.deepStrictEqual(
      [state.phase, state.failure],
      ["RUNNING", "it was still DEPROVISIONING after 60 s"],
    );
    assert.match(failure?.summary ?? "", /to be STOPPED after 60 s: all containers have ended/);
    assert.doesNotMatch(failure?.remedy ?? "", /keeps running/);
  });

  it("is not told to stop when the time is up", async () => {
    const ecs = ecsThatShows(over());

    const { state } = await started(ecs, { ...TO_STOPPED, timeoutSeconds: 60, onTimeout: "STOP" });

    assert.deepStrictEqual([state.phase, ecs.stops], ["RUNNING", []]);
  });

  it("settles where ECS forgets it before it shows it STOPPED", async () => {
    const { state } = await started(ecsThatShows(over(), undefined), TO_STOPPED);

    assert.deepStrictEqual([state.phase, state.outcome], ["SETTLED", "SUCCEEDED"]);
  });
});

describe("a record of a run that was over", () => {
  it("is not asked for by a refresh, and does not change", async () => {
    const recorded = await recordedOver();
    const ecs = ecsThatShows(over(0, "STOPPED"));

    assert.deepStrictEqual(await refreshRun(scriptedPorts(ecs), recorded), recorded);
    assert.equal(ecs.describes.length, 0);
  });

  it("is asked for by a refresh while its end is waited for", async () => {
    const { state } = await started(ecsThatShows(over()), { ...TO_STOPPED, timeoutSeconds: 60 });

    const refreshed = await refreshRun(scriptedPorts(ecsThatShows(over(0, "STOPPED"))), state);

    assert.deepStrictEqual([refreshed.phase, refreshed.lastStatus], ["SETTLED", "STOPPED"]);
  });

  it("is deleted when it is STOPPED, and is not told to stop", async () => {
    const ecs = ecsThatShows(over(), over(), over(0, "STOPPED"));

    await deleteRun(scriptedPorts(ecs), await recordedOver());

    assert.deepStrictEqual([ecs.describes.length, ecs.stops], [3, []]);
  });

  it("is deleted without a call when it ended more than ten minutes ago", async () => {
    const clock = new ManualClock();
    await clock.sleep(ELEVEN_MINUTES_MS);
    const ecs = ecsThatShows(over());

    await deleteRun(scriptedPorts(ecs, "prod", clock), await recordedOver());

    assert.equal(ecs.describes.length, 0);
  });

  it("says, where it does not come to be STOPPED or may not be seen, that it was not told to stop", async () => {
    const recorded = await recordedOver();
    const denied = ecsThatShows();
    denied.describe = () => "denied";

    await assert.rejects(
      deleteRun(scriptedPorts(ecsThatShows(over())), recorded),
      /^Task \w{32} \(DEPROVISIONING\) has ended, and is not STOPPED after 5 minutes\./,
    );
    await assert.rejects(
      deleteRun(scriptedPorts(denied), recorded),
      /^Task \w{32} has ended, and it cannot be seen whether it is STOPPED: DescribeTasks /,
    );
  });

  it("runs nothing and waits for STOPPED when that is asked for now", async () => {
    const ecs = ecsThatShows(over(), over(0, "STOPPED"));

    assert.deepStrictEqual(await updated(await recordedOver(), TO_STOPPED, ecs), {
      phase: "SETTLED",
      outcome: "SUCCEEDED",
      lastStatus: "STOPPED",
      failure: undefined,
      launches: 0,
    });
  });

  it("runs nothing and asks nothing when STOPPED is asked for after that has come to be", async () => {
    const clock = new ManualClock();
    await clock.sleep(ELEVEN_MINUTES_MS);
    const ecs = ecsThatShows(undefined);

    const { phase, outcome, launches } = await updated(await recordedOver(), TO_STOPPED, ecs, clock);

    assert.deepStrictEqual([phase, outcome, launches, ecs.describes.length], ["SETTLED", "SUCCEEDED", 0, 0]);
  });

  it("runs nothing when EXITED is asked for in the place of STOPPED", async () => {
    const { state } = await started(ecsThatShows(over(0, "STOPPED")), TO_STOPPED);

    const { phase, launches } = await updated(state, inputs, ecsThatShows());

    assert.deepStrictEqual([phase, launches], ["SETTLED", 0]);
  });

  it("goes on at once when EXITED is asked for in the place of STOPPED that did not come in time", async () => {
    const { state } = await started(ecsThatShows(over()), { ...TO_STOPPED, timeoutSeconds: 60 });

    const { phase, outcome, launches } = await updated(state, inputs, ecsThatShows());

    assert.deepStrictEqual([phase, outcome, launches], ["SETTLED", "SUCCEEDED", 0]);
  });

  it("is judged again, and waited for first where STOPPED is asked for at once", async () => {
    const judging: TaskInputs = { successExitCodes: [3], ...inputs };
    const ecs = ecsThatShows(over(3), over(3, "STOPPED"));

    const at = async (news: TaskInputs, server: ScriptedEcs) => {
      const { phase, lastStatus, launches } = await updated(await recordedOver(3), news, server);
      return [phase, lastStatus, launches];
    };

    assert.deepStrictEqual(await at(judging, ecsThatShows()), ["SETTLED", "DEPROVISIONING", 0]);
    assert.deepStrictEqual(await at({ ...judging, waitFor: "STOPPED" }, ecs), ["SETTLED", "STOPPED", 0]);
  });

  it("does not hold up the next run", async () => {
    const ecs = ecsThatShows(over());
    ecs.runTaskAnswers = [{ tasks: [{ taskArn: ANOTHER_ARN, lastStatus: "PROVISIONING" }], failures: [] }];

    const { phase, launches } = await updated(await recordedOver(3), inputs, ecs);

    assert.deepStrictEqual([phase, launches], ["SETTLED", 1]);
    assert.ok(ecs.describes.every((arns) => !arns.includes(TASK_ARN)));
  });

  it("is named in the forecast where EXITED is asked for after STOPPED did not come in time", async () => {
    const { state } = await started(ecsThatShows(over()), { ...TO_STOPPED, timeoutSeconds: 60 });

    assert.equal(
      willDo(state, { ...inputs, timeoutSeconds: 60 }),
      "will go on waiting for task 0123456789abcdef0123456789abcdef: it was still DEPROVISIONING after 60 s; also changed: waitFor STOPPED -> EXITED",
    );
  });

  it("is forecast to be waited for, and nothing to run", async () => {
    const recorded = await recordedOver();

    assert.equal(
      willDo(recorded, TO_STOPPED),
      "no task will run; task 0123456789abcdef0123456789abcdef is waited for until it is STOPPED: waitFor EXITED -> STOPPED",
    );
    assert.equal(
      willDo(recorded, { ...inputs, timeoutSeconds: 60 }),
      "no task will run: timeoutSeconds 3600 -> 60",
    );
  });
});
