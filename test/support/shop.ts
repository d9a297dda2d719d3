import type { Task } from "@aws-sdk/client-ecs";
import { startLab, type Lab } from "./lab";
import { MIGRATION } from "./migration";
import { PulumiProject } from "./pulumi-project";

/** A program with a migration and a resource that depends on it; stack config says what it does. */
const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const config = new pulumi.Config();
  const environment = { MODE: config.require("mode") };
  if (config.get("databaseUrl")) environment.DATABASE_URL = config.requireSecret("databaseUrl");
  const options = config.getObject("options") ?? {};
  const migrate = new EcsTask("migrate", {
    taskDefinition: config.require("taskDefinition"),
    overrides: { containerOverrides: [{ name: "app", command: config.requireObject("command"), environment }] },
    ...options,
  });
  new EcsTask("after", { taskDefinition: config.require("taskDefinition"), waitFor: "NONE" }, { dependsOn: migrate });
  exports.ran = migrate.imageDigests;
  exports.outcome = migrate.outcome;
  exports.taskArn = migrate.taskArn;
`;

/** A stack whose migration runs on a local ECS, driven by the real CLI. */
export interface Shop {
  readonly lab: Lab;
  readonly project: PulumiProject;
  readonly digest: string;
  /** The tasks of the migration, all that ECS knows, oldest first. */
  migrations(): readonly Task[];
  /** Registers another revision of the task definition. @returns `app:<revision>`. */
  revise(): Promise<string>;
  close(): Promise<void>;
}

export async function openShop(
  config: Readonly<Record<string, string>>,
  secrets: Readonly<Record<string, string>> = {},
  program = PROGRAM,
): Promise<Shop> {
  const lab = await startLab();
  const image = { WorkingDir: "/app", Entrypoint: ["node", "main.mjs"] };
  const { digest } = await lab.image("shop/migrate:1", { "app/main.mjs": MIGRATION }, image);
  const options = {
    "awslogs-group": "/shop",
    "awslogs-region": lab.local.region,
    "awslogs-stream-prefix": "ecs",
  };
  const logConfiguration = { logDriver: "awslogs" as const, options };
  const revise = async () => {
    const arn = await lab.define([
      { name: "app", image: "shop/migrate:1", logConfiguration, stopTimeout: 2 },
    ]);
    return arn.slice(arn.lastIndexOf("/") + 1);
  };
  const project = await PulumiProject.create({
    program,
    config: {
      "aws:region": lab.local.region,
      "aws:endpoints": JSON.stringify([{ ecs: lab.local.url, logs: lab.local.url }]),
      taskDefinition: await revise(),
      mode: "fast",
      ...config,
    },
    secrets,
    env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" },
  });
  return {
    lab,
    project,
    digest,
    // Those of the resource after it have no command.
    migrations: () =>
      lab.local.tasks
        .all()
        .filter((task) => task.overrides?.containerOverrides?.some(({ command }) => command)),
    revise,
    async close() {
      await project.close();
      await lab.close();
    },
  };
}

/** The lines that the CLI shows of one resource. */
export function linesOf(output: string, resource: string): string[] {
  return output.split("\n").filter((line) => line.includes(` ${resource} `));
}
