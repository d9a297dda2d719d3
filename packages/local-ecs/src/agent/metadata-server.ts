import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What is answered below the address of one container. */
export interface MetadataSource {
  container(): object;
  task(): object;
  stats(): object | null;
  taskStats(): object;
}

/**
 * The task metadata endpoint, version 4, on the loopback interface. Every container has an address of its own that
 * nobody can guess, and gets it as ECS_CONTAINER_METADATA_URI_V4.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-metadata-endpoint-v4.html (read 2026-11)
 */
export class MetadataServer {
  readonly #sources = new Map<string, MetadataSource>();
  #server: Promise<Server> | undefined;

  /** Listens from the first container on. */
  async add(source: MetadataSource): Promise<{ readonly url: string; readonly remove: () => void }> {
    const { port } = (await (this.#server ??= this.#listen())).address() as AddressInfo;
    const path = `/v4/${randomBytes(16).toString("hex")}`;
    this.#sources.set(path, source);
    return { url: `http://127.0.0.1:${port}${path}`, remove: () => this.#sources.delete(path) };
  }

  async close(): Promise<void> {
    const server = await this.#server;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  #listen(): Promise<Server> {
    const server = createServer((request, response) => {
      // Taken apart by hand: what a container sends need not be a URL.
      const [pathname = ""] = (request.url ?? "/").split("?");
      const answer = this.#answer(pathname);
      response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer === undefined ? "404 page not found" : answer));
    });
    return new Promise((resolve, reject) => {
      server.once("error", reject).listen(0, "127.0.0.1", () => {
        resolve(server);
      });
    });
  }

  /** @returns undefined for an address that is nobody's. */
  #answer(pathname: string): object | null | undefined {
    const [, path = "", rest = ""] = /^(\/v4\/[0-9a-f]+)(\/.*)?$/.exec(pathname) ?? [];
    const source = this.#sources.get(path);
    switch (rest.replace(/\/$/, "")) {
      case "":
        return source?.container();
      case "/task":
        return source?.task();
      case "/stats":
        return source?.stats();
      case "/task/stats":
        return source?.taskStats();
      default:
        return undefined;
    }
  }
}
