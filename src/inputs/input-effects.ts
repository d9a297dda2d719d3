import type { TaskInputs } from "./task-inputs";

/** What a change of an input leads to: a new run, another judgement of the recorded one, or only other behaviour from here on. */
export type Effect = "re-run" | "judge" | "update" | "none";

/** By input, what a change of it leads to. */
export const EFFECTS: Readonly<Record<keyof TaskInputs, Effect>> = {
  taskDefinition: "re-run",
  cluster: "re-run",
  launchType: "re-run",
  capacityProviderStrategies: "re-run",
  networkConfiguration: "re-run",
  overrides: "re-run",
  count: "re-run",
  platformVersion: "re-run",
  placementConstraints: "re-run",
  orderedPlacementStrategies: "re-run",
  group: "re-run",
  referenceId: "re-run",
  volumeConfiguration: "re-run",
  containerInstances: "re-run",
  expectedImageDigests: "re-run",
  triggers: "re-run",
  idempotencyKey: "re-run",
  successContainers: "judge",
  successExitCodes: "judge",
  propagateTags: "update",
  enableEcsManagedTags: "update",
  enableExecuteCommand: "update",
  tags: "update",
  startedBy: "update",
  waitFor: "update",
  timeoutSeconds: "update",
  startTimeoutSeconds: "update",
  onTimeout: "update",
  showLogs: "update",
  capacityRetrySeconds: "update",
  region: "update",
  profile: "update",
  assumeRole: "update",
  endpoint: "update",
  resourceUrn: "none",
};

/** The names of all inputs. */
export const INPUT_NAMES = Object.keys(EFFECTS) as readonly (keyof TaskInputs)[];

/** The names of the inputs that make a run this run and no other. */
export const RUN_INPUTS = INPUT_NAMES.filter((name) => EFFECTS[name] === "re-run");
