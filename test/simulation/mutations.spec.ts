import assert from "node:assert/strict";
import type { EcsGateway } from "../../src/ecs/ecs-gateway";
import { OPERATIONS } from "./engine/virtual-engine";
import { never } from "./virtual-time";
import { simulate } from "./simulate";
import type { Mutation } from "./people/world";

/** How many sequences the simulation may need to notice that something is broken. */
const SEQUENCES = 200;

function change(ecs: EcsGateway, changed: Partial<EcsGateway>): EcsGateway {
  const methods: EcsGateway = {
    runTask: (...all) => ecs.runTask(...all),
    startTask: (...all) => ecs.startTask(...all),
    listClusters: (...all) => ecs.listClusters(...all),
    listTasks: (...all) => ecs.listTasks(...all),
    describeTasks: (...all) => ecs.describeTasks(...all),
    stopTask: (...all) => ecs.stopTask(...all),
    describeTaskDefinition: (...all) => ecs.describeTaskDefinition(...all),
    accountId: (...all) => ecs.accountId(...all),
  };
  return { ...methods, ...changed };
}

/** What is broken, and what the simulation has to say about it. */
const MUTATIONS: readonly { readonly name: string; readonly says: RegExp; readonly mutation: Mutation }[] = [
  {
    name: "each RunTask carries another clientToken",
    says: /I1: one run was launched more than once|I2: two runs are alive/,
    mutation: {
      gateway: (ecs) => {
        let sent = 0;
        return change(ecs, { runTask: (parameters) => ecs.runTask(parameters, `token-${(sent += 1)}`) });
      },
    },
  },
  {
    name: "nobody looks for tasks",
    says: /I[12]: /,
    mutation: { gateway: (ecs) => change(ecs, { listTasks: () => Promise.resolve([]) }) },
  },
  {
    name: "tasks that are on their way out are not looked for",
    says: /I[12]: /,
    mutation: {
      gateway: (ecs) =>
        change(ecs, {
          listTasks: async (cluster, filter) =>
            filter.desiredStatus === "RUNNING" ? ecs.listTasks(cluster, filter) : [],
        }),
    },
  },
  {
    name: "a missing exit code counts as success",
    says: /did not end with success/,
    mutation: {
      gateway: (ecs) =>
        change(ecs, {
          describeTasks: async (cluster, arns) => {
            const answer = await ecs.describeTasks(cluster, arns);
            const tasks = answer.tasks.map((task) => ({
              ...task,
              containers: task.containers?.map((container) =>
                task.lastStatus === "STOPPED" ? { exitCode: 0, ...container } : container,
              ),
            }));
            return { ...answer, tasks };
          },
        }),
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
    name: "what is not known is not recorded",
    says: /nothing was recorded, and task \d+/,
    mutation: {
      operations: {
        startRun: async (...all) => {
          const report = await OPERATIONS.startRun(...all);
          if (report.state.phase === "UNKNOWN") throw new Error("ECS did not answer");
          return report;
        },
      },
    },
  },
  {
    name: "an update starts a run whatever the recorded one does",
    says: /I[12]: /,
    mutation: {
      operations: {
        updateRun: (ports, recorded, inputs) =>
          OPERATIONS.startRun(ports, {
            inputs,
            run: { identity: recorded.identity, life: recorded.life, generation: recorded.generation + 1 },
          }),
      },
    },
  },
  {
    name: "all tasks of a run are stopped when one of them does not start",
    says: /I5: task \d+ was stopped as one that did not start, and it ran/,
    mutation: {
      gateway: (ecs) => {
        const launched: string[] = [];
        return change(ecs, {
          runTask: async (...all) => {
            const answer = await ecs.runTask(...all);
            launched.push(...answer.tasks.map(({ taskArn = "" }) => taskArn));
            return answer;
          },
          stopTask: async (cluster, taskArn, reason) => {
            const arns = reason.includes("START_TIMED_OUT") ? [...launched, taskArn] : [taskArn];
            await Promise.allSettled(arns.map((arn) => ecs.stopTask(cluster, arn, reason)));
          },
        });
      },
    },
  },
  {
    name: "destroy does not wait until the task has stopped",
    says: /still runs/,
    mutation: {
      operations: {
        deleteRun: async ({ ecs }, { tasks }) => {
          const stops = tasks.map((task) => ecs.stopTask(task.clusterArn, task.taskArn, ""));
          await Promise.allSettled(stops);
        },
      },
    },
  },
  {
    name: "a call never comes back",
    says: /the command hangs/,
    mutation: { gateway: (ecs) => change(ecs, { stopTask: never }) },
  },
];

describe("the simulation", () => {
  for (const { name, says, mutation } of MUTATIONS) {
    it(`notices when ${name}`, async () => {
      const found = await simulate({ sequences: SEQUENCES, seed: 1, mutation, shortens: false });

      assert.match(found ?? "nothing was noticed", says);
    }).timeout(60_000);
  }
});
