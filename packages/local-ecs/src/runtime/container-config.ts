import { constants } from "node:os";
import type { ImageConfig } from "../images/oci-content";
import type { ContainerSpec } from "./container-runtime";

export interface ContainerConfig {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute, in the image. */
  readonly workingDirectory: string;
  readonly stopSignal: NodeJS.Signals;
}

type CombinedMember = "entryPoint" | "command" | "environment" | "workingDirectory";

/**
 * What the task asks for, completed by the image, as `docker create` does it: an entry point of one's own also drops
 * the image's command. An empty list counts as absent.
 * @see https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact (read 2026-11)
 */
export function combineWithImage(
  spec: Pick<ContainerSpec, CombinedMember>,
  image: ImageConfig,
): ContainerConfig {
  const ownEntryPoint = unlessEmpty(spec.entryPoint);
  const entryPoint = ownEntryPoint ?? image.Entrypoint ?? [];
  const command = unlessEmpty(spec.command) ?? (ownEntryPoint === undefined ? (image.Cmd ?? []) : []);
  return {
    argv: [...entryPoint, ...command],
    environment: { ...Object.fromEntries((image.Env ?? []).map(splitVariable)), ...spec.environment },
    workingDirectory:
      spec.workingDirectory ?? (image.WorkingDir === "" ? undefined : image.WorkingDir) ?? "/",
    stopSignal: signalOf(image.StopSignal),
  };
}

function unlessEmpty(given: readonly string[] | undefined): readonly string[] | undefined {
  return given === undefined || given.length === 0 ? undefined : given;
}

/** Images name a signal with or without SIG, or by its number. One that is unknown here counts as none. */
function signalOf(given = "SIGTERM"): NodeJS.Signals {
  const name = given.toUpperCase().replace(/^(?!SIG)/, "SIG");
  const signals = Object.entries(constants.signals) as [NodeJS.Signals, number][];
  const [signal] = signals.find(([known, number]) => known === name || String(number) === given) ?? [];
  return signal ?? "SIGTERM";
}

function splitVariable(variable: string): readonly [string, string] {
  const at = variable.indexOf("=");
  return at === -1 ? [variable, ""] : [variable.slice(0, at), variable.slice(at + 1)];
}
