import { beginning, crash, edit, fault, up } from "./people/in-short";
import { plan } from "./people/plans";
import { plain, settingClock, waiting } from "./people/steps";
import { CALM } from "./process/fault";
import type { Scenario } from "./scenario";

const MINUTE_MS = 60_000;

/** What is left of a task is its network interface, for longer than on any Fargate: whoever waits for it is seen to. */
const NETWORK_MS = 5 * MINUTE_MS;

/** A sequence, and what there is after it. */
export interface End extends Scenario {
  readonly launches: number;
  /** How many of the launched tasks are not STOPPED then. */
  readonly deprovisioning: number;
}

const GOOD = plan("tasks exit 0 after 15 s, and their network is gone 5 min later", {
  deprovisioningMs: NETWORK_MS,
});
const BAD = plan("tasks exit 3 after 15 s, and their network is gone 5 min later", {
  exitCode: 3,
  deprovisioningMs: NETWORK_MS,
});
const TOLD_LATE = plan("tasks exit 0 after 15 s, which is told 5 min later when they are STOPPED", {
  deprovisioningMs: NETWORK_MS,
  exitCodeDelayMs: NETWORK_MS,
});
const WITH_VOLUME = plan("tasks exit 0 after 15 s, and their volume is gone 5 min later", {
  deprovisioningMs: NETWORK_MS,
  hasVolume: true,
});

const HALF_AN_HOUR = { timeoutSeconds: 1800 };
const TO_STOPPED = { ...HALF_AN_HOUR, waitFor: "STOPPED" } as const;

export const ENDS: readonly End[] = [
  {
    name: "a task has done its work: up goes on while it is DEPROVISIONING",
    beginning: beginning(HALF_AN_HOUR),
    steps: [up(GOOD)],
    launches: 1,
    deprovisioning: 1,
  },
  {
    name: "three tasks have done their work: up goes on while they are DEPROVISIONING",
    beginning: beginning({ ...HALF_AN_HOUR, count: 3 }),
    steps: [up(GOOD)],
    launches: 3,
    deprovisioning: 3,
  },
  {
    name: "answers lag behind by seconds: up goes on all the same",
    beginning: beginning(HALF_AN_HOUR, { lagMs: 8000 }),
    steps: [up(GOOD)],
    launches: 1,
    deprovisioning: 1,
  },
  {
    name: "a task has failed: the next one does not wait for its network interface",
    beginning: beginning(HALF_AN_HOUR),
    steps: [up(BAD), up(GOOD)],
    launches: 2,
    deprovisioning: 2,
  },
  {
    name: "STOPPED is asked for: up waits until it is",
    beginning: beginning(TO_STOPPED),
    steps: [up(GOOD)],
    launches: 1,
    deprovisioning: 0,
  },
  {
    name: "the exit code is told only with STOPPED: up waits until it is",
    beginning: beginning(HALF_AN_HOUR),
    steps: [up(TOLD_LATE)],
    launches: 1,
    deprovisioning: 0,
  },
  {
    name: "the task has a volume: up waits until it is gone",
    beginning: beginning(HALF_AN_HOUR),
    steps: [up(WITH_VOLUME)],
    launches: 1,
    deprovisioning: 0,
  },
  {
    name: "STOPPED is asked for afterwards: up runs nothing and waits until it is",
    beginning: beginning(HALF_AN_HOUR),
    steps: [up(GOOD), edit({ waitFor: "STOPPED" }), up(GOOD)],
    launches: 1,
    deprovisioning: 0,
  },
  {
    name: "STOPPED is asked for two hours afterwards: up runs nothing",
    beginning: beginning(HALF_AN_HOUR),
    steps: [up(GOOD), waiting("2 h", 120 * MINUTE_MS), edit({ waitFor: "STOPPED" }), up(GOOD)],
    launches: 1,
    deprovisioning: 0,
  },
  {
    name: "up gives up waiting for STOPPED, and the next one comes when ECS has forgotten the task: it runs nothing",
    beginning: beginning({ ...TO_STOPPED, timeoutSeconds: 60 }),
    steps: [up(GOOD), waiting("2 h", 120 * MINUTE_MS), up(GOOD)],
    launches: 1,
    deprovisioning: 0,
  },
  {
    name: "a first up is killed while its task is DEPROVISIONING: nobody knows whose it is, and another one runs",
    beginning: beginning(TO_STOPPED),
    steps: [up(GOOD, crash({ when: "before", call: 40 })), up(GOOD)],
    launches: 2,
    deprovisioning: 0,
  },
  {
    name: "a re-run is killed while its task is DEPROVISIONING: the next up takes it",
    beginning: beginning(HALF_AN_HOUR),
    steps: [
      up(GOOD),
      waiting("10 min", 10 * MINUTE_MS),
      edit({ triggers: ["again"] }),
      up(GOOD, crash("before its result is recorded")),
      up(GOOD),
    ],
    launches: 2,
    deprovisioning: 1,
  },
  {
    name: "destroy waits until the task is STOPPED",
    beginning: beginning(HALF_AN_HOUR),
    steps: [up(GOOD), plain("destroy", CALM)],
    launches: 1,
    deprovisioning: 0,
  },
  {
    name: "a clock that is 3 h ahead says that the task ended long ago: destroy does not wait",
    beginning: beginning(HALF_AN_HOUR),
    steps: [up(GOOD), settingClock("3 h ahead", 180 * MINUTE_MS), plain("destroy", CALM)],
    launches: 1,
    deprovisioning: 1,
  },
  {
    name: "destroy does not ask after a task that ended long ago",
    beginning: beginning(HALF_AN_HOUR),
    steps: [up(GOOD), waiting("11 min", 11 * MINUTE_MS), plain("destroy", fault("describeTasks", "denied"))],
    launches: 1,
    deprovisioning: 0,
  },
];
