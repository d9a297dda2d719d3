import { StopTaskCommand } from "@aws-sdk/client-ecs";
import { hasStopped } from "./lab";
import { openShop, type Shop } from "./shop";

const HOUR_MS = 60 * 60_000;

/** What a release's state is kept of: a run of each kind of end, by the same program in every release. */
const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const config = new pulumi.Config();
  const run = (name, command, options, environment) =>
    new EcsTask(name, {
      taskDefinition: config.require("taskDefinition"),
      overrides: { containerOverrides: [{ name: "app", command, environment }] },
      ...options,
    });
  run("succeeded", ["exit", "0"], { tags: { team: "shop" }, triggers: [config.get("trigger") ?? "1"] });
  run("secret", ["exit", "0"], {}, { DATABASE_URL: config.requireSecret("databaseUrl") });
  run("several", ["exit", "0"], { count: 2 });
  run("started", ["run"], { waitFor: "RUNNING" });
  run("failed", ["exit", "3"]);
  run("left-running", ["run"], { timeoutSeconds: 2 });
  run("unknown", ["run"], { timeoutSeconds: config.requireNumber("timeout") });
`;

/** The value of a variable whose input is a secret. */
export const SECRET = "postgres://admin:hunter2-hunter2@db";

/** A stack of this program, with nothing in it. */
export function openStoredRuns(timeout = 60): Promise<Shop> {
  return openShop({ timeout: String(timeout) }, { databaseUrl: SECRET }, PROGRAM);
}

/** The state of the stack after runs of each kind, as the CLI exports it, its secrets encrypted. */
export async function recordStoredRuns(): Promise<string> {
  const shop = await openStoredRuns(2);
  try {
    const { lab, project } = shop;
    await project.up("--skip-preview", "--continue-on-error");
    const unknown = await project.resource("unknown");
    const task = String(unknown?.outputs?.taskArn);
    await lab.ecs.send(new StopTaskCommand({ task }));
    await lab.until(task, hasStopped);
    lab.local.advanceClock(2 * HOUR_MS);
    await project.setConfig("timeout", "60");
    await project.up("--skip-preview", "--target", String(unknown?.urn));
    const { stdout } = await project.start("stack", "export", "--stack", "test").result;
    return withoutPlaces(stdout);
  } finally {
    await shop.close();
  }
}

/** Without where the program stood on this machine, which the CLI writes. */
function withoutPlaces(state: string): string {
  const isPlace = (name: string) => name === "sourcePosition" || name === "stackTrace";
  return `${JSON.stringify(
    JSON.parse(state, (name, value: unknown) => (isPlace(name) ? undefined : value)),
    null,
    2,
  )}\n`;
}
