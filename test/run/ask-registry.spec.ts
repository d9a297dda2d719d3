import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writeOciImage } from "local-ecs";
import { getTasksByImageDigest } from "../../src/index";
import { pulumiEcsTask, runCommandLine } from "../support/command-line";
import { isRunning, startLab, type Lab } from "../support/lab";
import {
  freePort,
  push,
  pushIndex,
  startBearerFront,
  startRegistry,
  type TestRegistry,
} from "../../packages/local-ecs/test/support/registry";
import { shellFiles } from "../../packages/local-ecs/test/support/tools";

const repository = resolve(__dirname, "../..");
const user = "me:open sesame";
const auth = Buffer.from(user).toString("base64");
/** The same user for the registry: bcrypt of the password. */
const htpasswd = "me:$2b$04$hBf1RXiDe6SlnYq01f3R6eejwxriP9jzIhKv/3aKjVJFJjzj4omwW\n";
const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

/** Answers every request in the same way, as a registry that lies or is out of order. */
async function startLiar(status: number, body: string): Promise<TestRegistry> {
  const server = createServer((_, response) => response.writeHead(status).end(body));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

describe("the digest of a platform's manifest, looked for with askRegistry", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(60_000);
  const opened: { close(): Promise<unknown> }[] = [];
  const environment = { ...keys, DOCKER_CONFIG: "" };
  const before_ = { ...process.env };
  let folder: string;
  let lab: Lab;
  let registry: string;
  let closed: string;
  let front: string;
  let anonymous: string;
  /** Of the platform's manifest, and of the index over it. */
  let digest: string;
  let index: string;
  let multi: string;

  async function opening<T extends { close(): Promise<unknown> }>(starting: Promise<T>): Promise<T> {
    const started = await starting;
    opened.unshift(started);
    return started;
  }

  before(async function () {
    const one = await startRegistry();
    if (one === undefined) {
      console.log("      skipped, no registry is installed (Debian: docker-registry)");
      return this.skip();
    }
    opened.push(one);
    registry = one.host;
    closed = (await opening(startRegistry(htpasswd) as Promise<TestRegistry>)).host;
    front = (await opening(startBearerFront(registry, user))).host;
    anonymous = (await opening(startBearerFront(registry))).host;
    folder = await mkdtemp(join(tmpdir(), "asked-"));
    const layout = join(folder, "layout");
    const config = { Entrypoint: ["sh", "-c", "while :; do sleep 1; done"] };
    ({ digest } = await writeOciImage({ layout, reference: "x", files: shellFiles(), config }));
    for (const path of ["team/app", "team/copy"]) {
      const to = `http://${registry}/v2/${path}`;
      index = await pushIndex(to, "multi", digest, await push({ layout, digest, to, tag: "1" }));
    }
    const authorization = `Basic ${auth}`;
    const to = `http://${closed}/v2/team/app`;
    await push({ layout, digest, to, tag: "1", authorization });
    await writeFile(
      join(folder, "config.json"),
      JSON.stringify({ auths: { [closed]: { auth }, [front]: { auth } } }),
    );
    environment.DOCKER_CONFIG = folder;
    Object.assign(process.env, environment);
    lab = await opening(startLab({ dockerConfig: join(folder, "config.json") }));
    multi = await start(`${registry}/team/app:multi`);
  });
  after(async () => {
    for (const name of Object.keys(environment)) {
      if (before_[name] === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = before_[name];
    }
    for (const each of opened) await each.close();
    if (folder) await rm(folder, { recursive: true });
  });

  /** Starts a task of this image, in the family of its own that is given. @returns its ARN. */
  async function start(image: string, family = "app"): Promise<string> {
    const { taskArn } = await lab.run(await lab.define([{ name: "app", image, stopTimeout: 0 }], family));
    await lab.until(taskArn, isRunning);
    return taskArn;
  }

  const here = () => ({ region: lab.local.region, endpoint: lab.local.url });
  const find = (imageDigest: string, family = "app") =>
    getTasksByImageDigest({ imageDigest, family, askRegistry: true, ...here() });

  it("finds the task that runs its index, which is not found without asking", async () => {
    const without = await getTasksByImageDigest({ imageDigest: digest, ...here() });
    const asked = await find(digest);

    assert.deepEqual([without.taskArns, without.imageIndexDigests], [[], []]);
    assert.deepEqual([asked.taskArns, asked.imageIndexDigests, asked.unanswered], [[multi], [index], []]);
  });

  it("asks only the repository that is named, in the registry that is named or any", async () => {
    const named = await find(`${registry}/team/app@${digest}`);
    const inAny = await find(`team/app:1@${digest}`);
    const other = await find(`team/copy@${digest}`);
    const elsewhere = await find(`docker.io/team/app@${digest}`);

    assert.deepEqual([named.taskArns, inAny.taskArns], [[multi], [multi]]);
    assert.deepEqual([other.taskArns, elsewhere.taskArns], [[], []]);
    assert.deepEqual([other.unanswered, elsewhere.unanswered], [[], []]);
  });

  it("finds none for a digest that no index holds", async () => {
    const { taskArns, unanswered } = await find(`sha256:${"0".repeat(64)}`);

    assert.deepEqual([taskArns, unanswered], [[], []]);
  });

  it("is had with a token for everybody, with one for a user, and with a password", async () => {
    const byToken = await start(`${anonymous}/team/app:multi`, "doors");
    const byUser = await start(`${front}/team/app:multi`, "doors");
    const itself = await start(`${closed}/team/app:1`, "doors");
    const other = `sha256:${"1".repeat(64)}`;

    const open = await find(`${anonymous}/team/app@${digest}`, "doors");
    const named = await find(`${front}/team/app@${digest}`, "doors");
    const password = await find(`${closed}/team/app@${other}`, "doors");

    for (const { taskArns, unanswered } of [open, named])
      assert.deepEqual([[...taskArns].sort(), unanswered], [[byToken, byUser, itself].sort(), []]);
    // It runs the manifest itself, which is had and holds no other.
    assert.deepEqual([password.taskArns, password.unanswered], [[], []]);
  });

  for (const { name, reason, message, door } of [
    {
      name: "has no such manifest",
      reason: "notFound",
      message: /^it answered 404 Not Found$/,
      door: () => startLiar(404, "{}"),
    },
    {
      name: "is out of order",
      reason: "broken",
      message: /^it answered 500 Internal Server Error$/,
      door: () => startLiar(500, "{}"),
    },
    {
      name: "has been asked too often",
      reason: "throttled",
      message: /^it answered 429 Too Many Requests$/,
      door: () => startLiar(429, "{}"),
    },
    {
      name: "answers another image",
      reason: "rejected",
      message: /^it answered other bytes, whose digest is sha256:[0-9a-f]{64}$/,
      door: () => startLiar(200, '{"manifests":[]}'),
    },
    {
      name: "answers without end",
      reason: "rejected",
      message: /^its answer is larger than a manifest may be$/,
      door: () => startLiar(200, " ".repeat(5_000_000)),
    },
    {
      name: "wants credentials that there are none of",
      reason: "denied",
      message: /^it answered 401 Unauthorized, and Docker has stored no credentials$/,
      door: () => startBearerFront(registry, "somebody:else"),
    },
    {
      name: "is away",
      reason: "unreachable",
      message: /^127\.0\.0\.1:\d+ cannot be reached: connect ECONNREFUSED/,
      door: async () => ({ host: `127.0.0.1:${await freePort()}`, close: () => Promise.resolve() }),
    },
  ])
    it(`says that it is not known when the registry ${name}`, async () => {
      const asked = await door();
      const { host } = asked;
      // The ECS has the image of a folder by this name, so that only the look-up asks the registry.
      const image = `${host}/shop/app:1`;
      const { digest: running } = await lab.image(image, {}, { Cmd: ["sh", "-c", "sleep 600"] });
      await start(image, "doubtful");

      const { taskArns, unanswered } = await find(`${host}/shop/app@${digest}`, "doubtful");

      await asked.close();
      const { message: said, ...rest } = unanswered[0]!;
      assert.deepEqual([taskArns, unanswered.length], [[], 1]);
      assert.deepEqual(rest, { imageDigest: running, repository: `${host}/shop/app`, reason });
      assert.match(said, message);
    });

  const cli = () => ({ ...environment, AWS_REGION: lab.local.region, AWS_ENDPOINT_URL: lab.local.url });

  it("is found by the command too", async () => {
    const id = multi.split("/").at(-1)!;

    const without = await pulumiEcsTask(cli(), "where", digest, "--family", "app");
    const asked = await pulumiEcsTask(cli(), "where", digest, "--family", "app", "--ask-registry");

    assert.equal(without.code, 1);
    assert.deepEqual([asked.code, asked.stderr], [0, ""]);
    assert.ok(asked.stdout.includes(id) && asked.stdout.includes(index), asked.stdout);
  });

  it("ends the command with 3 when nothing is found and not everything could be asked", async () => {
    const host = `127.0.0.1:${await freePort()}`;
    await lab.image(`${host}/shop/away:1`, {}, { Cmd: ["sh", "-c", "sleep 600"] });
    await start(`${host}/shop/away:1`, "away");

    const args = ["where", digest, "--family", "away", "--ask-registry"];
    const { code, stdout, stderr } = await pulumiEcsTask(cli(), ...args);

    assert.deepEqual([code, stdout], [3, ""]);
    const [first, blank, title, row] = stderr.split("\n");
    assert.deepEqual([first, blank], [`No task was found that runs ${digest}.`, ""]);
    assert.equal(title, "1 image that runs could not be looked into, and may hold it:");
    assert.match(row!, new RegExp(`^${host}/shop/away@sha256:[0-9a-f]{64} +unreachable: ${host} cannot be`));
  });

  it("asks Amazon ECR only where its client is installed, and says what to install", async () => {
    const bare = await withoutEcrClient(folder);
    const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/app:1";
    await lab.image(image, {}, { Cmd: ["sh", "-c", "sleep 600"] });
    await start(image, "ecr");

    const args = ["where", digest, "--family", "ecr"];
    const unasked = await runCommandLine(bare, cli(), args);
    const asked = await runCommandLine(bare, cli(), [...args, "--ask-registry"]);

    assert.deepEqual([unasked.code, unasked.stderr], [1, `No task was found that runs ${digest}.\n`]);
    assert.deepEqual([asked.code, asked.stdout], [3, ""]);
    assert.equal(
      asked.stderr,
      "pulumi-ecs-task where: Asking Amazon ECR needs the package @aws-sdk/client-ecr, which is not installed. Install it beside pulumi-ecs-task: npm install @aws-sdk/client-ecr\n",
    );
  });
});

/** Installs the built package with all it needs, but for the optional client. @returns its command line. */
async function withoutEcrClient(folder: string): Promise<string> {
  const from = join(repository, "node_modules");
  const modules = join(folder, "node_modules");
  const own = join(modules, "pulumi-ecs-task");
  await mkdir(join(modules, "@aws-sdk"), { recursive: true });
  await cp(join(repository, "dist"), join(own, "dist"), { recursive: true });
  await cp(join(repository, "package.json"), join(own, "package.json"));
  const names = (await readdir(from)).filter((name) => !["@aws-sdk", "pulumi-ecs-task"].includes(name));
  const clients = (await readdir(join(from, "@aws-sdk"))).filter((name) => name !== "client-ecr");
  for (const name of [...names, ...clients.map((client) => join("@aws-sdk", client))])
    await symlink(join(from, name), join(modules, name));
  return join(own, "dist/cli/main.js");
}
