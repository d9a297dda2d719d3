import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { OciRegistry } from "../../src/registry/oci-registry";
import { RegistryError } from "../../src/registry/manifest-source";

describe("a registry that sends elsewhere", () => {
  const servers: Server[] = [];
  /** `<server> <path> <credentials>` of each request. */
  let asked: string[];

  const start = async (name: string, answer: RequestListener): Promise<string> => {
    const server = createServer((request, response) => {
      asked.push(`${name} ${request.url} ${request.headers.authorization ?? "-"}`);
      answer(request, response);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    servers.push(server);
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  beforeEach(() => {
    asked = [];
  });

  afterEach(() => {
    for (const server of servers.splice(0)) server.close().closeAllConnections();
  });

  const credentials = () => Promise.resolve({ username: "me", password: "secret" });
  const ask = async (registry: string): Promise<string> => {
    const answer = new OciRegistry(credentials).manifest({ registry, path: "app" }, "sha256:1");
    return answer.then(
      (bytes) => bytes.toString("utf8"),
      (error: unknown) => {
        assert.ok(error instanceof RegistryError);
        return `${error.kind}: ${error.message}`;
      },
    );
  };

  const sendTo =
    (status: number, location: string): RequestListener =>
    (request, response) => {
      if (request.headers.authorization) response.writeHead(status, { location }).end("elsewhere");
      else response.writeHead(401, { "www-authenticate": "Basic" }).end();
    };

  for (const status of [301, 302, 303, 307, 308]) {
    it(`is followed without its credentials (${status})`, async () => {
      const storage = await start("storage", (_, response) => response.end("manifest"));
      const registry = await start("registry", sendTo(status, `http://${storage}/blob?a=1&a=2&sig=x%2By`));

      assert.equal(await ask(registry), "manifest");
      assert.deepStrictEqual(asked, [
        "registry /v2/app/manifests/sha256:1 -",
        "registry /v2/app/manifests/sha256:1 Basic bWU6c2VjcmV0",
        "storage /blob?a=1&a=2&sig=x%2By -",
      ]);
    });
  }

  it("is followed with its credentials on the same host", async () => {
    const registry = await start("registry", (request, response) => {
      if (request.url === "/other") response.end("manifest");
      else sendTo(307, "/other")(request, response);
    });

    assert.equal(await ask(registry), "manifest");
    assert.equal(asked.at(-1), "registry /other Basic bWU6c2VjcmV0");
  });

  it("gets no credentials back by way of another host", async () => {
    let registry = "";
    const storage = await start("storage", (_, response) => {
      response.writeHead(307, { location: `http://${registry}/back` }).end();
    });
    registry = await start("registry", (request, response) => {
      if (request.url === "/back") response.end("manifest");
      else sendTo(307, `http://${storage}/`)(request, response);
    });

    assert.equal(await ask(registry), "manifest");
    assert.equal(asked.at(-1), "registry /back -");
  });

  it("is not followed for ever", async () => {
    const registry = await start("registry", (_, response) => {
      response.writeHead(302, { location: "/again" }).end();
    });

    assert.equal(await ask(registry), `rejected: ${registry} sends elsewhere more than 5 times`);
    assert.equal(asked.length, 6);
  });

  for (const [location, words] of [
    ["http://example.test/", "sends elsewhere without TLS, to example.test"],
    ["http://169.254.169.254/latest", "sends elsewhere without TLS, to 169.254.169.254"],
    ["ftp://127.0.0.1/", "sends elsewhere without TLS, to 127.0.0.1"],
    ["http://", "sends to what is no URL"],
  ] as const) {
    it(`is not followed to ${location}`, async () => {
      const registry = await start("registry", sendTo(302, location));

      assert.equal(await ask(registry), `rejected: ${registry} ${words}`);
    });
  }

  it("is not followed where it does not say to which place", async () => {
    const registry = await start("registry", (_, response) => response.writeHead(304).end());

    assert.equal(await ask(registry), "rejected: it answered 304 Not Modified");
  });
});
