/** Deploys the example to a local ECS with the real CLI, and writes down what a terminal shows of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cluster, startLocalStage, type LocalStage } from "../demo/local-stage.mts";
import { copyProject, PulumiSession } from "../demo/pulumi-session.mts";
import { buildReleases } from "../demo/releases.mts";
import { ensurePulumi } from "../tools/pulumi-cli.mts";
import { createIsolatedEnvironment } from "../tools/pulumi-cli/isolated-environment.mts";
import { killProcessesStartedIn } from "../tools/pulumi-cli/started-processes.mts";
import { steadyLines } from "./steady-lines.mts";

/** What the terminal shows, with colours, of a migration that fails and then passes. */
export async function recordSession(log: (line: string) => void): Promise<string> {
  const cli = await ensurePulumi({ log });
  const folder = await mkdtemp(join(tmpdir(), "pulumi-ecs-task-capture-"));
  const stage = await startLocalStage(folder);
  try {
    const aws = { AWS_ENDPOINT_URL: stage.url, AWS_REGION: stage.region };
    const env = { ...(await createIsolatedEnvironment(cli, folder)), ...aws };
    const project = join(folder, "project");
    await copyProject(project);
    const signal = new AbortController().signal;
    const pulumi = new PulumiSession({ folder: project, env, signal });
    return await perform(stage, pulumi, join(folder, "shop.sqlite"));
  } finally {
    await stage.close();
    await killProcessesStartedIn(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function perform(stage: LocalStage, pulumi: PulumiSession, database: string): Promise<string> {
  const screen: string[] = [];
  const show = async (expected: "succeeds" | "fails", ...args: string[]): Promise<void> => {
    const { code, lines } = await pulumi.record(...args);
    if ((code === 0) !== (expected === "succeeds"))
      throw new Error(`pulumi ${args.join(" ")} was to be one that ${expected}:\n${lines.join("\n")}`);
    const command = args.filter((arg) => arg !== "--suppress-outputs").join(" ");
    screen.push(bold(`$ pulumi ${command}`), ...steadyLines(lines), "");
  };
  const [created, broken, corrected] = await releasesOf(stage);

  await pulumi.record("stack", "init", "prod");
  await pulumi.record("config", "set", "cluster", cluster);
  await pulumi.record("config", "set", "--path", "environment.DATABASE_PATH", database);
  await pulumi.record("config", "set", "--path", "subnets[0]", "subnet-0123456789abcdef0");
  await pulumi.record("config", "set", "taskDefinition", created);
  await pulumi.record("up", "--yes", "--skip-preview");

  await pulumi.record("config", "set", "taskDefinition", broken);
  screen.push(comment("# a new image, with a mistake in one of its migrations"));
  await show("succeeds", "preview", "--suppress-outputs");
  await show("fails", "up", "--yes", "--skip-preview", "--suppress-outputs");
  await pulumi.record("config", "set", "taskDefinition", corrected);
  screen.push(comment("# the next image, with the mistake corrected"));
  await show("succeeds", "up", "--yes", "--skip-preview", "--suppress-outputs");
  await show("succeeds", "stack", "output", "imageDigests");
  return `${screen.join("\n").trimEnd()}\n`;
}

/** Task definitions of a shop that exists, of a change with a mistake, and of its correction. */
async function releasesOf(stage: LocalStage): Promise<readonly [string, string, string]> {
  const definitions: string[] = [];
  for (const release of await buildReleases(stage.layout, [2, 3, 4]))
    definitions.push(await stage.register(release));
  const [created, broken, corrected] = definitions;
  if (!created || !broken || !corrected) throw new Error("releases 2, 3 and 4 are missing");
  return [created, broken, corrected];
}

function bold(text: string): string {
  return `\x1b[1m${text}\x1b[0m`;
}

function comment(text: string): string {
  return `\x1b[38;5;12m${text}\x1b[0m`;
}
