import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

/** A proxy on loopback that counts what it is asked for. Whatever host is named, it asks the one server it is told of. */
export class CountingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** `CONNECT host:port`, or the method and URL of a request without TLS; with `as <user>` where one is told. */
  readonly asked: string[] = [];
  /** Where to go. */
  to: { readonly port: number };
  /** The status that a tunnel is refused with. */
  refuses: string | undefined;

  private constructor(to: { readonly port: number }) {
    this.to = to;
    this.#server = createServer((request, response) => {
      this.#note(request.url ?? "", request.method ?? "", request.headers["proxy-authorization"]);
      request.resume();
      response.setHeader("content-type", "application/x-amz-json-1.1");
      response.end('{"tasks":[],"failures":[{"reason":"MISSING"}],"events":[]}');
    });
    this.#server.on("connection", (socket: Socket) => this.#keep(socket));
    this.#server.on("connect", (request, client: Socket) => {
      this.#note(request.url ?? "", "CONNECT", request.headers["proxy-authorization"]);
      if (this.refuses !== undefined) {
        client.end(`HTTP/1.1 ${this.refuses}\r\n\r\n`);
        return;
      }
      const server = this.#keep(connect(this.to.port, "127.0.0.1"));
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      client.pipe(server).pipe(client);
    });
  }

  static async start(to = { port: 1 }): Promise<CountingProxy> {
    const proxy = new CountingProxy(to);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #note(url: string, method: string, authorization: string | undefined): void {
    const [, user] = /^Basic (.+)$/.exec(authorization ?? "") ?? [];
    const as = user === undefined ? "" : ` as ${Buffer.from(user, "base64").toString("utf8")}`;
    this.asked.push(`${method} ${url}${as}`);
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    return socket.on("close", () => this.#sockets.delete(socket));
  }
}
