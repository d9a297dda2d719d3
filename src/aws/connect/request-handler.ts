import { HttpRequest } from "@smithy/core/protocols";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { ATTEMPT_MS, CONNECT_MS, SILENT_REQUEST_MS } from "../../time-limits";
import { connections, type Connections, type ConnectionSettings } from "./connections";

/** How long one attempt of a request may take, in milliseconds. */
export interface RequestLimits {
  /** Until the connection is there. */
  readonly connectMs: number;
  /** Without a byte in either direction. */
  readonly silenceMs: number;
  /** From the first to the last byte, and the wait for a free connection before. */
  readonly totalMs: number;
}

/**
 * The limits of all requests to AWS and to image registries. With the SDK's three attempts a question takes at most
 * half a minute.
 */
const REQUEST_LIMITS: RequestLimits = {
  connectMs: CONNECT_MS,
  silenceMs: SILENT_REQUEST_MS,
  totalMs: ATTEMPT_MS,
};

/** What a host answered, of which the body is still to be read. */
export interface Response {
  readonly status: number;
  readonly reason: string | undefined;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: NodeJS.ReadableStream & { destroy: () => void };
}

/**
 * The SDK's own request handler, with limits that hold, and with the proxies and certificates of this machine. The SDK's
 * `requestTimeout` ends with the answer's headers (and only warns by default); this one's total covers the body.
 */
export class LimitedRequestHandler implements Handler {
  readonly metadata = { handlerProtocol: "http/1.1" };
  readonly #limits: RequestLimits;
  readonly #settings: ConnectionSettings;
  /** Made with the first request: what is wrong with the machine's setting is an error of a request. */
  #routes: Promise<Routes> | undefined;

  constructor(limits: RequestLimits = REQUEST_LIMITS, settings: ConnectionSettings = {}) {
    this.#limits = limits;
    this.#settings = settings;
  }

  async handle(...[request, options = {}]: Parameters<NodeHttpHandler["handle"]>): Answer {
    const route = await this.#routeOf(request);
    const { totalMs } = this.#limits;
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort(tooLate(totalMs));
    }, totalMs);
    // The SDK's handler answers the signal with an AbortError, which would not be tried again.
    const late = new Promise<never>((_, reject) => {
      limit.signal.addEventListener("abort", () => {
        reject(limit.signal.reason as Error);
      });
    });
    const asked = options.abortSignal as AbortSignal | undefined;
    const abortSignal = asked ? AbortSignal.any([asked, limit.signal]) : limit.signal;
    try {
      const answer = await Promise.race([route.handler.handle(request, { ...options, abortSignal }), late]);
      const body = answer.response.body as NodeJS.ReadableStream & { destroy: (error?: Error) => void };
      limit.signal.addEventListener("abort", () => {
        body.destroy(limit.signal.reason as Error);
      });
      // A body that nobody reads any more must not end the process.
      body.on("error", () => undefined);
      body.on("close", () => {
        clearTimeout(timer);
      });
      return answer;
    } catch (error) {
      clearTimeout(timer);
      throw withNote(error, route.note);
    }
  }

  /** A request that no client of the SDK makes. */
  async get(url: URL, headers: Readonly<Record<string, string>>): Promise<Response> {
    const { protocol, hostname, port, pathname: path, searchParams, host } = url;
    const query: Record<string, string[]> = {};
    for (const name of searchParams.keys()) query[name] = searchParams.getAll(name);
    const address = { protocol, hostname, ...(port ? { port: Number(port) } : {}), path, query };
    const request = new HttpRequest({ ...address, headers: { host, ...headers } });
    const { response } = await this.handle(request);
    const { statusCode: status, reason, headers: answered } = response;
    return { status, reason, headers: answered, body: response.body as Response["body"] };
  }

  /** The SDK changes none of ours. */
  updateHttpClientConfig(): void {
    return undefined;
  }

  httpHandlerConfigs(): object {
    return {};
  }

  destroy(): void {
    void this.#routes?.then(({ direct, proxied }) => {
      direct.destroy();
      proxied.destroy();
    });
  }

  async #routeOf(
    request: Parameters<NodeHttpHandler["handle"]>[0],
  ): Promise<{ readonly handler: NodeHttpHandler; readonly note: string }> {
    this.#routes ??= this.#makeRoutes();
    const { direct, proxied, isDirect, note } = await this.#routes;
    const { hostname, port, protocol } = request;
    const target = { hostname, port: port === undefined ? "" : String(port), protocol };
    return { handler: isDirect(target) ? direct : proxied, note: note(target) };
  }

  async #makeRoutes(): Promise<Routes> {
    const { direct, proxied, ...decisions } = await connections(this.#settings);
    const { connectMs, silenceMs } = this.#limits;
    const timeouts = { connectionTimeout: connectMs, socketTimeout: silenceMs };
    return {
      direct: new NodeHttpHandler({ ...direct, ...timeouts }),
      proxied: new NodeHttpHandler({ ...proxied, ...timeouts }),
      ...decisions,
    };
  }
}

interface Routes extends Pick<Connections, "isDirect" | "note"> {
  readonly direct: NodeHttpHandler;
  readonly proxied: NodeHttpHandler;
}

type Handler = Pick<
  NodeHttpHandler,
  "handle" | "metadata" | "updateHttpClientConfig" | "httpHandlerConfigs" | "destroy"
>;
type Answer = ReturnType<NodeHttpHandler["handle"]>;

/** Node.js names the proxy in what it says of a tunnel, and says nothing of it where there is no connection. */
function withNote(error: unknown, note: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof Error && code !== "ERR_PROXY_TUNNEL") error.message += note;
  return error;
}

/** By this name the SDK tries again. */
function tooLate(totalMs: number): Error {
  const error = new Error(`no whole answer within ${totalMs / 1000} s`);
  return Object.assign(error, { name: "TimeoutError" });
}
