import { clusterArn, REGIONS } from "./ecs/places";
import { INPUTS } from "./people/beginnings";
import {
  AFTER_LAUNCH,
  beginning,
  crash,
  edit,
  ENDLESS,
  FAILING,
  fault,
  HOUR_MS,
  LONG,
  MISSING_FOR_A_MINUTE,
  QUICK,
  STUCK,
  TWO,
  up,
} from "./people/in-short";
import { plan } from "./people/plans";
import {
  deletingCluster,
  deletingLookUp,
  denying,
  elsewhere,
  joining,
  launching,
  plain,
  restoring,
  settingClock,
  waiting,
} from "./people/steps";
import { CALM, SILENCE } from "./process/fault";
import { OF_SEVERAL_TASKS } from "./scenarios-of-several-tasks";
import type { Scenario } from "./scenario";

export type { Scenario };

export const SCENARIOS: readonly Scenario[] = [
  ...OF_SEVERAL_TASKS,
  {
    name: "a container that app waits for runs longer than startTimeoutSeconds",
    beginning: beginning({ timeoutSeconds: 400 }),
    steps: [up(plan("tasks are ACTIVATING for 2 min while init runs", { initMs: 120_000 }))],
  },
  {
    name: "StopTask does not find the task that did not start in time",
    beginning: beginning(),
    steps: [up(STUCK, fault("stopTask", "task not found"))],
  },
  {
    name: "a task vanished that may be stopped, the up that replaces it dies, and then it is back",
    beginning: beginning({ onTimeout: "STOP" }),
    steps: [
      up(plan("missing for a minute", MISSING_FOR_A_MINUTE)),
      launching("up", QUICK, { ...crash("before its result is recorded"), cancelMs: 30_000 }),
      up(),
    ],
  },
  {
    name: "StopTask does not find the task that onTimeout stops",
    beginning: beginning({ onTimeout: "STOP" }),
    steps: [up(LONG, fault("stopTask", "task not found"))],
  },
  {
    name: "DescribeTasks never shows the task, and both timeouts are short",
    beginning: beginning({ timeoutSeconds: 8, startTimeoutSeconds: 8 }),
    steps: [up(plan("tasks are never shown", { hidden: { fromMs: 0, untilMs: Infinity } }))],
  },
  {
    name: "ECS answers nothing at the first up",
    beginning: beginning(),
    steps: [launching("up", QUICK, SILENCE)],
  },
  {
    name: "ECS answers nothing while a recorded task runs",
    beginning: beginning(),
    steps: [
      up(ENDLESS),
      plain("refresh", SILENCE),
      up(QUICK, SILENCE),
      plain("destroy", SILENCE),
      edit({ triggers: ["again"] }),
      up(QUICK, SILENCE),
    ],
  },
  ...(
    ["listTasks", "describeTasks", "launch", "stopTask", "describeTaskDefinition", "accountId"] as const
  ).map((call): Scenario => ({
    name: `${call} is never answered`,
    beginning: beginning({ onTimeout: "STOP" }),
    steps: [
      up(LONG, fault(call, "lost and never answered", 1)),
      edit({ triggers: ["again"] }),
      up(LONG, fault(call, "lost and never answered")),
      plain("refresh", fault(call, "lost and never answered")),
      plain("destroy", fault(call, "lost and never answered")),
    ],
  })),
  {
    name: "two backends with one key name two databases",
    beginning: beginning(
      { idempotencyKey: "one" },
      { twin: "in another backend", twinInputs: { ...INPUTS, ...TWO, idempotencyKey: "one" } },
    ),
    steps: [up(), elsewhere("up", QUICK, CALM)],
  },
  {
    name: "two backends with one key name two databases, and the first task still runs",
    beginning: beginning(
      { idempotencyKey: "one" },
      { twin: "in another backend", twinInputs: { ...INPUTS, ...TWO, idempotencyKey: "one" } },
    ),
    steps: [up(LONG), elsewhere("up", QUICK, CALM)],
  },
  {
    name: "a resource of an old name and a renamed one have one key and two databases",
    beginning: beginning(
      { idempotencyKey: "one" },
      { twin: "in the program, later", twinInputs: { ...INPUTS, ...TWO, idempotencyKey: "one" } },
    ),
    steps: [up(), joining, up()],
  },
  {
    name: "two equal resources of one identity run at once",
    beginning: beginning({}, { twin: "in the program" }),
    steps: [up(), up()],
  },
  {
    name: "two equal resources of one identity and one key run at once",
    beginning: beginning({ idempotencyKey: "one" }, { twin: "in the program" }),
    steps: [up(), up()],
  },
  {
    name: "a task runs for one of two equal resources, and nobody has recorded it",
    beginning: beginning({}, { twin: "in the program, later" }),
    steps: [up(LONG, AFTER_LAUNCH), joining, up()],
  },
  {
    name: "with a key, the database is another one than that of the last run",
    beginning: beginning({ idempotencyKey: "one" }),
    steps: [up(), edit(TWO), up()],
  },
  {
    name: "with a key, the first up dies, and then the database is another one",
    beginning: beginning({ idempotencyKey: "one" }),
    steps: [up(LONG, AFTER_LAUNCH), edit(TWO), up()],
  },
  {
    name: "with a key, the cluster is another one, and then the old one again",
    beginning: beginning({ idempotencyKey: "one" }),
    steps: [up(), edit({ cluster: "blue" }), up(), edit({ cluster: "prod" }), up()],
  },
  {
    name: "with a key, the region is another one",
    beginning: beginning({ idempotencyKey: "one" }),
    steps: [up(), edit({ region: REGIONS[1] }), up(), edit({ region: REGIONS[0], count: 2 }), up()],
  },
  {
    name: "with a key, a re-run dies in one region, and then another region is asked for",
    beginning: beginning({ idempotencyKey: "one" }),
    steps: [
      up(),
      edit(TWO),
      up(QUICK, crash("before its result is recorded")),
      edit({ region: REGIONS[1] }),
      up(),
    ],
  },
  {
    name: "with a key, a failed task is not taken",
    beginning: beginning({ idempotencyKey: "one" }),
    steps: [up(FAILING), up(FAILING), up()],
  },
  {
    name: "two backends with one key run in two networks",
    beginning: beginning(
      { idempotencyKey: "one", networkConfiguration: { subnets: ["subnet-1"] } },
      {
        twin: "in another backend",
        twinInputs: { ...INPUTS, idempotencyKey: "one", networkConfiguration: { subnets: ["subnet-2"] } },
      },
    ),
    steps: [up(), elsewhere("up", QUICK, CALM)],
  },
  {
    name: "the user cancels while a task is launched, and while it runs",
    beginning: beginning(),
    steps: [
      up(LONG, { ...fault("launch", "answer lost", 3), cancelMs: 1000 }),
      up(LONG, { ...CALM, cancelMs: 8000 }),
      up(),
    ],
  },
  {
    name: "a sidecar ends first, and ECS kills the container that does the work",
    beginning: beginning({ taskDefinition: "other:1" }),
    steps: [up(plan("tasks' sidecar ends first", { sidecarEndsFirst: true }))],
  },
  ...([{ taskDefinition: "other:1" }, { cluster: "blue" }, { region: REGIONS[1] }] as const).map(
    (elsewhereInputs): Scenario => ({
      name: `nobody knows whether a run was started, and then it is asked for with ${JSON.stringify(elsewhereInputs)}`,
      beginning: beginning(),
      steps: [up(ENDLESS, fault("launch", "answer lost")), edit(elsewhereInputs), up()],
    }),
  ),
  {
    name: "a re-run on another cluster dies, and the recorded cluster is deleted",
    beginning: beginning(),
    steps: [
      up(),
      edit({ cluster: "blue" }),
      up(ENDLESS, AFTER_LAUNCH),
      deletingCluster("prod"),
      edit({ triggers: ["other"] }),
      up(),
    ],
  },
  {
    name: "a re-run on another cluster dies, and the recorded cluster may not be listed any more",
    beginning: beginning(),
    steps: [
      up(),
      edit({ cluster: "blue" }),
      up(ENDLESS, AFTER_LAUNCH),
      denying(REGIONS[0], "prod", true),
      edit({ triggers: ["other"] }),
      up(),
    ],
  },
  {
    name: "nobody knows whether a run was started, and then only its tags change",
    beginning: beginning({ startedBy: "me" }),
    steps: [up(ENDLESS, fault("launch", "answer lost")), edit({ tags: { owner: "other" } }), up()],
  },
  {
    name: "nobody knows whether a run was started, looking is denied, and then its tags change",
    beginning: beginning(),
    steps: [
      denying(REGIONS[0], "prod", true),
      up(ENDLESS, fault("launch", "answer lost")),
      edit({ tags: { owner: "other" } }),
      up(),
    ],
  },
  ...[
    { networkConfiguration: { subnets: ["subnet-2"] } },
    { count: 3 },
    { triggers: ["other"] },
    { launchType: "FARGATE" },
  ].map((other): Scenario => ({
    name: `a re-run with a startedBy of the user's own dies, and then ${JSON.stringify(other)} is asked for`,
    beginning: beginning({ startedBy: "me" }),
    steps: [up(FAILING), up(QUICK, crash("before its result is recorded")), edit(other), up()],
  })),
  {
    name: "a re-run of another family dies, and then a third family is asked for in the same cluster",
    beginning: beginning(),
    steps: [
      up(),
      edit({ taskDefinition: "other:1" }),
      up(ENDLESS, AFTER_LAUNCH),
      edit({ taskDefinition: "app:2" }),
      up(),
    ],
  },
  ...(["empty answer, done", "empty answer, not done", "HTTP 408, done", "HTTP 408, not done"] as const).map(
    (kind): Scenario => ({
      name: `the answer to a launch is: ${kind}`,
      beginning: beginning({ startedBy: "me" }),
      steps: [
        up(LONG, fault("launch", kind, 1)),
        edit({ triggers: ["again"] }),
        up(LONG, fault("launch", kind)),
        up(LONG),
      ],
    }),
  ),
  ...(
    [
      [-72, "nobody knows whether a run was started, and four hours later the clock is three days behind"],
      [-3, "nobody knows whether a run was started, and four hours later the clock is three hours behind"],
      [3, "nobody knows whether a run was started, and four hours later the clock is three hours ahead"],
    ] as const
  ).map(([hours, name]): Scenario => ({
    name,
    beginning: beginning(),
    steps: [
      up(QUICK, fault("launch", "lost before it arrives")),
      waiting("4 h", 4 * HOUR_MS),
      settingClock(`wrong by ${hours} h`, hours * HOUR_MS),
      up(),
    ],
  })),
  {
    name: "the region is another one",
    beginning: beginning({ cluster: clusterArn(REGIONS[0], "prod") }),
    steps: [up(), edit({ region: REGIONS[1], cluster: clusterArn(REGIONS[1], "prod") }), up()],
  },
  {
    name: "the region is another one while a task runs",
    beginning: beginning(),
    steps: [up(LONG), edit({ region: REGIONS[1], timeoutSeconds: 400 }), up()],
  },
  {
    name: "ECS answers every launch with a task that failed before",
    beginning: beginning(),
    steps: [up(FAILING), up(QUICK, fault("launch", "a failed task again"))],
  },
  {
    name: "a task was left running, and then a new run and a longer timeout are asked for",
    beginning: beginning(),
    steps: [up(LONG), edit({ timeoutSeconds: 400, triggers: ["other"] }), up()],
  },
  {
    name: "what EcsTask.get read is deleted",
    beginning: beginning(),
    steps: [deletingLookUp(CALM)],
  },
  {
    name: "the answer to StartTask is lost, and its tasks are on their way out at the next look",
    beginning: beginning({ containerInstances: ["i-1"] }),
    steps: [
      up(
        plan("tasks exit 0 after 6 s, and their network is gone a minute later", {
          pendingMs: 1000,
          runMs: 5000,
          deprovisioningMs: 60_000,
        }),
        fault("launch", "answer lost", 1),
      ),
    ],
  },
  {
    name: "the answer to StartTask is lost, and a task ends between two listings of which one is throttled",
    beginning: beginning({ containerInstances: ["i-1"] }, { seed: 80 }),
    steps: [
      up(QUICK, {
        ...CALM,
        faults: [
          { call: "launch", kind: "answer lost", after: 0, times: 1 },
          { call: "listTasks", kind: "throttled", after: 2, times: 3 },
        ],
      }),
    ],
  },
  {
    name: "one earlier task runs on, and another one is never shown",
    beginning: beginning(),
    steps: [
      up(plan("tasks exit 0 after an hour, MISSING for a minute", MISSING_FOR_A_MINUTE)),
      up(plan("tasks are never shown", { hidden: { fromMs: 0, untilMs: Infinity } })),
      up(),
    ],
  },
  {
    name: "a task vanished",
    beginning: beginning(),
    steps: [up(LONG), waiting("26 h", 26 * HOUR_MS), up(), up()],
  },
  {
    name: "destroy, and StopTask does not find a task that runs",
    beginning: beginning(),
    steps: [up(LONG), plain("destroy", fault("stopTask", "task not found"))],
  },
  {
    name: "a re-run with a startedBy of the user's own is forgotten with the state, and then it has none",
    beginning: beginning({ startedBy: "me" }),
    steps: [
      up(FAILING),
      up(QUICK, { ...CALM, cancelMs: 100 }),
      restoring(1),
      edit({ startedBy: undefined }),
      up(),
    ],
  },
];
