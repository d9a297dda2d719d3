import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { IncomingMessage, RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

const folder = join(__dirname, "../fixtures/tls");

/** The certificate of the authority that signed the server's. */
export const CA_FILE = join(folder, "ca.pem");

/** A server with a certificate of an authority that Node.js does not know. */
export class TlsServer {
  readonly #server: Server;
  readonly requests: IncomingMessage[] = [];
  answer: RequestListener = (_, response) => {
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.end(
      '{"tasks":[],"failures":[{"reason":"MISSING"}],"events":[],"images":[{"imageManifest":"{}"}]}',
    );
  };

  private constructor() {
    const key = readFileSync(join(folder, "server-key.pem"));
    const cert = readFileSync(join(folder, "server.pem"));
    this.#server = createServer({ key, cert }, (request, response) => {
      this.requests.push(request);
      request.resume();
      this.answer(request, response);
    });
  }

  static async start(): Promise<TlsServer> {
    const server = new TlsServer();
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}
