import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsError } from "./aws-error";
import type { Backend, Verb } from "./verb";

/** Larger than any request the API allows: a task definition has at most 64 KiB. */
const maxBodyBytes = 4 * 1024 * 1024;

export interface HttpServerOptions {
  readonly port: number;
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly backend: Backend;
  /** Gets one line per request: verb, status, duration. Never what was sent or answered. */
  readonly log: (line: string) => void;
}

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Speaks AWS JSON 1.1 on the loopback interface: POST /, `x-amz-target: <service>.<verb>`.
 * Signatures are not verified. @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((request, response) => {
    answer(request, options).then(
      ({ status, body }) => {
        send(response, status, body);
      },
      () => response.destroy(),
    );
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

async function answer(request: IncomingMessage, { verbs, backend, log }: HttpServerOptions): Promise<Answer> {
  const startedMs = performance.now();
  const target = request.headers["x-amz-target"];
  const name = typeof target === "string" ? target : "(no x-amz-target)";
  const finish = (status: number, body: object, note = ""): Answer => {
    log(`${name.split(".").at(-1) ?? name} ${status} ${Math.round(performance.now() - startedMs)} ms${note}`);
    return { status, body };
  };
  try {
    const body = await readBody(request);
    if (!isLoopbackHost(request.headers.host))
      throw new AwsError("AccessDeniedException", "The local ECS answers on 127.0.0.1 and localhost only.");
    const verb = verbs.get(name);
    if (request.method !== "POST" || verb === undefined)
      return finish(
        400,
        { __type: "UnknownOperationException" },
        `: the local ECS does not know ${JSON.stringify(name)}`,
      );
    return finish(200, verb.handle(parse(body), backend));
  } catch (error) {
    if (error instanceof AwsError)
      return finish(
        error.status,
        { __type: error.code, message: error.message, ...error.members },
        ` ${error.code}`,
      );
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return finish(
      500,
      { __type: "ServerException", message: "The local ECS failed: see its log." },
      ` ${cause}`,
    );
  }
}

/** This server runs commands: a web page that points a host name of its own at 127.0.0.1 must not reach it. */
function isLoopbackHost(host = ""): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBodyBytes) chunks.push(chunk);
  }
  if (bytes > maxBodyBytes) throw new AwsError("SerializationException", "The request is too large.");
  return Buffer.concat(chunks).toString("utf8");
}

function parse(body: string): unknown {
  try {
    return body === "" ? {} : JSON.parse(body);
  } catch {
    throw new AwsError("SerializationException", "The request is not valid JSON.");
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    "content-type": "application/x-amz-json-1.1",
    "x-amzn-RequestId": randomUUID(),
  });
  response.end(encodeAwsJson(body));
}

/** AWS JSON writes a point in time as seconds since 1970, with milliseconds as fraction. */
export function encodeAwsJson(body: object): string {
  return JSON.stringify(body, function (this: Record<string, unknown>, key: string, value: unknown) {
    const raw = this[key];
    return raw instanceof Date ? raw.getTime() / 1000 : value;
  });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken =
        error.code === "EADDRINUSE"
          ? `Port ${port} of 127.0.0.1 is in use: choose another one.`
          : error.message;
      reject(new Error(`The local ECS cannot listen. ${taken}`, { cause: error }));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
