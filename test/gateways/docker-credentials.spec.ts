import assert from "node:assert/strict";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { dockerCredentials } from "../../src/registry/docker-credentials";

const encoded = (text: string) => ({ auth: Buffer.from(text).toString("base64") });

/** A helper as Docker's are: it reads a server's name and prints what it has, or fails. */
const HELPER = `#!/bin/sh
read -r server || true
case "$server" in
  helped.example.com) echo '{"ServerURL":"helped.example.com","Username":"helped","Secret":"s:1"}' ;;
  oauth.example.com) echo '{"Username":"<token>","Secret":"refresh"}' ;;
  https://index.docker.io/v1/) echo '{"Username":"hub","Secret":"s2"}' ;;
  *) echo "credentials not found in native keychain"; exit 1 ;;
esac
`;

describe("dockerCredentials", () => {
  const { DOCKER_CONFIG, PATH } = process.env;
  let folder: string;

  before(async function () {
    if (process.platform === "win32") return this.skip();
    folder = await mkdtemp(join(tmpdir(), "docker-config-"));
    await writeFile(join(folder, "docker-credential-test"), HELPER);
    await chmod(join(folder, "docker-credential-test"), 0o755);
    Object.assign(process.env, { DOCKER_CONFIG: folder, PATH: `${folder}${delimiter}${PATH ?? ""}` });
  });
  after(async () => {
    if (DOCKER_CONFIG === undefined) delete process.env.DOCKER_CONFIG;
    else process.env.DOCKER_CONFIG = DOCKER_CONFIG;
    if (PATH !== undefined) process.env.PATH = PATH;
    if (folder) await rm(folder, { recursive: true });
  });

  const auths = {
    "plain.example.com": encoded("me:pass:word"),
    "https://old.example.com/v1/": encoded("old:1"),
    "https://index.docker.io/v1/": encoded("stored:2"),
    "helped.example.com": {},
    "broken.example.com": { auth: "" },
  };
  const store = { auths, credsStore: "test" };

  for (const { name, config, registry, found } of [
    { name: "finds what is stored", config: { auths }, registry: "plain.example.com", found: "me pass:word" },
    { name: "finds it under an address", config: { auths }, registry: "old.example.com", found: "old 1" },
    { name: "finds that of Docker Hub", config: { auths }, registry: "docker.io", found: "stored 2" },
    { name: "asks the store", config: store, registry: "helped.example.com", found: "helped s:1" },
    { name: "asks the store for Docker Hub", config: store, registry: "docker.io", found: "hub s2" },
    {
      name: "asks the registry's own helper",
      config: { credHelpers: { "helped.example.com": "test" }, credsStore: "none" },
      registry: "helped.example.com",
      found: "helped s:1",
    },
    {
      name: "takes what the store lacks",
      config: store,
      registry: "plain.example.com",
      found: "me pass:word",
    },
    { name: "takes no refresh token", config: store, registry: "oauth.example.com", found: undefined },
    { name: "finds nothing of others", config: { auths }, registry: "example.com", found: undefined },
    { name: "takes no empty entry", config: { auths }, registry: "broken.example.com", found: undefined },
    {
      name: "does without a helper that is not there",
      config: { credsStore: "nowhere" },
      registry: "plain.example.com",
      found: undefined,
    },
    { name: "finds nothing in an empty configuration", config: {}, registry: "docker.io", found: undefined },
  ])
    it(name, async () => {
      await writeFile(join(folder, "config.json"), JSON.stringify(config));

      const credentials = await dockerCredentials(registry);

      assert.equal(credentials && `${credentials.username} ${credentials.password}`, found);
    });

  it("finds nothing where Docker has stored nothing", async () => {
    await rm(join(folder, "config.json"), { force: true });

    assert.equal(await dockerCredentials("plain.example.com"), undefined);
  });
});
