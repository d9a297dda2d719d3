import { EcsApiError } from "../../src/aws/ecs-gateway";
import { Claims } from "../../src/run/launch/claims";
import { environmentList } from "../../src/inputs/normalise-inputs";
import type { TaskInputs } from "../../src/inputs/task-inputs";
import { BoundedEcsGateway } from "../../src/aws/pace/bounded-ecs-gateway";
import { change, described, recorded, withEcs, withPorts, withWallClock } from "./breaking";
import { canonical } from "./canonical";
import { OPERATIONS } from "./engine/virtual-engine";
import { OF_JUDGEMENTS } from "./mutations-of-judgements";
import type { Mutation } from "./people/world";

/** Something broken, and what the simulation has to say about it. */
export interface NamedMutation {
  readonly name: string;
  readonly says: RegExp;
  readonly mutation: Mutation;
  /** The scenario that shows it, where chance would take long. */
  readonly scenario?: string;
}

/** A call that nothing ends. The others are questions, and whoever asks them patiently gives up by a limit of its own. */
const UNBOUNDED_CALLS: readonly NamedMutation[] = (["accountId", "runTask"] as const).map((call) => ({
  name: `nothing ends a call of ${call} that is never answered`,
  says: /I7: the command hangs/,
  scenario: `${call === "runTask" ? "launch" : call} is never answered`,
  mutation: {
    bound: (ecs, clock) =>
      change(new BoundedEcsGateway(ecs, clock), { [call]: (ecs[call] as () => unknown).bind(ecs) }),
  },
}));

const OF_LAUNCHES: readonly NamedMutation[] = [
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
    name: "the clientToken follows from tags",
    says: /I[12]: /,
    scenario: "nobody knows whether a run was started, and then only its tags change",
    mutation: {
      gateway: (ecs) =>
        change(ecs, {
          runTask: (parameters, token) =>
            ecs.runTask(parameters, `${token}${canonical(parameters.tags ?? [])}`),
        }),
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
    name: "a place where looking is denied hides the other places",
    says: /I[12]: /,
    scenario: "a re-run on another cluster dies, and the recorded cluster may not be listed any more",
    mutation: {
      gateway: (ecs) => {
        let wasDenied = false;
        return change(ecs, {
          listTasks: async (...query) => {
            const tasks = await ecs.listTasks(...query).catch((error: unknown) => {
              wasDenied ||= error instanceof EcsApiError && error.kind === "denied";
              throw error;
            });
            await Promise.resolve();
            return wasDenied ? [] : tasks;
          },
          runTask: (parameters, token) => ecs.runTask(parameters, wasDenied ? `${token}2` : token),
        });
      },
    },
  },
  {
    name: "an update starts a run whatever the recorded one does",
    says: /I[12]: |was run again|told an old failure/,
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
    name: "what is not known is not recorded",
    says: /I9: .*nothing was recorded/,
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
    name: "an answer with neither tasks nor failures is a no",
    says: /I9: .*nothing was recorded/,
    scenario: "the answer to a launch is: empty answer, done",
    mutation: {
      operations: withEcs((ecs) => ({
        runTask: async (...order) => {
          try {
            return await ecs.runTask(...order);
          } catch (error) {
            if (!(error instanceof EcsApiError) || error.code !== "EmptyAnswer") throw error;
            const { operation, code, message } = error;
            throw new EcsApiError({ operation, kind: "rejected", code, message });
          }
        },
      })),
    },
  },
  {
    name: "an answer that was lost is a no",
    says: /I9: .*nothing was recorded/,
    scenario: "nobody knows whether a run was started, and then only its tags change",
    mutation: {
      operations: withEcs((ecs) => ({
        runTask: (...order) =>
          ecs.runTask(...order).catch((error: unknown) => {
            if (!(error instanceof EcsApiError) || error.kind !== "broken") throw error;
            throw new EcsApiError({
              operation: "RunTask",
              kind: "rejected",
              code: error.code,
              message: error.message,
            });
          }),
      })),
    },
  },
  {
    name: "launches are repeated without a pause",
    says: /I8: /,
    mutation: {
      operations: withEcs((ecs) => ({
        runTask: async (...order) => {
          for (let again = 0; again < 20; again += 1) await ecs.runTask(...order).catch(() => undefined);
          return ecs.runTask(...order);
        },
      })),
    },
  },
  {
    name: "the age of a launch is not looked at",
    says: /was run again without a word/,
    scenario: "nobody knows whether a run was started, and four hours later the clock is three hours ahead",
    mutation: {
      operations: {
        updateRun: (ports, recorded, inputs) => {
          const bornMs = Date.parse(recorded.launchedAt ?? "");
          return OPERATIONS.updateRun(withWallClock(ports, bornMs + 60_000), recorded, inputs);
        },
      },
    },
  },
];

