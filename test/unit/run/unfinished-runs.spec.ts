import assert from "node:assert/strict";
import { EcsApiError } from "../../../src/aws/ecs-gateway";
import type { Task } from "@aws-sdk/client-ecs";
import { readState } from "../../../src/provider/read-state";
import { goalOf, reportVerdict } from "../../../src/run/explain-result";
import { refreshRun } from "../../../src/run/refresh-run";
import { resumeUnknown } from "../../../src/run/resume-unknown";
import { startRun } from "../../../src/run/start-run";
import { updateRun } from "../../../src/run/update-run";
import { startedByMarker } from "../../../src/run/order/started-by-and-client-token";
import { orderOf } from "../../../src/run/order/order";
import { settle } from "../../../src/outcome/settle";
import { normaliseInputs } from "../../../src/inputs/normalise-inputs";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { container, neverStarted, runningTask, stoppedTask, TASK_ARN } from "../../support/builders";
import { ScriptedEcs } from "../../support/scripted-ecs";
import { told } from "../../support/told";
import { scriptedPorts } from "../../support/scripted-ports";

const inputs: TaskInputs = { taskDefinition: "app:1", cluster: "prod" };
const SECOND_RUN = { identity: "IDENTITY1234", life: "life", generation: 2 };
const FIRST_RUN = { ...SECOND_RUN, generation: 1 };
const ANOTHER_ARN = `${TASK_ARN.slice(0, -1)}e`;

const ended: Task = {
  lastStatus: "STOPPED",
  stopCode: "EssentialContainerExited",
  createdAt: new Date("2026-01-01T00:00:01Z"),
  containers: [{ name: "app", exitCode: 0 }],
};

/** An ECS that lists these tasks, and shows them as `describe` says. */
function ecsWith(taskArns: readonly string[], describe: ScriptedEcs["describe"]): ScriptedEcs {
  const ecs = new ScriptedEcs();
  ecs.listTasks = () => Promise.resolve(taskArns);
  ecs.describe = describe;
  return ecs;
}

function unknown(run: typeof FIRST_RUN, over: object = {}) {
  const marker = startedByMarker(run, normaliseInputs(inputs));
  const launchedAt = "2026-01-01T00:00:00.000Z";
  return readState("id", { ...inputs, ...run, phase: "UNKNOWN", marker, launchedAt, ...over });
}

describe("a run that an interrupted up has left behind", () => {
  it("is taken as the result when its task was on its way out, instead of launched again", async () => {
    const startedBy = startedByMarker(SECOND_RUN, normaliseInputs(inputs));
    const ecs = ecsWith([TASK_ARN], (_arn, nth) => ({
      ...ended,
      startedBy,
      desiredStatus: "STOPPED",
      ...(nth < 3 ? { lastStatus: "DEPROVISIONING" } : {}),
    }));
    const recorded = readState("id", { ...inputs, ...FIRST_RUN, phase: "FAILED" });

    const { state } = await startRun(scriptedPorts(ecs), { inputs, run: SECOND_RUN, recorded });

    assert.equal(state.outcome, "SUCCEEDED");
    assert.deepEqual(state.taskArns, [TASK_ARN]);
    assert.equal(ecs.launches.length, 0);
  });

  it("is taken with an idempotencyKey when it was recorded as failed before its exit code arrived", async () => {
    const keyed: TaskInputs = { ...inputs, idempotencyKey: "release 7" };
    const startedBy = startedByMarker(FIRST_RUN, normaliseInputs(keyed));
    const tasks = [stoppedTask([neverStarted()])];
    const failed = { phase: "FAILED", outcome: "FAILED", taskArns: [TASK_ARN], tasks };
    const recorded = readState("id", { ...keyed, ...FIRST_RUN, ...failed, marker: startedBy });
    // An answer that lags behind comes first.
    const ecs = ecsWith([TASK_ARN], (_arn, nth) => ({
      ...ended,
      startedBy,
      ...(nth < 1 ? { lastStatus: "RUNNING", desiredStatus: "RUNNING", containers: [] } : {}),
    }));

    const { state } = await startRun(scriptedPorts(ecs), { inputs: keyed, run: SECOND_RUN, recorded });

    assert.deepEqual([state.outcome, state.taskArns], ["SUCCEEDED", [TASK_ARN]]);
    assert.equal(ecs.launches.length, 0);
  });

  it("is not that of a resource that was destroyed before, whose task had ended when this one launched", async () => {
    const { marker: startedBy } = unknown(FIRST_RUN);
    const ecs = ecsWith([TASK_ARN], (arn) =>
      arn === TASK_ARN
        ? {
            ...ended,
            startedBy,
            createdAt: new Date("2025-12-31T23:59:00Z"),
            stoppedAt: new Date("2025-12-31T23:59:59Z"),
          }
        : ended,
    );
    ecs.runTaskAnswers = [{ tasks: [{ taskArn: ANOTHER_ARN, lastStatus: "PENDING" }], failures: [] }];

    const { state } = await resumeUnknown(scriptedPorts(ecs), unknown(FIRST_RUN), inputs);

    assert.deepEqual(state.taskArns, [ANOTHER_ARN]);
  });

  it("asks for the missing task of a re-run, and takes those that its token names", async () => {
    const two: TaskInputs = { ...inputs, count: 2 };
    const ecs = ecsWith([], () => ended);
    ecs.runTaskAnswers = [
      new EcsApiError({
        operation: "RunTask",
        kind: "rejected",
        code: "ConflictException",
        message: "other parameters",
        resourceIds: [TASK_ARN, ANOTHER_ARN],
      }),
    ];
    const recorded = unknown(SECOND_RUN, { count: 2, tasks: [runningTask()], taskArns: [TASK_ARN] });

    const { state } = await resumeUnknown(scriptedPorts(ecs), recorded, two);

    assert.deepEqual(
      ecs.launches.map(({ parameters }) => parameters.count),
      [1],
    );
    assert.deepEqual(state.taskArns, [TASK_ARN, ANOTHER_ARN]);
    assert.equal(state.outcome, "SUCCEEDED");
  });

  it("asks for the missing tasks alone of a first run, of which an unrecorded up may have started the others", async () => {
    const two: TaskInputs = { ...inputs, count: 2 };
    const ecs = ecsWith([], () => ended);
    ecs.runTaskAnswers = [{ tasks: [{ taskArn: ANOTHER_ARN, lastStatus: "RUNNING" }], failures: [] }];
    const recorded = unknown(FIRST_RUN, { count: 2, tasks: [runningTask()], taskArns: [TASK_ARN] });

    const { state } = await resumeUnknown(scriptedPorts(ecs), recorded, two);

    assert.equal(ecs.launches[0]?.parameters.count, 1);
    assert.deepEqual(state.taskArns, [TASK_ARN, ANOTHER_ARN]);
  });

  it("counts the tasks on named container instances", async () => {
    const named: TaskInputs = { ...inputs, containerInstances: ["i-1", "i-2"] };
    const recorded = unknown(SECOND_RUN, {
      ...named,
      marker: startedByMarker(SECOND_RUN, normaliseInputs(named)),
    });
    const ecs = ecsWith([TASK_ARN, ANOTHER_ARN], () => ({ ...ended, startedBy: recorded.marker }));

    const { state } = await resumeUnknown(scriptedPorts(ecs), recorded, named);

    assert.equal(state.taskArns.length, 2);
  });
});

