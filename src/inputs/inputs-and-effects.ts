import type { TaskInputs } from "./task-inputs";

/** What a change of an input leads to: a new run, another judgement of the recorded one, or only other behaviour from here on. */
export type Effect = "re-run" | "judge" | "update" | "none";

/** What is known of an input besides its shape. */
interface InputFacts {
  /** What a change of it leads to. */
  readonly effect: Effect;
  /** Whether a preview shows its value: it cannot hold a secret. */
  readonly isShown?: boolean;
  /** Whether only a task that is yet to be started can have it. */
  readonly isOfNextRun?: boolean;
}

/** The table of inputs. The shape of each is in `check/input-rules.ts`, its documentation on `EcsTaskArgs`. */
export const INPUTS: Readonly<Record<keyof TaskInputs, InputFacts>> = {
  taskDefinition: { effect: "re-run", isShown: true },
  cluster: { effect: "re-run", isShown: true },
  launchType: { effect: "re-run", isShown: true },
  capacityProviderStrategies: { effect: "re-run" },
  networkConfiguration: { effect: "re-run" },
  overrides: { effect: "re-run" },
  count: { effect: "re-run", isShown: true },
  platformVersion: { effect: "re-run" },
  placementConstraints: { effect: "re-run" },
  orderedPlacementStrategies: { effect: "re-run" },
  group: { effect: "re-run" },
  referenceId: { effect: "re-run" },
  volumeConfiguration: { effect: "re-run" },
  containerInstances: { effect: "re-run" },
  expectedImageDigests: { effect: "re-run" },
  triggers: { effect: "re-run" },
  idempotencyKey: { effect: "re-run" },
  successContainers: { effect: "judge" },
  successExitCodes: { effect: "judge" },
  propagateTags: { effect: "update", isOfNextRun: true },
  enableEcsManagedTags: { effect: "update", isOfNextRun: true },
  enableExecuteCommand: { effect: "update", isOfNextRun: true },
  tags: { effect: "update", isOfNextRun: true },
  startedBy: { effect: "update", isOfNextRun: true },
  waitFor: { effect: "update", isShown: true },
  timeoutSeconds: { effect: "update", isShown: true },
  startTimeoutSeconds: { effect: "update" },
  onTimeout: { effect: "update", isShown: true },
  showLogs: { effect: "update" },
  capacityRetrySeconds: { effect: "update" },
  region: { effect: "update", isShown: true },
  profile: { effect: "update" },
  assumeRole: { effect: "update" },
  endpoint: { effect: "update" },
  resourceUrn: { effect: "none" },
};

/** The inputs that say where AWS is asked, and as whom: in the place of an explicit provider. */
export const ACCESS_INPUTS = [
  "region",
  "profile",
  "assumeRole",
  "endpoint",
] as const satisfies readonly (keyof TaskInputs)[];

/** The names of all inputs. */
export const INPUT_NAMES = Object.keys(INPUTS) as readonly (keyof TaskInputs)[];

/** The names of the inputs that make a run this run and no other. */
export const RUN_INPUTS = INPUT_NAMES.filter((name) => INPUTS[name].effect === "re-run");
