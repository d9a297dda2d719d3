import assert from "node:assert/strict";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { MetadataServer } from "../../../src/agent/metadata-server";

describe("the task metadata endpoint", () => {
  let server: MetadataServer;
  let url: string;

  beforeEach(async () => {
    server = new MetadataServer();
    ({ url } = await server.add({
      container: () => ({ own: true }),
      task: () => ({}),
      stats: () => null,
      taskStats: () => ({}),
    }));
  });
  afterEach(() => server.close());

  /** As it is: a client that knows addresses would mend it. */
  const get = async (path: string): Promise<string> => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.write(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    return text(socket);
  };

  for (const path of ["//", "//v4/x", "http://["])
    it(`answers 404 to ${path}, and goes on`, async () => {
      assert.match(await get(path), /^HTTP\/1\.1 404 /);
      assert.deepEqual(await (await fetch(`${url}?x=1`)).json(), { own: true });
    });

  it("answers stats before the container has started with null", async () => {
    const response = await fetch(`${url}/stats`);

    assert.deepEqual([response.status, await response.json()], [200, null]);
  });
});
