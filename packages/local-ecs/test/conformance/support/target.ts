import { startAws } from "./aws";
import { startLocal } from "./local";
import { startMoto } from "./moto";
import type { ECSClient, RunTaskCommandInput } from "@aws-sdk/client-ecs";

/** An implementation of the ECS API that the suite can run against. */
export interface Target {
  readonly ecs: ECSClient;
  /** How a Fargate task is launched there. */
  readonly fargate: Pick<RunTaskCommandInput, "launchType" | "networkConfiguration">;
  /** The identity document of a machine that can be registered as container instance. */
  newMachine(): Promise<string>;
  close(): Promise<void>;
}

const targets = { local: startLocal, moto: startMoto, aws: startAws };
export type TargetName = keyof typeof targets;

/** Chosen by the environment variable TARGET. */
export const targetName = nameOf(process.env.TARGET ?? "local");

let started: Promise<Target> | undefined;

/** The same one for all cases of a run. */
export const startTarget = (): Promise<Target> => (started ??= targets[targetName]());

after(async () => {
  await (await started)?.close();
});

function nameOf(given: string): TargetName {
  if (given in targets) return given as TargetName;
  throw new Error(`TARGET must be one of ${Object.keys(targets).join(", ")}, not ${given}.`);
}
