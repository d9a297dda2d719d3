import assert from "node:assert/strict";
import type { Task } from "@aws-sdk/client-ecs";
import { EcsApiError, type ApiErrorKind } from "../../../../src/aws/ecs-gateway";
import { readState } from "../../../../src/provider/read-state";
import { deleteRun } from "../../../../src/run/delete-run";
import { refreshRun } from "../../../../src/run/refresh-run";
import type { RunPorts } from "../../../../src/run/ports/run-ports";
import { startRun } from "../../../../src/run/start-run";
import { updateRun } from "../../../../src/run/update-run";
import { startedByMarker } from "../../../../src/run/order/started-by-and-client-token";
import { normaliseInputs } from "../../../../src/inputs/normalise-inputs";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";
import { runningTask, TASK_ARN } from "../../../support/builders";
import { ScriptedEcs } from "../../../support/scripted-ecs";
import { scriptedPorts } from "../../../support/scripted-ports";

const SECRET = "hunter22-secret";
const OLD_SECRET = "hunter21-secret";
const SAID = `it said ${SECRET} and ${OLD_SECRET}`;
const ANOTHER_ARN = `${TASK_ARN.slice(0, -1)}e`;
const run = { identity: "IDENTITY1234", life: "life", generation: 1 };

function inputs(value: string): TaskInputs {
  const override = { name: "app", environment: { "$&": value } };
  return {
    taskDefinition: "app:1",
    cluster: "prod",
    capacityRetrySeconds: 5,
    timeoutSeconds: 60,
    overrides: { containerOverrides: [override] },
  };
}

function recorded(over: object = {}) {
  const tasks = [runningTask({ taskArn: TASK_ARN })];
  const state = { ...inputs(OLD_SECRET), ...run, phase: "RUNNING", outcome: "RUNNING", taskArns: [TASK_ARN] };
  return readState("id", { ...state, tasks, taskArn: TASK_ARN, ...over });
}

const said = (kind: ApiErrorKind) =>
  new EcsApiError({ operation: "AnyCall", kind, code: "AnyException", message: SAID });
const launched = { tasks: [{ taskArn: TASK_ARN, lastStatus: "PENDING" }], failures: [] };
const failed: Task = {
  lastStatus: "STOPPED",
  stopCode: "TaskFailedToStart",
  stoppedReason: SAID,
  createdAt: new Date("2026-01-01T00:00:00Z"),
  containers: [{ name: "app", reason: SAID, exitCode: 1, runtimeId: "r" }],
};

const startedBy = startedByMarker({ ...run, generation: 2 }, normaliseInputs(inputs(SECRET)));
const echo = { containerOverrides: [{ name: "app", environment: [{ name: "$&", value: SECRET }] }] };

type Act = (ports: RunPorts) => Promise<unknown>;
const create: Act = (ports) => startRun(ports, { inputs: inputs(SECRET), run });
const rerun: Act = (ports) =>
  updateRun(ports, recorded({ phase: "FAILED", outcome: "FAILED" }), inputs(SECRET));

const refresh: Act = (ports) => refreshRun(ports, recorded());
const destroy: Act = (ports) => deleteRun(ports, recorded());

/** All that is said, told and recorded of what is done, but for the inputs. */
async function textsOf(act: Act, ecs: ScriptedEcs): Promise<string> {
  const texts: unknown[] = [];
  const note = (text: string) => {
    texts.push(text);
    return Promise.resolve();
  };
  const ports = { ...scriptedPorts(ecs), info: note, warn: note, status: (text: string) => void note(text) };
  const lines = { lines: [SAID], next: undefined };
  ports.in = () => Promise.resolve({ ...ports, logs });
  const logs = { lastLines: () => Promise.resolve([SAID]), linesFrom: () => Promise.resolve(lines) };
  try {
    texts.push(JSON.stringify(await act({ ...ports, logs })));
  } catch (error) {
    assert.ok(error instanceof Error);
    texts.push(error.message, (error.cause as Error | undefined)?.message);
  }
  return texts.join("\n").replace(/"overrides":\{.*?\}\]\}/g, "");
}

describe("what ECS and containers say of a run", () => {
  const cases: { name: string; act: Act; ecs: Partial<ScriptedEcs> }[] = [
    { name: "a launch is refused", act: create, ecs: { runTaskAnswers: [said("rejected")] } },
    { name: "a launch gets no answer", act: create, ecs: { runTaskAnswers: [said("broken")] } },
    {
      name: "nothing is started",
      act: create,
      ecs: { runTaskAnswers: [{ tasks: [], failures: [{ reason: `RESOURCE:${SAID}`, detail: SAID }] }] },
    },
    {
      name: "failures are reported beside the tasks",
      act: create,
      ecs: {
        runTaskAnswers: [{ ...launched, failures: [{ reason: SAID, detail: SAID }] }],
        describe: () => failed,
      },
    },
    { name: "the task fails", act: create, ecs: { runTaskAnswers: [launched], describe: () => failed } },
    {
      name: "the task may not be looked at",
      act: create,
      ecs: { runTaskAnswers: [launched], describe: () => said("denied") },
    },
    {
      name: "looking for tasks fails",
      act: create,
      ecs: { listTasks: () => Promise.reject(said("rejected")) },
    },
    {
      name: "an interrupted re-run with other values is found",
      act: rerun,
      ecs: {
        runTaskAnswers: [launched],
        listTasks: () => Promise.resolve([ANOTHER_ARN]),
        describe: () => ({ ...failed, startedBy, overrides: echo }),
      },
    },
    {
      name: "a task of an earlier run may not be looked at",
      act: (ports) => updateRun(ports, recorded({ waitFor: "STOPPED" }), { ...inputs(SECRET), count: 2 }),
      ecs: { describe: () => said("denied") },
    },
    {
      name: "a refresh is refused",
      act: refresh,
      ecs: { describe: () => said("denied") },
    },
    {
      name: "a refresh shows a failure",
      act: refresh,
      ecs: { describe: () => failed },
    },
    {
      name: "a task may not be stopped",
      act: destroy,
      ecs: { stopTask: () => Promise.reject(said("denied")) },
    },
    {
      name: "a task may not be seen to stop",
      act: destroy,
      ecs: { describe: () => said("denied") },
    },
  ];

  for (const { name, act, ecs } of cases) {
    it(`shows and records no secret when ${name}`, async () => {
      const texts = await textsOf(act, Object.assign(new ScriptedEcs(), ecs));

      assert.match(texts, /it said /);
      // A new resource has no old value, and to look at a recorded run or to stop it there is none but the old one.
      const isFirst = act === create;
      const isLast = act === refresh || act === destroy;
      if (!isLast) assert.ok(!texts.includes(SECRET), texts);
      if (!isFirst) assert.ok(!texts.includes(OLD_SECRET), texts);
    });
  }
});
