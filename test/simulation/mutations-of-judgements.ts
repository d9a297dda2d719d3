import type { Failure } from "../../src/run/run-result";
import type { TaskRecord } from "../../src/outcome/task-record";
import { recorded } from "./breaking";
import { OPERATIONS } from "./engine/virtual-engine";
import type { NamedMutation } from "./mutations";

/** As if all its containers had ended well, and only its network interface were left. */
function asOver(task: TaskRecord): TaskRecord {
  return {
    executionStoppedAt: "2026-01-01T00:00:00.000Z",
    ...task,
    lastStatus: "DEPROVISIONING",
    stopCode: "EssentialContainerExited",
    containers: task.containers.map((container) => ({ exitCode: 0, ...container, lastStatus: "STOPPED" })),
  };
}

export const OF_JUDGEMENTS: readonly NamedMutation[] = [
  {
    name: "a missing exit code counts as success",
    says: /did not end with success/,
    mutation: {
      gateway: (ecs) =>
        recorded(ecs, (task) => ({
          ...task,
          ...(task.stopCode ? { stopCode: "EssentialContainerExited" } : {}),
          containers: task.containers.map((container) =>
            task.lastStatus === "STOPPED" ? { exitCode: 0, ...container } : container,
          ),
        })),
    },
  },
  {
    name: "a task that is to stop counts as over",
    says: /did not end with success|I2: two runs are alive/,
    mutation: {
      gateway: (ecs) =>
        recorded(ecs, (task) =>
          task.desiredStatus === "STOPPED" && task.lastStatus !== "STOPPED" ? asOver(task) : task,
        ),
    },
  },
  {
    name: "nobody looks at the volumes of a task",
    says: /the volume of task \d+ is still there/,
    mutation: { gateway: (ecs) => recorded(ecs, (task) => ({ ...task, attachments: [] })) },
  },
  {
    name: "STOPPED is not waited for",
    says: /has not STOPPED|destroy succeeded, and task \d+ still runs/,
    mutation: {
      gateway: (ecs) =>
        recorded(ecs, (task) =>
          task.lastStatus === "DEPROVISIONING" ? { ...task, lastStatus: "STOPPED" } : task,
        ),
    },
  },
  {
    name: "a failed run is recorded as settled",
    says: /did not end with success/,
    mutation: {
      operations: {
        startRun: async (...all) => {
          const { state } = await OPERATIONS.startRun(...all);
          return { state: { ...state, phase: "SETTLED" } };
        },
      },
    },
  },
  {
    name: "a run is settled whose task was told to stop and not seen to",
    says: /did not end with success/,
    scenario: "StopTask does not find the task that did not start in time",
    mutation: {
      operations: {
        startRun: async (...all) => {
          const report = await OPERATIONS.startRun(...all);
          const { state } = report;
          const isUnseen = state.phase === "UNKNOWN" && state.taskArns.length > 0;
          return isUnseen ? { state: { ...state, phase: "SETTLED", outcome: "RUNNING" } } : report;
        },
      },
    },
  },
  {
    name: "a refresh settles whatever it sees",
    says: /did not end with success|with 0 of/,
    mutation: {
      operations: {
        refreshRun: async (...all) => ({ ...(await OPERATIONS.refreshRun(...all)), phase: "SETTLED" }),
      },
    },
  },
  {
    name: "a refresh makes a settled run unsettled",
    says: /a refresh made a settled run unsettled/,
    mutation: {
      operations: {
        refreshRun: async (...all) => ({ ...(await OPERATIONS.refreshRun(...all)), phase: "UNKNOWN" }),
      },
    },
  },
  {
    name: "a preview forgets that the last run failed",
    says: /a preview says nothing of a run that is/,
    mutation: {
      operations: {
        willDo: (recorded, news) =>
          recorded.phase === "SETTLED" ? OPERATIONS.willDo(recorded, news) : undefined,
      },
    },
  },
  {
    name: "a vanished run is never given up",
    says: /a run that vanished was not run again|never come to rest/,
    scenario: "a task vanished",
    mutation: {
      operations: {
        updateRun: async (ports, recorded, inputs) =>
          recorded.phase === "UNKNOWN"
            ? { state: { ...recorded, phase: recorded.phase }, failure: VANISHED }
            : OPERATIONS.updateRun(ports, recorded, inputs),
      },
    },
  },
];

const VANISHED: Failure = { inShort: "it vanished", summary: "It vanished.", remedy: "Wait." };