describe("a StartTask without an answer, when the tasks from before could not be seen", () => {
  it("takes no old task for its own: nobody knows whether it was started", async () => {
    const named: TaskInputs = { ...inputs, containerInstances: ["i-1"] };
    const startedBy = startedByMarker(FIRST_RUN, normaliseInputs(named));
    const ecs = ecsWith([TASK_ARN], (_arn, nth) => (nth === 0 ? "denied" : { ...ended, startedBy }));
    ecs.runTaskAnswers = ["broken"];

    const { state } = await startRun(scriptedPorts(ecs), { inputs: named, run: FIRST_RUN });

    assert.deepEqual([state.phase, state.taskArns, ecs.starts], ["UNKNOWN", [], 1]);
  });
});

describe("a run with fewer tasks than asked for", () => {
  const facts = {
    order: orderOf({ ...inputs, count: 2 }, FIRST_RUN, "eu-central-1"),
    tasks: [stoppedTask([container()])],
  };

  it("has failed, also when it is judged again later", async () => {
    const report = await reportVerdict(scriptedPorts(new ScriptedEcs()), facts, settle(goalOf(facts), facts));

    assert.equal(report.state.phase, "FAILED");
    assert.match(told(report), /^The run is incomplete: only 1 of 2 tasks were started\n/);
    assert.match(told(report), /What to do \(RUN_INCOMPLETE\): .* it starts all of them anew\.$/);
  });

  it("stays unknown in a refresh while nobody knows whether the others were started", async () => {
    const recorded = unknown(FIRST_RUN, { count: 2, tasks: [runningTask()], taskArns: [TASK_ARN] });

    const state = await refreshRun(scriptedPorts(ecsWith([], () => ended)), recorded);

    assert.equal(state.phase, "UNKNOWN");
  });
});

describe("a run whose end was not waited for, and that failed", () => {
  it("fails the update that asks for its end", async () => {
    const tasks = [stoppedTask([container({ exitCode: 3 })], { createdAt: "2026-01-01T00:00:01Z" })];
    const settled = { phase: "SETTLED", outcome: "FAILED", waitFor: "NONE", tasks, taskArns: [TASK_ARN] };
    const recorded = readState("id", { ...inputs, ...FIRST_RUN, ...settled });

    const report = await updateRun(scriptedPorts(new ScriptedEcs()), recorded, inputs);

    assert.equal(report.state.phase, "FAILED");
    assert.match(told(report), /exited with code 3/);
  });
});
