import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../time/clock";
import { errorAnswer, type Answer } from "./answer";
import { AwsError } from "./aws-error";
import type { Operation } from "../operations/operation";

/** Paths of the local ECS's own. AWS has none but `/`. */
const CONTROL_PATH = "/_local/";

/** Larger than any request the API allows: a task definition has at most 64 KiB. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** Nobody is there any more to be answered. */
const GONE: Answer = { kind: "cut", note: "the client has gone" };

/** How long a client that sends too much has to read the answer. */
const LINGER_MS = 500;

/** How long each byte of an answer that drips is waited for. */
const DRIP_MS = 1000;

export interface HttpServerOptions {
  readonly port: number;
  readonly operations: ReadonlyMap<string, Operation>;
  /** Calls an operation with what a client sent. */
  readonly call: (operation: Operation, request: unknown) => Promise<Answer>;
  /** Answers what is asked of the local ECS itself. */
  readonly control: (method: string, path: string, request: unknown) => Answer;
  readonly clock: Clock;
  /** Ends what is left open on purpose. */
  readonly signal: AbortSignal;
  /** Gets one line per request: operation, status, duration. Never what was sent or answered. */
  readonly log: (line: string) => void;
}

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Speaks AWS JSON 1.1 on the loopback interface: POST /, `x-amz-target: <service>.<operation>`.
 * Signatures are not verified. @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((request, response) => {
    answer(request, options)
      .then((found) => {
        if (!request.complete) endSoon(request, response);
        return send(response, found, options);
      })
      .catch(() => response.destroy());
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

async function answer(request: IncomingMessage, options: HttpServerOptions): Promise<Answer> {
  const startedMs = performance.now();
  const found = await route(request, options).catch((error: unknown) =>
    request.destroyed && !request.complete ? GONE : errorAnswer(error),
  );
  const outcome = "status" in found ? found.status : "-";
  const note = found.note === undefined ? "" : ` ${found.note}`;
  options.log(`${nameOf(request)} ${outcome} ${Math.round(performance.now() - startedMs)} ms${note}`);
  return found;
}

async function route(
  request: IncomingMessage,
  { operations, call, control }: HttpServerOptions,
): Promise<Answer> {
  const body = await readBody(request);
  if (!isLoopbackHost(request.headers.host))
    throw new AwsError("AccessDeniedException", "The local ECS answers on 127.0.0.1 and localhost only.");
  const { method = "", url = "/", headers } = request;
  // A web page may send to 127.0.0.1 what needs no permission; browsers say who asks.
  const isControl = url.startsWith(CONTROL_PATH);
  if (headers.origin !== undefined && (isControl || !isLoopbackOrigin(headers.origin)))
    throw new AwsError("AccessDeniedException", "The local ECS does not do what web pages ask for.");
  if (isControl) return control(method, url, parse(body));
  const target = targetOf(request);
  const operation = operations.get(target);
  if (method === "POST" && operation !== undefined) return call(operation, parse(body));
  const note = `UnknownOperationException: the local ECS does not know ${JSON.stringify(target)}`;
  const message = `The local ECS does not know the operation ${nameOf(request)}.`;
  return { kind: "json", status: 400, body: { __type: "UnknownOperationException", message }, note };
}

function targetOf({ headers }: IncomingMessage): string {
  const target = headers["x-amz-target"];
  return typeof target === "string" ? target : "(no x-amz-target)";
}

/** What the log calls a request. */
function nameOf(request: IncomingMessage): string {
  const { method = "", url = "/" } = request;
  if (url.startsWith(CONTROL_PATH)) return `${method} ${url}`;
  const target = targetOf(request);
  return target.split(".").at(-1) ?? target;
}

/** This server runs commands: a web page that points a host name of its own at 127.0.0.1 must not reach it. */
function isLoopbackHost(host = ""): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host);
}

/** The client may still be sending: a connection that ended at once would take the answer with it. */
function endSoon(request: IncomingMessage, response: ServerResponse): void {
  response.once("finish", () => {
    setTimeout(() => request.socket.destroy(), LINGER_MS).unref();
  });
}

function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).host);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Not read to its end: it may have none.
    if (bytes > MAX_BODY_BYTES) throw new AwsError("SerializationException", "The request is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parse(body: string): unknown {
  try {
    return body === "" ? {} : JSON.parse(body);
  } catch {
    throw new AwsError("SerializationException", "The request is not valid JSON.");
  }
}

async function send(response: ServerResponse, answer: Answer, options: HttpServerOptions): Promise<void> {
  if (answer.kind === "cut") {
    response.destroy();
    return;
  }
  if (answer.kind === "silence") {
    leaveOpen(response, options.signal);
    return;
  }
  const [type, text] =
    answer.kind === "json"
      ? ["application/x-amz-json-1.1", encodeAwsJson(answer.body)]
      : ["text/html", answer.text];
  const body = Buffer.from(text);
  response.writeHead(answer.status, {
    "content-type": type,
    "content-length": body.length,
    "x-amzn-RequestId": randomUUID(),
  });
  if (answer.pace === "half") {
    response.flushHeaders();
    response.write(body.subarray(0, Math.floor(body.length / 2)));
    leaveOpen(response, options.signal);
  } else if (answer.pace === "drip") await drip(response, body, options);
  else response.end(body);
}

/** Nothing more comes, until the client has had enough or the server is closed. */
function leaveOpen(response: ServerResponse, signal: AbortSignal): void {
  function end(): void {
    response.destroy();
  }
  if (signal.aborted) end();
  signal.addEventListener("abort", end);
  response.once("close", () => {
    signal.removeEventListener("abort", end);
  });
}

async function drip(
  response: ServerResponse,
  body: Buffer,
  { clock, signal }: HttpServerOptions,
): Promise<void> {
  leaveOpen(response, signal);
  response.flushHeaders();
  for (const byte of body) {
    await clock.sleep(DRIP_MS, signal);
    if (response.destroyed) return;
    response.write(Buffer.of(byte));
  }
  response.end();
}

/** AWS JSON writes a point in time as seconds since 1970, with milliseconds as fraction. */
function encodeAwsJson(body: object): string {
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
