import { parseArgs } from "node:util";
import type { RuntimeKind } from "../api/index";

/** What a command line asks for. */
export interface Settings {
  readonly port: number;
  readonly images: readonly string[];
  readonly runtime: RuntimeKind;
  readonly dockerConfig?: string;
  readonly secrets?: string;
  readonly environmentFiles?: string;
  readonly stateDir?: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly phaseMs: Readonly<Record<string, number>>;
}

/** What is shown of what happens. */
export interface Shown {
  readonly requests: boolean;
  readonly logs: boolean;
}

/** A command line that was understood. */
export type Asked =
  | { readonly kind: "help" | "version" }
  | {
      readonly kind: "start";
      readonly settings: Settings;
      readonly shown: Shown;
      /** The command to run, and its arguments; empty: none. */
      readonly command: readonly string[];
    }
  | { readonly kind: "wrong"; readonly why: string };

/** Understands a command line: what stands behind `--` is a command of its own. */
export function readArguments(args: readonly string[]): Asked {
  const end = args.indexOf("--");
  const [own, command] = end === -1 ? [args, undefined] : [args.slice(0, end), args.slice(end + 1)];
  if (command?.length === 0) return wrong("-- must be followed by a command, such as `-- pulumi up`.");
  try {
    return asked(parsed(own), command ?? []);
  } catch (error) {
    // The whole message of parseArgs is one sentence of what it did not understand.
    return wrong((error as Error).message);
  }
}

type Values = ReturnType<typeof parsed>;

function parsed(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "0" },
      images: { type: "string", multiple: true, default: [] },
      runtime: { type: "string", default: "process" },
      "docker-config": { type: "string" },
      secrets: { type: "string" },
      "environment-files": { type: "string" },
      state: { type: "string" },
      phase: { type: "string", multiple: true, default: [] },
      requests: { type: "boolean", default: false },
      logs: { type: "boolean", default: false },
      region: { type: "string" },
      account: { type: "string" },
      version: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;
}

function asked(values: Values, command: readonly string[]): Asked {
  if (values.help) return { kind: "help" };
  if (values.version) return { kind: "version" };
  const { images, runtime, requests, logs } = values;
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65535)
    return wrong(`--port must be a number up to 65535, not ${JSON.stringify(values.port)}.`);
  if (runtime !== "process" && runtime !== "engine")
    return wrong(`--runtime must be process or engine, not ${JSON.stringify(runtime)}.`);
  const phases = values.phase.map((phase) => /^([A-Z]+)=(\d+(?:\.\d+)?)$/.exec(phase));
  if (phases.includes(null)) return wrong("--phase must be a status and seconds, like DEPROVISIONING=12.9.");
  const phaseMs = Object.fromEntries(phases.map((found) => [found?.[1] ?? "", Number(found?.[2]) * 1000]));
  const given = {
    dockerConfig: values["docker-config"],
    secrets: values.secrets,
    environmentFiles: values["environment-files"],
    stateDir: values.state,
    region: values.region,
    accountId: values.account,
  };
  return {
    kind: "start",
    settings: { port, images, runtime, phaseMs, ...withoutAbsent(given) },
    shown: { requests, logs },
    command,
  };
}

function withoutAbsent<T extends Record<string, string | undefined>>(
  members: T,
): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string;
  };
}

function wrong(why: string): Asked {
  return { kind: "wrong", why };
}
