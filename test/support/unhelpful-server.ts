import { createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";

/** What a server does with a connection that sends it something. */
type Behaviour = (socket: Socket) => void;

const HEADERS = "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: 1000\r\n\r\n";

/** Accepts the connection and never answers; a TLS handshake neither. */
export const silent: Behaviour = () => undefined;

/** Sends the headers and half of the body. */
export const half: Behaviour = (socket) => {
  socket.write(`${HEADERS}{"tasks":[`);
};

/** Sends the body byte by byte, so that the connection is never silent. */
export const dripping: Behaviour = (socket) => {
  socket.write(HEADERS);
  const timer = setInterval(() => socket.write(" "), 10);
  socket.on("close", () => {
    clearInterval(timer);
  });
};

/** Answers as a machine on the way would, or AWS. */
export function answering(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Behaviour {
  const lines = Object.entries({ ...headers, "content-length": String(body.length) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return (socket) => {
    socket.end(`HTTP/1.1 ${status} Whatever\r\n${head}connection: close\r\n\r\n${body}`);
  };
}

/** A server on loopback that answers as no server should. */
export class UnhelpfulServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** How many connections have been made. */
  connections = 0;
  behaviour: Behaviour;

  private constructor(behaviour: Behaviour) {
    this.behaviour = behaviour;
    this.#server = createServer((socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        this.#sockets.delete(socket);
      });
      socket.once("data", () => {
        this.behaviour(socket);
      });
    });
  }

  static async start(behaviour: Behaviour): Promise<UnhelpfulServer> {
    const server = new UnhelpfulServer(behaviour);
    server.#server.listen(0, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  get host(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  }

  /** How many connections are open. */
  get open(): number {
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}
