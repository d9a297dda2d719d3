import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Container } from "@aws-sdk/client-ecs";
import { writeOciImage } from "../../src/api/index";
import { startLab, type Lab } from "../support/lab";
import {
  freePort,
  push,
  pushIndex,
  startBearerFront,
  startRegistry,
  type TestRegistry,
} from "../support/registry";
import { runtimeKinds, shellFiles, skipWithout } from "../support/tools";

const user = "me:open sesame";
const basic = `Basic ${Buffer.from(user).toString("base64")}`;
/** The same user for the registry: bcrypt of the password. */
const htpasswd = "me:$2b$04$hBf1RXiDe6SlnYq01f3R6eejwxriP9jzIhKv/3aKjVJFJjzj4omwW\n";

describe("an image from a registry", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(30_000);
  let folder: string;
  let open: TestRegistry;
  let closed: TestRegistry;
  let front: TestRegistry;
  let digest: string;
  let index: string;

  before(async function () {
    const [one, other] = [await startRegistry(), await startRegistry(htpasswd)];
    if (one === undefined || other === undefined) {
      console.log("      skipped, no registry is installed (Debian: docker-registry)");
      return this.skip();
    }
    [open, closed, front] = [one, other, await startBearerFront(one.host, user)];
    folder = await mkdtemp(join(tmpdir(), "pushed-"));
    const layout = join(folder, "layout");
    const config = { Entrypoint: ["sh", "-c", "exit 6"] };
    ({ digest } = await writeOciImage({ layout, reference: "x", files: shellFiles(), config }));
    const size = await push({ layout, digest, to: `http://${open.host}/v2/team/app`, tag: "1" });
    index = await pushIndex(`http://${open.host}/v2/team/app`, "multi", digest, size);
    await push({ layout, digest, to: `http://${closed.host}/v2/team/app`, tag: "1", authorization: basic });
    const auth = Buffer.from(user).toString("base64");
    const auths = { [closed.host]: { auth }, [front.host]: { auth } };
    await writeFile(join(folder, "config.json"), JSON.stringify({ auths }));
  });
  after(async () => {
    for (const registry of [open, closed, front] as (TestRegistry | undefined)[]) await registry?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  for (const runtime of runtimeKinds)
    describe(`by the runtime ${runtime}`, () => {
      let lab: Lab;
      before(async function () {
        await skipWithout(this, runtime);
        lab = await startLab({ runtime });
      });
      after(() => (lab as Lab | undefined)?.close());

      const run = async (image: string): Promise<Container> =>
        (await lab.runToEnd([{ name: "app", image }])).containers![0]!;
      const reasonOf = async (image: string): Promise<string> => {
        const { reason, exitCode, imageDigest, runtimeId } = await run(image);
        assert.deepEqual([exitCode, imageDigest, runtimeId], [undefined, undefined, undefined]);
        return reason!;
      };

      it("is run by tag and by digest, and has the digest of its manifest", async () => {
        const byTag = await run(`${open.host}/team/app:1`);
        const byDigest = await run(`${open.host}/team/app@${digest}`);

        assert.deepEqual([byTag.exitCode, byTag.imageDigest], [6, digest]);
        assert.deepEqual([byDigest.exitCode, byDigest.imageDigest], [6, digest]);
      });

      it("is that of this platform, with the digest of the index", async () => {
        const { exitCode, imageDigest } = await run(`${open.host}/team/app:multi`);

        assert.deepEqual([exitCode, imageDigest], [6, index]);
      });

      it("that does not exist is refused in the words of the agent", async () => {
        const none = `sha256:${"0".repeat(64)}`;

        assert.equal(
          await reasonOf(`${open.host}/team/app:none`),
          "CannotPullImageManifestError: Error response from daemon: manifest unknown: manifest unknown",
        );
        assert.equal(
          await reasonOf(`${open.host}/team/app@${none}`),
          `CannotPullContainerError: Error response from daemon: manifest for ${open.host}/team/app@${none} not found: manifest unknown: manifest unknown`,
        );
      });

      it("is refused when the registry asks for credentials and there are none", async () => {
        assert.equal(
          await reasonOf(`${closed.host}/team/app:1`),
          `CannotPullImageManifestError: Error response from daemon: Head "http://${closed.host}/v2/team/app/manifests/1": no basic auth credentials`,
        );
        assert.equal(
          await reasonOf(`${front.host}/team/app:1`),
          "CannotPullImageManifestError: Error response from daemon: unauthorized: authentication required",
        );
      });

      it("is refused when nobody answers", async () => {
        const host = `127.0.0.1:${await freePort()}`;

        assert.equal(
          await reasonOf(`${host}/team/app:1`),
          `CannotPullImageManifestError: Error response from daemon: Get "http://${host}/v2/team/app/manifests/1": connect ECONNREFUSED ${host}`,
        );
      });

      it("is had with credentials, by Basic and by a token", async () => {
        const own = await startLab({ runtime, dockerConfig: join(folder, "config.json") });
        const ended = [];
        for (const { host } of [closed, front])
          ended.push((await own.runToEnd([{ name: "app", image: `${host}/team/app:1` }])).containers![0]!);
        await own.close();

        assert.deepEqual(
          ended.map(({ exitCode, imageDigest }) => [exitCode, imageDigest]),
          [
            [6, digest],
            [6, digest],
          ],
        );
      });
    });
});
