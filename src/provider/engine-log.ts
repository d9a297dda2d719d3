import { createRequire } from "node:module";
import { fitText } from "../text/fit-text";
import { ENGINE_LINE_MS } from "../time-limits";

/** Writes to the line of one resource in Pulumi's display. Never fails: no result depends on what is shown. */
export interface ResourceLog {
  /** Shows a text on the resource's line until the next one. */
  status(text: string): Promise<void>;
  /** Adds a text that stays, also under Diagnostics and so in a pull request's comment. */
  info(text: string): Promise<void>;
  warn(text: string): Promise<void>;
}

/** A log that shows nothing, where there is no engine. */
const silentLog: ResourceLog = {
  status: () => Promise.resolve(),
  info: () => Promise.resolve(),
  warn: () => Promise.resolve(),
};

type Severity = "INFO" | "WARNING";

/** The parts of Pulumi's generated gRPC code that are used. They are internal to `@pulumi/pulumi`, so all may be missing. */
interface EngineModules {
  readonly EngineClient: new (address: string, credentials: unknown) => EngineClient;
  readonly LogRequest: new () => LogRequest;
  readonly LogSeverity: Readonly<Record<Severity, number>>;
  readonly credentials: unknown;
}

interface EngineClient {
  log(request: LogRequest, options: { deadline: number }, done: (error: unknown) => void): void;
}

interface LogRequest {
  setSeverity(severity: number): void;
  setMessage(message: string): void;
  setUrn(urn: string): void;
  setEphemeral(ephemeral: boolean): void;
}

/**
 * The log of a resource, over the engine's own log service.
 *
 * Source: observed with engine 3.258, whose address Pulumi's dynamic-provider host gets as its first argument;
 * `proto/pulumi/engine.proto` in pulumi/pulumi.
 *
 * @param engineAddress - `host:port`; anything else means that there is no engine.
 */
export function resourceLog(engineAddress: string | undefined, urn: string | undefined): ResourceLog {
  if (!urn || !engineAddress || !/^[^\s/]+:\d+$/.test(engineAddress)) return silentLog;
  const send = (text: string, severity: Severity, ephemeral: boolean) =>
    sendToEngine(engineAddress, { text, urn, severity, ephemeral }).catch(() => undefined);
  return {
    status: (text) => send(text, "INFO", true),
    info: (text) => send(text, "INFO", false),
    warn: (text) => send(text, "WARNING", false),
  };
}

interface Line {
  readonly text: string;
  readonly urn: string;
  readonly severity: Severity;
  readonly ephemeral: boolean;
}

let engine: { address: string; modules: EngineModules; client: EngineClient } | undefined;

async function sendToEngine(address: string, line: Line): Promise<void> {
  if (engine?.address !== address) {
    const modules = loadEngineModules();
    engine = { address, modules, client: new modules.EngineClient(address, modules.credentials) };
  }
  const { modules, client } = engine;
  const request = new modules.LogRequest();
  request.setSeverity(modules.LogSeverity[line.severity]);
  request.setMessage(fitText(line.text));
  request.setUrn(line.urn);
  request.setEphemeral(line.ephemeral);
  await new Promise<void>((resolve, reject) => {
    client.log(request, { deadline: Date.now() + ENGINE_LINE_MS }, (error) => {
      if (error) reject(new Error("the engine did not take the line", { cause: error }));
      else resolve();
    });
  });
}

function loadEngineModules(): EngineModules {
  // gRPC is Pulumi's dependency, not ours: it is found from where Pulumi is.
  const ofPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { EngineClient } = ofPulumi("./proto/engine_grpc_pb") as Pick<EngineModules, "EngineClient">;
  const { LogRequest, LogSeverity } = ofPulumi("./proto/engine_pb") as Omit<EngineModules, "credentials">;
  const grpc = ofPulumi("@grpc/grpc-js") as { credentials: { createInsecure(): unknown } };
  return { EngineClient, LogRequest, LogSeverity, credentials: grpc.credentials.createInsecure() };
}
