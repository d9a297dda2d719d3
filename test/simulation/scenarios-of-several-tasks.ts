import { AFTER_LAUNCH, beginning, crash, edit, fault, HOUR_MS, QUICK, up } from "./people/in-short";
import { plan } from "./people/plans";
import { launching, waiting } from "./people/steps";
import { CALM } from "./process/fault";
import type { Scenario } from "./scenario";

const FIRST_LISTED = plan("tasks exit 0 after 5 min, of several only the first is listed for 4 min", {
  runMs: 300_000,
  othersListedAfterMs: 240_000,
});

const LAST_IS_STUCK = plan("tasks exit 0 after 55 s, and the last of several stays PROVISIONING", {
  runMs: 50_000,
  stragglerMs: 30 * HOUR_MS,
});

export const OF_SEVERAL_TASKS: readonly Scenario[] = [
  {
    name: "one of two tasks does not start",
    beginning: beginning({ count: 2, timeoutSeconds: 400 }),
    steps: [up(plan("the last of two stays PROVISIONING", { runMs: 300_000, stragglerMs: 30 * HOUR_MS }))],
  },
  {
    name: "a re-run of three tasks dies, and the listing names one of them",
    beginning: beginning({ count: 3 }),
    steps: [
      up(),
      edit({ triggers: ["again"] }),
      up(plan("only the first is listed", { runMs: HOUR_MS, othersListedAfterMs: HOUR_MS }), AFTER_LAUNCH),
      up(),
    ],
  },
  {
    name: "a first up of two tasks dies, the listing names one of them, and the next launch is lost",
    beginning: beginning({ count: 2 }),
    steps: [up(FIRST_LISTED, AFTER_LAUNCH), up(QUICK, fault("launch", "empty answer, not done")), up()],
  },
  {
    name: "with a key, the first token is forgotten, and the second one has started the task that is there",
    beginning: beginning({ count: 2, idempotencyKey: "one" }),
    steps: [
      up(plan("tasks exit 3 after 2 min", { exitCode: 3, runMs: 120_000 })),
      waiting("61 min", 61 * 60_000),
      edit({ launchType: "FARGATE" }),
      launching("up", LAST_IS_STUCK, { ...crash("before its result is recorded"), cancelMs: 30_000 }),
      launching("replace", QUICK, { ...CALM, cancelMs: 30_000 }),
      launching("replace", QUICK, CALM),
    ],
  },
  {
    name: "two resources of one identity and one key look for the same two tasks, and the listing names one of them",
    beginning: beginning({ count: 2, idempotencyKey: "one" }, { twin: "in the program" }),
    steps: [up(FIRST_LISTED, crash("before its result is recorded")), up()],
  },
  {
    name: "two equal resources on named instances were launched without an answer, and look for their tasks at once",
    beginning: beginning({ containerInstances: ["i-1", "i-2"] }, { twin: "in the program" }),
    steps: [up(QUICK, { ...fault("launch", "empty answer, done", 2), cancelMs: 8000 }), up()],
  },
];
