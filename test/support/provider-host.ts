import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogSeverity, type LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type * as Grpc from "@grpc/grpc-js";
import { SERIALIZED_PROVIDER } from "../../src/program/serialized";

const ofPulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
const grpc = ofPulumi("@grpc/grpc-js") as typeof Grpc;

export type Properties = Record<string, unknown>;

/** A line that the provider sent to the engine's log service. */
export interface EngineLine {
  readonly text: string;
  readonly urn: string;
  readonly ephemeral: boolean;
  readonly warning: boolean;
}

/** Whose host it is: by default the repository's own, with the Node.js that runs the tests. */
export interface HostPlace {
  /** The program's folder: the SDK and our package are looked up from there. */
  readonly folder?: string;
  readonly node?: string;
}

/** "Created, but failed to initialise", as the engine receives it. */
export class InitError extends Error {
  readonly id: string;
  readonly reasons: readonly string[];
  readonly properties: Properties;

  constructor(detail: messages.ErrorResourceInitFailed) {
    super(detail.getReasonsList().join("\n"));
    this.id = detail.getId();
    this.reasons = detail.getReasonsList();
    this.properties = detail.getProperties()?.toJavaScript() ?? {};
  }
}

/**
 * Pulumi's own dynamic-provider process with our compiled package, driven over gRPC as the engine drives it,
 * and the engine's log service for it to talk to.
 */
export class ProviderHost {
  readonly process: ChildProcess;
  readonly lines: EngineLine[];
  /** What the process wrote: nothing, unless something is wrong. */
  output = "";
  readonly #client: ResourceProviderClient;
  readonly #engine: Grpc.Server;

  private constructor(
    child: ChildProcess,
    lines: EngineLine[],
    client: ResourceProviderClient,
    engine: Grpc.Server,
  ) {
    this.process = child;
    this.lines = lines;
    this.#client = client;
    this.#engine = engine;
  }

  /** @param env - for the process; `undefined` takes a variable away. */
  static async start(
    config: Record<string, string> = {},
    env: Readonly<Record<string, string | undefined>> = {},
    { folder = process.cwd(), node = process.execPath }: HostPlace = {},
  ): Promise<ProviderHost> {
    const lines: EngineLine[] = [];
    const { engine, address } = await startEngineLog(lines);
    const script = require.resolve("@pulumi/pulumi/cmd/dynamic-provider", { paths: [folder] });
    const child = spawn(node, [script, address], {
      cwd: folder,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", ...env },
    });
    const output = createInterface({ input: child.stdout });
    const [port] = (await once(output, "line")) as [string];
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const host = new ProviderHost(child, lines, client, engine);
    output.on("line", (line) => (host.output += `${line}\n`));
    child.stderr.on("data", (data: Buffer) => (host.output += data.toString()));
    await host.#configure(config);
    return host;
  }

  async check(olds: Properties, news: Properties): Promise<{ inputs: Properties; failures: Properties[] }> {
    const request = new messages.CheckRequest();
    request.setOlds(struct(olds));
    request.setNews(struct(withProvider(news)));
    const answer = await this.#call<messages.CheckResponse>((done) => this.#client.check(request, done));
    const failures = answer.getFailuresList().map((failure) => failure.toObject());
    return { inputs: answer.getInputs()?.toJavaScript() ?? {}, failures };
  }

  async diff(
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: boolean; replaces: string[] }> {
    const request = new messages.DiffRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(withProvider(news)));
    const answer = await this.#call<messages.DiffResponse>((done) => this.#client.diff(request, done));
    const changes = answer.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME;
    return { changes, replaces: answer.getReplacesList() };
  }

  async create(inputs: Properties): Promise<{ id: string; state: Properties }> {
    const request = new messages.CreateRequest();
    request.setProperties(struct(withProvider(inputs)));
    const answer = await this.#call<messages.CreateResponse>((done) => this.#client.create(request, done));
    return { id: answer.getId(), state: answer.getProperties()?.toJavaScript() ?? {} };
  }

  async read(id: string, state: Properties): Promise<{ id: string; state: Properties }> {
    const request = new messages.ReadRequest();
    request.setId(id);
    request.setProperties(struct(withProvider(state)));
    const answer = await this.#call<messages.ReadResponse>((done) => this.#client.read(request, done));
    return { id: answer.getId(), state: answer.getProperties()?.toJavaScript() ?? {} };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const request = new messages.UpdateRequest();
    request.setId(id);
    request.setOlds(struct(olds));
    request.setNews(struct(withProvider(news)));
    const answer = await this.#call<messages.UpdateResponse>((done) => this.#client.update(request, done));
    return answer.getProperties()?.toJavaScript() ?? {};
  }

  async delete(id: string, state: Properties): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setId(id);
    request.setProperties(struct(state));
    await this.#call((done) => this.#client.delete(request, done));
  }

  /** Ends the process as the engine does at the end of a deployment. */
  async close(): Promise<void> {
    this.#client.close();
    this.#engine.forceShutdown();
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, "exit");
    this.process.kill("SIGINT");
    await exited;
  }

  async #configure(config: Record<string, string>): Promise<void> {
    const request = new messages.ConfigureRequest();
    request.setArgs(struct(config));
    await this.#call((done) => this.#client.configure(request, done));
  }

  #call<T>(send: (done: (error: Grpc.ServiceError | null, answer: T) => void) => unknown): Promise<T> {
    return new Promise((resolve, reject) => {
      send((error, answer) => {
        if (error) reject(initError(error) ?? new Error(error.details));
        else resolve(answer);
      });
    });
  }
}

async function startEngineLog(lines: EngineLine[]): Promise<{ engine: Grpc.Server; address: string }> {
  const engine = new grpc.Server();
  const log: Grpc.handleUnaryCall<LogRequest, Empty> = ({ request }, done) => {
    lines.push({
      text: request.getMessage(),
      urn: request.getUrn(),
      ephemeral: request.getEphemeral(),
      warning: request.getSeverity() === LogSeverity.WARNING,
    });
    done(null, new Empty());
  };
  engine.addService(EngineService, { log });
  const port = await new Promise<number>((resolve, reject) => {
    engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
  return { engine, address: `127.0.0.1:${port}` };
}

function initError(error: Grpc.ServiceError): InitError | undefined {
  const [packed] = error.metadata.get("grpc-status-details-bin");
  const [detail] = packed ? Status.deserializeBinary(packed as Buffer).getDetailsList() : [];
  return detail && new InitError(messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8()));
}

function withProvider(properties: Properties): Properties {
  return { __provider: SERIALIZED_PROVIDER, ...properties };
}

/** As the engine sends them: what is `undefined` is not there. */
function struct(properties: Properties): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(properties)) as Record<string, JavaScriptValue>);
}
