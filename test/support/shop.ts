import { startLab, type Lab } from "../local/support/lab";
import { PulumiProject } from "./pulumi-project";

/** What the container of the migration runs: its command says how it goes, as in `migrations.ts`. */
const MIGRATION = `
  import { existsSync } from "node:fs";
  const [how, what] = process.argv.slice(2);
  console.log("migrating", process.env.DATABASE_URL ?? "nothing");
  if (how === "exit") process.exit(Number(what));
  setInterval(() => { if (how === "wait" && existsSync(what)) process.exit(0); }, 20);
`;

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
    revise,
    async close() {
      await project.close();
      await lab.close();
    },
  };
}

/** What the CLI shows of one resource, line by line, without what differs from run to run. */
export function linesOf(output: string, resource: string): string[] {
  return output.split("\n").filter((line) => line.includes(` ${resource} `));
}
