import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { NodeHttpHandler } from "@smithy/node-http-handler";

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
export const REQUEST_LIMITS: RequestLimits = {
  // Linux sends a lost SYN again after one and after three seconds.
  connectMs: 4000,
  // ECS answers in one or two seconds. The SDK's handler counts a limit of six seconds or more three seconds late.
  silenceMs: 5000,
  // Only this limit ends an answer that comes a byte a second.
  totalMs: 10_000,
};

/** More than the calls that may be sent at once (`PacedEcsGateway`), so that none waits for a free connection. */
const SOCKETS = 100;

/**
 * The SDK's own request handler, with limits that hold. The SDK's `requestTimeout` ends with the answer's headers (and
 * only warns by default); this one's total covers the body.
 */
export class LimitedRequestHandler extends NodeHttpHandler {
  readonly #totalMs: number;

  constructor({ connectMs, silenceMs, totalMs }: RequestLimits = REQUEST_LIMITS) {
    super({ ...agents(), connectionTimeout: connectMs, socketTimeout: silenceMs });
    this.#totalMs = totalMs;
  }

  override async handle(...[request, options = {}]: Parameters<NodeHttpHandler["handle"]>): Answer {
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort(tooLate(this.#totalMs));
    }, this.#totalMs);
    // The SDK's handler answers the signal with an AbortError, which would not be tried again.
    const late = new Promise<never>((_, reject) => {
      limit.signal.addEventListener("abort", () => {
        reject(limit.signal.reason as Error);
      });
    });
    const asked = options.abortSignal as AbortSignal | undefined;
    const abortSignal = asked ? AbortSignal.any([asked, limit.signal]) : limit.signal;
    try {
      const answer = await Promise.race([super.handle(request, { ...options, abortSignal }), late]);
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
      throw error;
    }
  }
}

type Answer = ReturnType<NodeHttpHandler["handle"]>;

/** The one place where it is decided how connections are made. */
function agents(): { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent } {
  const options = { keepAlive: true, maxSockets: SOCKETS };
  return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent(options) };
}

/** By this name the SDK tries again. */
function tooLate(totalMs: number): Error {
  const error = new Error(`no whole answer within ${totalMs / 1000} s`);
  return Object.assign(error, { name: "TimeoutError" });
}
