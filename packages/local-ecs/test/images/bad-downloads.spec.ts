import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { eventually } from "../support/eventually";
import { startLab, type Lab } from "../support/lab";

/** A registry that answers as one is told, of what is in a layout. */
class StubbornRegistry {
  readonly asked: string[] = [];
  /** What is done with a blob instead of sending it. */
  spoil: ((response: ServerResponse, bytes: Buffer) => void) | undefined;
  readonly #server: Server;

  constructor(layout: () => string) {
    this.#server = createServer((request, response) => {
      const { url = "" } = request;
      this.asked.push(url);
      const digest = /sha256:([0-9a-f]{64})$/.exec(url)?.[1] ?? "";
      readFile(join(layout(), "blobs", "sha256", digest)).then(
        (bytes) => {
          const spoil = this.spoil;
          if (url.includes("/blobs/") && spoil) spoil(response, bytes);
          else response.end(bytes);
        },
        () => response.writeHead(404).end(),
      );
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

describe("an image from a registry", function () {
  this.timeout(20_000);
  let lab: Lab;
  let registry: StubbornRegistry;
  let image: string;

  beforeEach(async () => {
    registry = new StubbornRegistry(() => lab.layout);
    const host = await registry.listen();
    lab = await startLab();
    const { digest } = await lab.image("app:1", { "/a.js": "" }, { Cmd: ["node", "/a.js"] });
    image = `${host}/app@${digest}`;
  });
  afterEach(async () => {
    await lab.close();
    registry.close();
  });

  it("that was damaged on its way is asked for again by the next task", async () => {
    registry.spoil = (response, bytes) => response.end(Buffer.concat([bytes.subarray(1), Buffer.from("x")]));
    const first = await lab.runToEnd([{ name: "app", image }]);
    registry.spoil = undefined;
    const second = await lab.runToEnd([{ name: "app", image }]);

    assert.match(first.stoppedReason ?? "", /^CannotPullContainerError: .*does not match its digest/);
    assert.equal(second.containers?.[0]?.exitCode, 0, second.stoppedReason);
  });

  it("that stops on its way holds up no end of the local ECS", async () => {
    registry.spoil = (response, bytes) =>
      response.writeHead(200, { "content-length": bytes.length + 1 }).write(bytes);
    await lab.run(await lab.define([{ name: "app", image }]));
    await eventually(() => registry.asked.some((url) => url.includes("/blobs/")));
    const startMs = performance.now();
    await lab.local.close();

    assert.ok(performance.now() - startMs < 10_000);
  });
});
