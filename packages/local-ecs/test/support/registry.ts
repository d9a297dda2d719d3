import { createHash } from "node:crypto";
import { readFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createSocketServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "./eventually";

/** A real registry on this machine: Debian's docker-registry, or CNCF's distribution under either of its names. */
export interface TestRegistry {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  close(): Promise<void>;
}

/** @returns undefined where no registry is installed. */
export async function startRegistry(htpasswd?: string): Promise<TestRegistry | undefined> {
  const program = ["docker-registry", "registry"].find((name) => {
    const { error, stdout } = spawnSync(name, ["--version"], { encoding: "utf8" });
    return error === undefined && stdout.includes("distribution");
  });
  if (program === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), "registry-"));
  const host = `127.0.0.1:${await freePort()}`;
  const settings = [
    "version: 0.1",
    "log: { level: error, accesslog: { disabled: true } }",
    `storage: { filesystem: { rootdirectory: ${folder}/data } }`,
    `http: { addr: "${host}" }`,
  ];
  if (htpasswd !== undefined) {
    await writeFile(join(folder, "htpasswd"), htpasswd);
    settings.push(`auth: { htpasswd: { realm: test, path: ${folder}/htpasswd } }`);
  }
  await writeFile(join(folder, "config.yml"), `${settings.join("\n")}\n`);
  const child = spawn(program, ["serve", join(folder, "config.yml")], { stdio: "ignore" });
  const exited = once(child, "exit");
  const answers = () =>
    fetch(`http://${host}/v2/`).then(
      () => true,
      () => false,
    );
  await eventually(answers);
  return {
    host,
    async close() {
      child.kill();
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

/** A registry's front that lets nobody pass without the token that it gives to one user, or to all when none is named. */
export async function startBearerFront(host: string, user?: string): Promise<TestRegistry> {
  const token = "a-token";
  const server = createServer((request, response) => {
    const { authorization } = request.headers;
    const realm = `http://${request.headers.host!}/token`;
    if (request.url!.startsWith("/token")) {
      const isKnown = user === undefined || authorization === `Basic ${Buffer.from(user).toString("base64")}`;
      const scope = new URL(request.url!, realm).searchParams.get("scope");
      response
        .writeHead(isKnown ? 200 : 401)
        .end(
          JSON.stringify(
            isKnown ? { token: `${token} ${scope!}` } : errorOf("UNAUTHORIZED", "authentication required"),
          ),
        );
    } else if (authorization?.startsWith(`Bearer ${token} repository:`) === true) {
      void fetch(`http://${host}${request.url!}`, { headers: { accept: request.headers.accept! } }).then(
        async (answer) => {
          response.writeHead(answer.status, { "content-type": answer.headers.get("content-type")! });
          response.end(Buffer.from(await answer.arrayBuffer()));
        },
      );
    } else {
      const scope = `repository:${request.url!.split("/").slice(2, -2).join("/")}:pull`;
      response
        .writeHead(401, { "www-authenticate": `Bearer realm="${realm}",service="test",scope="${scope}"` })
        .end(JSON.stringify(errorOf("UNAUTHORIZED", "authentication required")));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

const errorOf = (code: string, message: string): object => ({ errors: [{ code, message }] });

/** Sends an image of an OCI layout to a registry. @returns the size of its manifest. */
export async function push(options: {
  readonly layout: string;
  readonly digest: string;
  readonly to: string;
  readonly tag: string;
  readonly authorization?: string;
}): Promise<number> {
  const { layout, digest, to, tag, authorization } = options;
  const headers = authorization === undefined ? {} : { authorization };
  const read = (name: string): Promise<Buffer> =>
    readFile(join(layout, "blobs", "sha256", name.replace("sha256:", "")));
  const manifest = await read(digest);
  const { config, layers } = JSON.parse(manifest.toString()) as Record<"config", { digest: string }> &
    Record<"layers", { digest: string }[]>;
  for (const blob of [config, ...layers]) {
    const started = await fetch(`${to}/blobs/uploads/`, { method: "POST", headers });
    const place = new URL(started.headers.get("location")!, to);
    place.searchParams.set("digest", blob.digest);
    await mustBeOk(
      await fetch(place, { method: "PUT", headers, body: new Uint8Array(await read(blob.digest)) }),
    );
  }
  await putManifest(to, tag, manifest, "application/vnd.oci.image.manifest.v1+json", headers);
  return manifest.length;
}

/** Sends an index of one image for amd64 and one for an architecture that nobody has. @returns its digest. */
export async function pushIndex(to: string, tag: string, digest: string, size: number): Promise<string> {
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  const platforms = [process.arch === "x64" ? "amd64" : process.arch, "s390x"];
  const indexType = "application/vnd.oci.image.index.v1+json";
  const index = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: indexType,
      manifests: platforms.map((architecture) => ({
        mediaType,
        digest,
        size,
        platform: { architecture, os: "linux" },
      })),
    }),
  );
  await putManifest(to, tag, index, indexType, {});
  return `sha256:${createHash("sha256").update(index).digest("hex")}`;
}

async function putManifest(
  to: string,
  tag: string,
  bytes: Buffer,
  type: string,
  headers: object,
): Promise<void> {
  await mustBeOk(
    await fetch(`${to}/manifests/${tag}`, {
      method: "PUT",
      headers: { ...headers, "content-type": type },
      body: new Uint8Array(bytes),
    }),
  );
}

async function mustBeOk(response: Response): Promise<void> {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
}

/** One that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createSocketServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
