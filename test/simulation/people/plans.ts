import fc from "fast-check";
import { QUICK, type TaskPlan } from "../ecs/task-plan";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** What becomes of the tasks that a command launches, and how it reads. */
export interface NamedPlan {
  readonly words: string;
  readonly plan: TaskPlan;
}

export function plan(words: string, over: Partial<TaskPlan> = {}): NamedPlan {
  return { words, plan: { ...QUICK, ...over } };
}

const FOR_EVER = { fromMs: 0, untilMs: Infinity };

const PLANS: readonly NamedPlan[] = [
  plan("tasks exit 0 after 15 s"),
  plan("tasks exit 0 after 15 s"),
  plan("tasks exit 3 after 15 s", { exitCode: 3 }),
  plan("tasks exit 0 after 15 s, told 2 s later", { exitCodeDelayMs: 2000 }),
  plan("tasks exit 3 after 15 s, told 2 s later", { exitCode: 3, exitCodeDelayMs: 2000 }),
  plan("tasks end after 15 s, and no exit code is ever told", { exitCodeDelayMs: Infinity }),
  plan("tasks are killed after 15 s (137)", { exitCode: 137 }),
  plan("tasks exit 0 after 15 s, and their network is gone 20 s later", { deprovisioningMs: 20_000 }),
  plan("tasks exit 3 after 15 s, and their network is gone 20 s later", {
    exitCode: 3,
    deprovisioningMs: 20_000,
  }),
  plan("tasks exit 0 after 15 s, and their network is gone 5 min later", { deprovisioningMs: 5 * MINUTE_MS }),
  plan("tasks exit 0 after 15 s, which is told 20 s later when they are STOPPED", {
    deprovisioningMs: 20_000,
    exitCodeDelayMs: 20_000,
  }),
  plan("tasks exit 0 after 15 s, and their volume is gone 20 s later", {
    hasVolume: true,
    deprovisioningMs: 20_000,
  }),
  plan("tasks exit 0 after 5 min", { runMs: 5 * MINUTE_MS }),
  plan("tasks exit 0 after 5 min", { runMs: 5 * MINUTE_MS }),
  plan("tasks exit 3 after 2 min", { exitCode: 3, runMs: 2 * MINUTE_MS }),
  plan("tasks exit 0 after 26 h", { runMs: 26 * HOUR_MS }),
  plan("tasks' container cannot be started", { exitCode: undefined }),
  plan("tasks stay PROVISIONING", { pendingMs: 30 * HOUR_MS }),
  plan("tasks exit 0 after 55 s, and the last of several stays PROVISIONING", {
    runMs: 50_000,
    stragglerMs: 30 * HOUR_MS,
  }),
  plan("tasks are ACTIVATING for 50 s while init runs, then exit 0", { initMs: 45_000, runMs: 5000 }),
  plan("tasks are PENDING for 50 s while init runs, then exit 0", {
    initMs: 45_000,
    statusMeanwhile: "PENDING",
    runMs: 5000,
  }),
  plan("tasks are ACTIVATING for 10 min while init runs, then exit 0", { initMs: 10 * MINUTE_MS }),
  plan("tasks are ACTIVATING for 30 s, and init exits 5", { initMs: 30_000, initExitCode: 5 }),
  plan("tasks exit 0 after 15 s, and DescribeTasks never shows them", { hidden: FOR_EVER }),
  plan("tasks exit 0 after 5 min, and DescribeTasks never shows them", {
    runMs: 5 * MINUTE_MS,
    hidden: FOR_EVER,
  }),
  plan("tasks exit 0 after 5 min, MISSING after 15 s for a minute", {
    runMs: 5 * MINUTE_MS,
    hidden: { fromMs: 15_000, untilMs: 75_000 },
  }),
  plan("tasks exit 0 after 5 min, of several only the first is listed for 4 min", {
    runMs: 5 * MINUTE_MS,
    othersListedAfterMs: 4 * MINUTE_MS,
  }),
  plan("tasks' sidecar ends after 15 s, and ECS kills app", { sidecarEndsFirst: true }),
];

export const plans = fc.constantFrom(...PLANS);
