import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { startLocalEcs, type FoundImage, type LocalEcs, type LocalEcsOptions } from "../api/index";
import { clientEnvironment, commandEnvironment } from "./client-environment";
import { LiveView } from "./live-view";
import { within } from "../time/within";
import { containerLine } from "./container-line";
import { runCommand } from "./run-command";
import { readArguments, type Asked, type Settings, type Shown } from "./settings";
import { USAGE } from "./usage";

/** How long closing may take. */
const LONGEST_END_MS = 8000;

/** How many images are named at the start. */
const MOST_IMAGES = 6;

/**
 * The command line `local-ecs`: runs a local ECS until this process is asked to end, or a command with it.
 *
 * @param args - what follows the name of the command.
 * @returns the exit code.
 */
export async function localEcsCommand(args: readonly string[]): Promise<number> {
  const asked = readArguments(args);
  switch (asked.kind) {
    case "help":
      process.stdout.write(USAGE);
      return 0;
    case "version":
      process.stdout.write(`${version()}\n`);
      return 0;
    case "wrong":
      process.stderr.write(`local-ecs: ${asked.why}\nAll options: local-ecs --help\n`);
      return 2;
    case "start":
      return asked.command.length > 0 ? withCommand(asked) : untilAsked(asked);
  }
}

type Start = Extract<Asked, { kind: "start" }>;

/** The command's output is its own: ours goes beside it, and only what was asked for. */
async function withCommand({ settings, shown, command }: Start): Promise<number> {
  const ecs = await start(settings, {
    ...(shown.requests ? { log: printTo(process.stderr) } : {}),
    ...containerLinesTo(process.stderr, shown),
  });
  const exitCode = await Promise.race([
    runCommand(command, commandEnvironment(ecs, process.env)),
    // It only ends by itself when it fails.
    ecs.ended.then(() => 1),
  ]);
  await end(ecs);
  return exitCode;
}

async function untilAsked({ settings, shown }: Start): Promise<number> {
  // Asked to end while it starts, it ends as soon as it has started.
  const asked = endIsAskedFor();
  const isTable = process.stdout.isTTY && !shown.requests && !shown.logs;
  const view = isTable ? new LiveView(process.stdout) : undefined;
  const log = view ? view.log.bind(view) : printTo(process.stdout);
  const ecs = await start(settings, {
    ...(shown.requests || !shown.logs ? { log } : {}),
    ...containerLinesTo(process.stdout, shown),
  });
  const text = `${greeting(ecs, settings)}${imageLines(await ecs.images())}`;
  process.stdout.write(text);
  const endView = view?.show(ecs, text.split("\n").length);
  try {
    await Promise.race([asked, ecs.ended]);
    await end(ecs);
    return 0;
  } finally {
    endView?.();
  }
}

type Listeners = Pick<LocalEcsOptions, "log" | "onContainerLine">;

async function start(settings: Settings, listeners: Listeners): Promise<LocalEcs> {
  for (const place of settings.images) await mustBeThere(place);
  return startLocalEcs({ ...settings, ...listeners });
}

function containerLinesTo(stream: NodeJS.WritableStream, { logs }: Shown): Listeners {
  return logs ? { onContainerLine: (line) => stream.write(`${containerLine(line)}\n`) } : {};
}

/**
 * Whatever a container or a download does: who was asked to end ends. What is left is ended when the process exits.
 * @throws Error when it had to end by itself, or not everything ended in time.
 */
async function end(ecs: LocalEcs): Promise<void> {
  const tooLate = `Not everything ended within ${LONGEST_END_MS / 1000} s, and was ended by force.`;
  await within(LONGEST_END_MS, ecs.close(), tooLate);
  await ecs.ended;
}

async function mustBeThere(place: string): Promise<void> {
  await stat(place).catch((error: unknown) => {
    throw new Error(
      `--images ${place} is not there. Give an OCI image layout, an archive of images, or a folder for both.`,
      { cause: error },
    );
  });
}

function endIsAskedFor(): Promise<void> {
  return new Promise((resolve) => {
    function end(): void {
      resolve();
    }
    process.once("SIGINT", end).once("SIGTERM", end);
  });
}

function greeting(ecs: LocalEcs, { runtime }: Settings): string {
  const containers =
    runtime === "engine"
      ? "Containers run in a container engine, on this machine's network."
      : "Containers run as processes of your user, without isolation.";
  const exports = Object.entries(clientEnvironment(ecs)).map(([name, value]) => `  export ${name}=${value}`);
  return `The local ECS listens on ${ecs.url}

${exports.join("\n")}

${containers} Ctrl-C ends it.

`;
}

/** What was found where images are, so that nobody wonders why one is not. */
function imageLines(images: readonly FoundImage[]): string {
  if (images.length === 0) return "";
  const lines = images
    .slice(0, MOST_IMAGES)
    .map(
      ({ reference = "(no name)", digest, place }) => `  ${reference}  ${digest.slice(0, 19)}  ${place}\n`,
    );
  const more = images.length > MOST_IMAGES ? `  and ${images.length - MOST_IMAGES} more\n` : "";
  return `Images:\n${lines.join("")}${more}\n`;
}

function version(): string {
  const text = readFileSync(join(__dirname, "..", "..", "package.json"), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

function printTo(stream: NodeJS.WritableStream): (line: string) => void {
  return (line) => stream.write(`${new Date().toISOString()} ${line}\n`);
}
