/**
 * Tells in the terminal what this package is for, with nothing faked: the real Pulumi CLI deploys the example, a local
 * ECS really runs its tasks, and they migrate a real database. It ends by itself and leaves nothing behind; it fails
 * when anything that it says does not hold.
 */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cluster, startLocalStage, type LocalStage } from "./demo/local-stage.mts";
import { copyProject, PulumiSession } from "./demo/pulumi-session.mts";
import {
  buildFirstReleases,
  deployUnchangedAndChanged,
  destroy,
  failAndRecover,
  migrateForTheFirstTime,
} from "./demo/story.mts";
import { ensurePulumi } from "./tools/pulumi-cli.mts";
import { createIsolatedEnvironment } from "./tools/pulumi-cli/isolated-environment.mts";
import { killProcessesStartedIn, processesStartedIn } from "./tools/pulumi-cli/started-processes.mts";
import { chapter, claim, FalseClaim, say, showCommand } from "./terminal/narrator.mts";

/** How long a command may take to end in order after Ctrl-C, in milliseconds. */
const PATIENCE_MS = 10_000;

/** What has to be closed at the end, as far as it was opened. */
const open: { folder?: string; stage?: LocalStage; pulumi?: PulumiSession } = {};

async function tell(signal: AbortSignal): Promise<void> {
  const startedAt = Date.now();
  chapter("A real Pulumi CLI");
  const cli = await ensurePulumi({ log: say, signal });
  say(`Pulumi ${cli.version} in ${cli.bin}`);

  chapter("A local ECS, and two versions of a migration image");
  const folder = (open.folder = await mkdtemp(join(tmpdir(), "pulumi-ecs-task-demo-")));
  const stage = (open.stage = await startLocalStage(folder));
  say(`ECS answers at ${stage.url}, with an empty cluster "${cluster}".`);
  say();
  const aws = { AWS_ENDPOINT_URL: stage.url, AWS_REGION: stage.region };
  const env = { ...(await createIsolatedEnvironment(cli, folder)), ...aws };
  const project = join(folder, "project");
  await copyProject(project);
  const pulumi = (open.pulumi = new PulumiSession({ folder: project, env, signal }));
  const scene = { stage, pulumi, database: join(folder, "shop.sqlite") };
  const [first, second] = await buildFirstReleases(scene);
  if (first === undefined || second === undefined) throw new Error("releases 1 and 2 are missing");
  say();
  for (const [name, value] of Object.entries(aws)) showCommand(`export ${name}=${value}`);
  await pulumi.run("stack", "init", "demo");
  await pulumi.run("config", "set", "cluster", cluster);
  await pulumi.run("config", "set", "--path", "subnets[0]", "subnet-0123456789abcdef0");
  await pulumi.run("config", "set", "--path", "environment.DATABASE_PATH", scene.database);

  await migrateForTheFirstTime(scene, first);
  await deployUnchangedAndChanged(scene, second);
  await failAndRecover(scene);
  await destroy(scene);
  await close();
  claim("nothing answers at the ECS's address any more", !(await answers(stage.url)));
  claim(
    "no process and no file is left",
    !existsSync(folder) && (await processesStartedIn(folder)).length === 0,
  );
  say();
  say(`All of it was real, in ${String(Math.round((Date.now() - startedAt) / 1000))} seconds.`);
}

/** Lets a running command end in order: with its tasks stopped it soon does, and takes its plugins with it. */
function interrupt(): void {
  const { stage, pulumi } = open;
  pulumi?.interrupt("SIGINT");
  stage?.stopTasks("The demo was interrupted").catch(() => undefined);
  setTimeout(() => pulumi?.interrupt("SIGKILL"), PATIENCE_MS).unref();
}

async function close(): Promise<void> {
  const { folder, stage } = open;
  await stage?.close();
  if (folder === undefined) return;
  await killProcessesStartedIn(folder);
  await rm(folder, { recursive: true, force: true });
}

async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    () => true,
    () => false,
  );
}

/** A stack trace is for what nobody has thought of. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof FalseClaim || error instanceof Interruption
    ? error.message
    : (error.stack ?? error.message);
}

class Interruption extends Error {}

/** npm passes a signal on to a shell, which ends and leaves this process behind. */
function endWithParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.emit("SIGTERM");
  }, 500).unref();
}

async function main(): Promise<void> {
  const interruption = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(name, () => {
      // Who presses Ctrl-C twice has no patience.
      if (interruption.signal.aborted) open.pulumi?.interrupt("SIGKILL");
      else interrupt();
      interruption.abort(new Interruption("Interrupted; what had been started is ended."));
    });
  }
  if (process.env.npm_lifecycle_event !== undefined) endWithParent();
  try {
    await tell(interruption.signal);
  } catch (error) {
    await close();
    say();
    for (const line of explain(error).split("\n")) say(line);
    process.exitCode = error instanceof Interruption ? 130 : 1;
  }
}

await main();
