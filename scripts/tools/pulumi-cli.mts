/**
 * Gets a real Pulumi CLI, in this order: the one on PATH, the one cached under `$PULUMI_HOME/versions`, Pulumi's own
 * download, a build from Go modules. With `PULUMI_TEST_VERSION=newest` it is the newest one that the tests know, and
 * never that on PATH. Run by itself it prints the folder of the programs, for `PATH="$(…):$PATH"`.
 */
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { buildCli } from "./pulumi-cli/build-cli.mts";
import { canDownload, downloadCli } from "./pulumi-cli/download-cli.mts";
import { findOnPath, inspectBin, type FoundCli } from "./pulumi-cli/find-cli.mts";
import { hasGo } from "./pulumi-cli/go-command.mts";
import { installAtomically } from "./pulumi-cli/install-atomically.mts";
import { NEWEST, OLDEST_VERSION, PINNED, type WantedCli } from "./pulumi-cli/versions.mts";
import { createStatusLine } from "../terminal/status-line.mts";

export interface EnsurePulumiOptions {
  /** Takes lines for the user: what is done when the CLI has to be got first. */
  readonly log: (line: string) => void;
  /** Takes what is going on at the moment, many times a second. Default: a status line on stderr. */
  readonly onProgress?: (progress: string) => void;
  /** Stops a download or a build, leaving nothing behind. */
  readonly signal?: AbortSignal;
}

export interface PulumiCli extends FoundCli {
  /** The present environment with the CLI's folder, and that of the Node.js that runs this, first on PATH. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

export async function ensurePulumi(options: EnsurePulumiOptions): Promise<PulumiCli> {
  const cli = await findOrInstall(options);
  const path = [cli.bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  return { ...cli, env: { ...process.env, PATH: path, PULUMI_SKIP_UPDATE_CHECK: "true" } };
}

async function findOrInstall(options: EnsurePulumiOptions): Promise<FoundCli> {
  const isNewest = process.env.PULUMI_TEST_VERSION === "newest";
  const onPath = isNewest ? { problem: "that on PATH is not asked for" } : await findOnPath();
  if ("cli" in onPath) return onPath.cli;

  const wanted = isNewest ? NEWEST : PINNED;
  const root = cacheOf(wanted);
  const cached = await inspectBin(join(root, "bin"));
  if ("cli" in cached) return cached.cli;

  const problems = [onPath.problem, cached.problem, ...(await install(wanted, root, options))];
  const installed = await inspectBin(join(root, "bin"));
  if ("cli" in installed) return installed.cli;
  throw new Error(
    [
      "There is no usable Pulumi CLI and none could be got:",
      ...[...new Set([...problems, installed.problem])].map((problem) => `  - ${problem}`),
      `Install Pulumi ${OLDEST_VERSION} or newer (https://www.pulumi.com/docs/install/), or Go 1.21 or newer to have it built.`,
    ].join("\n"),
  );
}

/** Whether the newest CLI that the tests know is there, so that nothing has to be got. */
export async function hasNewest(): Promise<boolean> {
  return "cli" in (await inspectBin(join(cacheOf(NEWEST), "bin")));
}

function cacheOf({ version }: WantedCli): string {
  return join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "versions", version);
}

/** Downloads or builds into `root`, and answers what stood in the way. */
async function install(
  wanted: WantedCli,
  root: string,
  options: EnsurePulumiOptions,
): Promise<readonly string[]> {
  const { log, signal = new AbortController().signal } = options;
  const isComplete = async (): Promise<boolean> => "cli" in (await inspectBin(join(root, "bin")));
  const status = createStatusLine();
  const { onProgress = status.show } = options;
  const problems: string[] = [];
  const attempt = async (what: string, fill: (staging: string) => Promise<void>): Promise<boolean> => {
    log(`${what}, into ${root}`);
    onProgress("starting");
    try {
      await installAtomically(root, fill, isComplete);
      return true;
    } catch (error) {
      signal.throwIfAborted();
      problems.push(messageOf(error));
      return false;
    } finally {
      status.clear();
    }
  };

  if (!(await canDownload(signal))) problems.push("get.pulumi.com cannot be reached");
  else if (
    await attempt(`Downloading Pulumi ${wanted.version}`, (staging) => downloadCli(staging, wanted.version))
  )
    return problems;
  signal.throwIfAborted();
  if (!(await hasGo())) problems.push("there is no Go to build it with");
  else {
    const build = (staging: string): Promise<void> => buildCli(staging, { wanted, signal, onProgress });
    await attempt(`Building Pulumi ${wanted.version} (once, 5 to 10 minutes)`, build);
  }
  return problems;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<void> {
  const interrupt = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => {
      interrupt.abort(new Error("Interrupted; nothing was installed."));
    });
  }
  const log = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  try {
    const { bin } = await ensurePulumi({ log, signal: interrupt.signal });
    process.stdout.write(`${bin}\n`);
  } catch (error) {
    log(messageOf(error));
    process.exitCode = 1;
  }
}

if (import.meta.main) await main();
