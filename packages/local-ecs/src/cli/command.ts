import { stat } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startLocalEcs, type LocalEcs, type RuntimeKind } from "../local-ecs";
import { LiveView } from "./live-view";

/** How long closing may take. */
const LONGEST_END_MS = 8000;

const USAGE = `Usage: local-ecs [options]

Starts an ECS on this machine for AWS SDKs, the AWS CLI and Pulumi. It runs the
containers of its tasks as plain processes: they are not isolated. With
--runtime engine it runs them as real containers.

Options:
  --port N         port on 127.0.0.1 (1 to 65535); default: a free one
  --images DIR     folder that is an OCI image layout; may be given several times
  --runtime KIND   process or engine, which is docker or podman; default: process
  --docker-config FILE
                   a config.json of docker's, with credentials for registries
  --secrets DIR    folder with a file for each value that secrets refer to
  --environment-files DIR
                   folder that stands for S3: bucket/key.env
  --state DIR      folder that keeps clusters, task definitions, tasks and logs for
                   the next start; made if it is not there
  --log            in a terminal: one line per request, not the table of tasks
  --region NAME    default: us-east-1
  --account ID     12 digits; default: 123456789012
  --help           this text

In a terminal it shows a table of the tasks; elsewhere it prints one line per
request. It runs until Ctrl-C (SIGINT) or SIGTERM, then ends every container and
leaves nothing behind but what is in --state.

Exit codes:
  0  ended by SIGINT or SIGTERM
  1  could not start, or could not go on: the message says why
  2  the command line makes no sense
`;

/**
 * The command line `local-ecs`: runs a local ECS until this process is asked to end.
 *
 * @param args - what follows the name of the command.
 * @returns the exit code.
 */
export async function localEcsCommand(args: readonly string[]): Promise<number> {
  const settings = readArguments(args);
  if (typeof settings === "string") {
    process.stdout.write(settings);
    return 0;
  }
  if (settings instanceof Error) {
    process.stderr.write(`local-ecs: ${settings.message}\n\n${USAGE}`);
    return 2;
  }
  // Asked to end while it starts, it ends as soon as it has started.
  const asked = endIsAskedFor();
  for (const folder of settings.images) await mustBeFolder(folder);
  const { showsLog, ...options } = settings;
  const view = process.stdout.isTTY && !showsLog ? new LiveView(process.stdout) : undefined;
  const ecs = await startLocalEcs({
    ...options,
    log: (line) => {
      if (view === undefined) print(line);
      else view.log(line);
    },
  });
  process.stdout.write(greeting(ecs, settings.runtime));
  const endView = view?.show(ecs);
  try {
    await Promise.race([asked, ecs.ended]);
    await within(LONGEST_END_MS, ecs.close());
    await ecs.ended;
    return 0;
  } finally {
    endView?.();
  }
}

interface Settings {
  readonly port: number;
  readonly images: readonly string[];
  readonly runtime: RuntimeKind;
  readonly dockerConfig?: string;
  readonly secrets?: string;
  readonly environmentFiles?: string;
  readonly showsLog: boolean;
  readonly stateDir?: string;
  readonly region?: string;
  readonly accountId?: string;
}

/** @returns the settings, the text to print instead, or what is wrong. */
function readArguments(args: readonly string[]): Settings | string | Error {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "0" },
        images: { type: "string", multiple: true, default: [] },
        runtime: { type: "string", default: "process" },
        "docker-config": { type: "string" },
        secrets: { type: "string" },
        "environment-files": { type: "string" },
        state: { type: "string" },
        log: { type: "boolean", default: false },
        region: { type: "string" },
        account: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return USAGE;
    const port = Number(values.port);
    if (!/^\d+$/.test(values.port) || port > 65535)
      return new Error(`--port must be a number up to 65535, not ${JSON.stringify(values.port)}.`);
    const { images, runtime, secrets, state, log: showsLog, region, account } = values;
    const { "docker-config": dockerConfig, "environment-files": environmentFiles } = values;
    if (runtime !== "process" && runtime !== "engine")
      return new Error(`--runtime must be process or engine, not ${JSON.stringify(runtime)}.`);
    return {
      port,
      images,
      runtime,
      ...(dockerConfig === undefined ? {} : { dockerConfig }),
      ...(secrets === undefined ? {} : { secrets }),
      ...(environmentFiles === undefined ? {} : { environmentFiles }),
      showsLog,
      ...(state === undefined ? {} : { stateDir: state }),
      ...(region === undefined ? {} : { region }),
      ...(account === undefined ? {} : { accountId: account }),
    };
  } catch (error) {
    // The whole message of parseArgs is one sentence of what it did not understand.
    return error as Error;
  }
}

/** Whatever a container or a download does: who was asked to end ends. What is left is ended when the process exits. */
async function within(limitMs: number, closing: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Not everything ended within ${limitMs / 1000} s, and was ended by force.`));
    }, limitMs);
  });
  await Promise.race([closing, late]).finally(() => {
    clearTimeout(timer);
  });
}

async function mustBeFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw new Error(
      `--images ${folder} is no folder. Give one that is an OCI image layout, or is going to be one.`,
    );
}

function endIsAskedFor(): Promise<void> {
  return new Promise((resolve) => {
    function end(): void {
      resolve();
    }
    process.once("SIGINT", end).once("SIGTERM", end);
  });
}

/**
 * Any credentials do, but clients want some; real ones would only be in the way. boto3 and version 1 of the AWS CLI know
 * the region by its other name.
 */
function greeting({ url, region }: LocalEcs, runtime: RuntimeKind): string {
  const containers =
    runtime === "engine"
      ? "Containers run in a container engine, on this machine's network."
      : "Containers run as processes of your user, without isolation.";
  return `The local ECS listens on ${url}

  export AWS_ENDPOINT_URL_ECS=${url}
  export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${url}
  export AWS_REGION=${region}
  export AWS_DEFAULT_REGION=${region}
  export AWS_ACCESS_KEY_ID=local
  export AWS_SECRET_ACCESS_KEY=local

${containers} Ctrl-C ends it.

`;
}

function print(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}
