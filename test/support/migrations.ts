import { setImmediate } from "node:timers/promises";
import { ListTasksCommand } from "@aws-sdk/client-ecs";
import { startLab, type Lab } from "../local/support/lab";
import { InitError, ProviderHost, type Properties } from "./provider-host";

export const URN = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/ecs:Task::migrate";

/**
 * A migration for tests: its first argument says how it goes, `exit <code>`, `run` until it is stopped, or
 * `wait <file>` until the file is there.
 */
const PROGRAM = `
  import { existsSync } from "node:fs";
  const [how, what] = process.argv.slice(2);
  console.log("migrating", process.env.DATABASE_URL ?? "nothing");
  if (how === "exit") process.exit(Number(what));
  setInterval(() => { if (how === "wait" && existsSync(what)) process.exit(0); }, 20);
`;

/** Pulumi's host with our provider, a local ECS, and a migration that does what it is told. */
export interface Migrations {
  readonly lab: Lab;
  readonly host: ProviderHost;
  readonly digest: string;
  readonly taskDefinition: string;
  /** Waits until a task runs. @returns its ARN. */
  running(): Promise<string>;
  /** The inputs of a migration whose command is these words. */
  inputs(command: readonly string[], others?: Properties): Properties;
}

export async function startMigrations(): Promise<Migrations> {
  const lab = await startLab();
  const endpoints = JSON.stringify([{ ecs: lab.local.url, logs: lab.local.url }]);
  const host = await ProviderHost.start({ "aws:region": lab.local.region, "aws:endpoints": endpoints });
  const config = { WorkingDir: "/app", Entrypoint: ["node", "main.mjs"] };
  const { digest } = await lab.image("shop/migrate:1", { "app/main.mjs": PROGRAM }, config);
  const logOptions = {
    "awslogs-group": "/shop",
    "awslogs-region": lab.local.region,
    "awslogs-stream-prefix": "ecs",
  };
  const logConfiguration = { logDriver: "awslogs" as const, options: logOptions };
  const taskDefinition = await lab.define([
    { name: "app", image: "shop/migrate:1", logConfiguration, stopTimeout: 2 },
  ]);
  return {
    lab,
    host,
    digest,
    taskDefinition,
    async running() {
      for (;;) {
        const { taskArns } = await lab.ecs.send(new ListTasksCommand({}));
        const [taskArn] = taskArns ?? [];
        if (taskArn) {
          await lab.until(taskArn, (task) => task.lastStatus === "RUNNING");
          return taskArn;
        }
        await setImmediate();
      }
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