const OF_PLACES_AND_VALUES: readonly NamedMutation[] = [
  {
    name: "the region of an earlier run is ignored",
    says: /I[124]: |was given up/,
    scenario: "the region is another one while a task runs",
    mutation: { operations: withPorts((ports) => ({ ...ports, in: () => Promise.resolve(ports) })) },
  },
  {
    name: "the values of variables do not count for a key",
    says: /I6: up said success of task \d+, which is/,
    scenario: "with a key, the database is another one than that of the last run",
    mutation: valuesDoNotCount(),
  },
  {
    name: "a task is taken by each resource that finds it",
    says: /I6: task \d+ counts for/,
    scenario: "a task runs for one of two equal resources, and nobody has recorded it",
    mutation: { operations: withPorts((ports) => ({ ...ports, claims: new Claims() })) },
  },
];

/** DescribeTasks says of each task that it runs with the values that are asked for. */
function valuesDoNotCount(): Mutation {
  let asked: TaskInputs | undefined;
  const valueOf = (name: string | undefined) => {
    const environment = asked?.overrides?.containerOverrides?.[0]?.environment ?? {};
    return (environment as Readonly<Record<string, string>>)[name ?? ""];
  };
  return {
    operations: withPorts((ports, inputs) => {
      asked = inputs;
      return ports;
    }),
    gateway: (ecs) =>
      described(ecs, (task) => {
        const containerOverrides = (task.overrides?.containerOverrides ?? []).map((container) => ({
          ...container,
          environment: (environmentList(container.environment) ?? []).map(({ name, value }) => ({
            name,
            value: valueOf(name) ?? value,
          })),
        }));
        return { ...task, overrides: { ...task.overrides, containerOverrides } };
      }),
  };
}

const OF_STOPS: readonly NamedMutation[] = [
  {
    name: "all tasks of a run are stopped when one of them does not start",
    says: /I5: task \d+ was stopped/,
    scenario: "one of two tasks does not start",
    mutation: {
      gateway: (ecs) => {
        const launched: string[] = [];
        return change(ecs, {
          runTask: async (...all) => {
            const answer = await ecs.runTask(...all);
            launched.push(...answer.tasks.map(({ record }) => record.taskArn));
            return answer;
          },
          stopTask: async (cluster, taskArn, reason) => {
            const arns = [...launched, taskArn];
            await Promise.allSettled(arns.map((arn) => ecs.stopTask(cluster, arn, reason)));
          },
        });
      },
    },
  },
  {
    name: "a container has run only when its task is RUNNING",
    says: /I5: task \d+ was stopped, and a container of it ran/,
    scenario: "a container that app waits for runs longer than startTimeoutSeconds",
    mutation: {
      gateway: (ecs) =>
        recorded(ecs, (task) =>
          task.lastStatus === "ACTIVATING"
            ? { ...task, containers: task.containers.map(({ name }) => ({ name, lastStatus: "PENDING" })) }
            : task,
        ),
    },
  },
  {
    name: "destroy does not wait until the task has stopped",
    says: /still runs/,
    mutation: {
      operations: {
        deleteRun: async ({ ecs }, { tasks, life }) => {
          if (life === "") return;
          const stops = tasks.map((task) => ecs.stopTask(task.clusterArn, task.taskArn, ""));
          await Promise.allSettled(stops);
        },
      },
    },
  },
  {
    name: "destroy stops what EcsTask.get read",
    says: /is somebody else's, and was stopped/,
    scenario: "what EcsTask.get read is deleted",
    mutation: {
      operations: {
        deleteRun: async ({ ecs }, { tasks }) => {
          const stops = tasks.map((task) => ecs.stopTask(task.clusterArn, task.taskArn, ""));
          await Promise.allSettled(stops);
        },
      },
    },
  },
];

export const MUTATIONS: readonly NamedMutation[] = [
  ...OF_LAUNCHES,
  ...OF_PLACES_AND_VALUES,
  ...OF_JUDGEMENTS,
  ...OF_STOPS,
  ...UNBOUNDED_CALLS,
];
