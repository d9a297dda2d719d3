import { once } from "node:events";
import { ListTasksCommand, type ContainerDefinition } from "@aws-sdk/client-ecs";
import type { LocalEcsOptions } from "local-ecs";
import { isRunning, startLab, type Lab } from "./lab";
import { eventually } from "./eventually";
import { MIGRATION } from "./migration";
import { InitError, ProviderHost, type Properties } from "./provider-host";

export const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/ecs:Task::migrate";

/** Pulumi's host with our provider, a local ECS, and a migration that does what it is told. */
export interface Migrations {
  readonly lab: Lab;
  /** After a `crash` another one than before. */
  readonly host: ProviderHost;
  readonly digest: string;
  readonly taskDefinition: string;
  /** Its container, for a task definition of another kind. */
  readonly container: ContainerDefinition;
  /** Kills the host without a warning, and starts another. What it was doing is lost, as when `up` dies. */
  crash(): Promise<void>;
  /** Waits until all faults that were planned have happened. */
  faultsHappened(): Promise<void>;
  /** Waits until a task runs. @returns its ARN. */
  running(): Promise<string>;
  /** The inputs of a migration whose command is these words. */
  inputs(command: readonly string[], others?: Properties): Properties;
}

export async function startMigrations(options: LocalEcsOptions = {}): Promise<Migrations> {
  const lab = await startLab(options);
  const endpoints = JSON.stringify([{ ecs: lab.local.url, logs: lab.local.url }]);
  const stackConfig = { "aws:region": lab.local.region, "aws:endpoints": endpoints };
  let host = await ProviderHost.start(stackConfig);
  const config = { WorkingDir: "/app", Entrypoint: ["node", "main.mjs"] };
  const { digest } = await lab.image("shop/migrate:1", { "app/main.mjs": MIGRATION }, config);
  const logOptions = {
    "awslogs-group": "/shop",
    "awslogs-region": lab.local.region,
    "awslogs-stream-prefix": "ecs",
  };
  const logConfiguration = { logDriver: "awslogs" as const, options: logOptions };
  const container = { name: "app", image: "shop/migrate:1", logConfiguration, stopTimeout: 2 };
  const taskDefinition = await lab.define([container]);
  return {
    lab,
    get host() {
      return host;
    },
    digest,
    taskDefinition,
    container,
    async crash() {
      const exited = once(host.process, "exit");
      host.process.kill("SIGKILL");
      await exited;
      await host.close();
      host = await ProviderHost.start(stackConfig);
    },
    faultsHappened: () => eventually(() => Object.keys(lab.local.faults.pending()).length === 0),
    async running() {
      let taskArn: string | undefined;
      await eventually(async () => {
        const { taskArns } = await lab.ecs.send(new ListTasksCommand({}));
        taskArn = taskArns?.[0];
        return taskArn !== undefined;
      });
      await lab.until(taskArn!, isRunning);
      return taskArn!;
    },
    inputs: (command, others = {}) => ({
      taskDefinition,
      overrides: { containerOverrides: [{ name: "app", command }] },
      resourceUrn: URN,
      ...others,
    }),
  };
}

export async function stopMigrations({ lab, host }: Migrations): Promise<void> {
  await host.close();
  await lab.close();
}

/** The init error that a call ends with. */
export async function initErrorOf(failing: Promise<unknown>): Promise<InitError> {
  const error: unknown = await failing.then(
    () => new Error("nothing failed"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof InitError)) throw error;
  return error;
}
