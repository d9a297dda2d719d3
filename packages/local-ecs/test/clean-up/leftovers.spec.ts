import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateClusterCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";
import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { eventually } from "../support/eventually";
import { isAlive } from "../support/is-alive";
import { startLocalEcs, writeOciImage } from "../../src/api/index";

const repository = join(__dirname, "../..");

describe("what the local ECS leaves behind", function () {
  // Some of these start a Node that compiles TypeScript.
  this.timeout(20_000);
  let folder: string;
  let layout: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "leftovers-"));
    layout = join(folder, "images");
    const main = `
      process.on("SIGTERM", () => {});
      const child = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
      console.log(process.pid + " " + child.pid);
      setInterval(() => {}, 1000);`;
    await writeOciImage({
      layout,
      reference: "stay:1",
      files: { "/main.js": main },
      config: { Cmd: ["node", "/main.js"] },
    });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("is nothing after close: no process, no port, no file", async () => {
    const dataDir = join(folder, "data");
    const local = await startLocalEcs({ images: [layout], dataDir, transitionMs: 0 });
    const pids = await runTask(local.url);
    assert.deepEqual(pids.map(isAlive), [true, true]);

    await Promise.all([local.close(), local.close()]);

    await allHaveEnded(pids);
    assert.deepEqual(await readdir(dataDir), []);
    assert.equal(await canConnect(local.url), false);
  });

  it("is nothing when it is closed while a task is being started", async () => {
    const dataDir = join(folder, "hasty");
    const local = await startLocalEcs({ images: [layout], dataDir, transitionMs: 0 });
    await startTask(local.url);

    await local.close();

    assert.deepEqual(await readdir(dataDir), []);
  });

  it("is no folder when its port is in use", async () => {
    const first = await startLocalEcs({ dataDir: join(folder, "first") });
    const port = Number(new URL(first.url).port);
    const second = startLocalEcs({ port, dataDir: join(folder, "second") });

    await assert.rejects(second, {
      message: `The local ECS cannot listen. Port ${port} of 127.0.0.1 is in use: choose another one.`,
    });
    assert.deepEqual(await readdir(join(folder, "second")), []);
    await first.close();
  });

  it("is no folder when its state is damaged, and the state is not held", async () => {
    const [stateDir, dataDir] = [join(folder, "damaged"), join(folder, "of-damaged")];
    await mkdir(stateDir);
    await writeFile(join(stateDir, "state.db"), "damaged ".repeat(1000));

    await assert.rejects(startLocalEcs({ stateDir, dataDir }), { message: /state\.db is damaged/ });
    assert.equal(existsSync(dataDir), false);
    assert.deepEqual(await readdir(stateDir), ["state.db"]);
  });

  it("is only what cannot be removed: close goes on, and says what failed", async () => {
    const [stateDir, dataDir] = [join(folder, "not-removed"), join(folder, "of-not-removed")];
    const lines: string[] = [];
    const local = await startLocalEcs({ stateDir, dataDir, log: (line) => lines.push(line) });
    await rm(join(stateDir, "pid"));
    await mkdir(join(stateDir, "pid"));

    await local.close();

    assert.match(lines.join("\n"), /^close: .*pid/);
    assert.deepEqual(await readdir(dataDir), []);
    assert.equal(await canConnect(local.url), false);
  });

  it("is said of a task whose volumes cannot be removed; the next task runs", async () => {
    const dataDir = join(folder, "volumes");
    const lines: string[] = [];
    await using local = await startLocalEcs({ images: [layout], dataDir, log: (line) => lines.push(line) });
    const [own = ""] = await readdir(dataDir);
    // No folder of any task can be in there, nor be removed from it.
    await writeFile(join(dataDir, own, "volumes"), "");
    await startTask(local.url, "none:1");

    await eventually(() => lines.some((line) => /^agent: arn:.*: ENOTDIR/.test(line)));
    assert.equal((await runTask(local.url)).length, 2);
  });

  it("is nothing of others when one clean-up fails", async () => {
    const program = `
      const { cleanUpOnExit } = require(${JSON.stringify(join(repository, "src/clean-up/clean-up-on-exit.ts"))});
      cleanUpOnExit(() => { throw new Error("cannot be removed"); });
      cleanUpOnExit(() => console.log("removed"));`;
    const host = start(["-e", program]);

    assert.deepEqual(await host.end, { code: 0, signal: null });
    assert.equal(host.output(), "removed\n");
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const)
    it(`is nothing after the command line gets ${signal}, and its exit code is 0`, async () => {
      const cli = start(["src/cli/main.ts", "--images", layout]);
      const url = await cli.firstMatch(/listens on (http:\S+)/);
      const pids = await runTask(url);
      cli.process.kill(signal);

      assert.deepEqual(await cli.end, { code: 0, signal: null });
      await allHaveEnded(pids);
      assert.equal(await canConnect(url), false);
      assert.deepEqual(await readdir(cli.tmp), []);
    });

  it("is the state folder after the command line, and its log says nothing of what was sent", async () => {
    const stateDir = join(folder, "state");
    const cli = start(["src/cli/main.ts", "--images", layout, "--state", stateDir]);
    const url = await cli.firstMatch(/listens on (http:\S+)/);
    await runTask(url);
    cli.process.kill("SIGINT");

    assert.deepEqual(await cli.end, { code: 0, signal: null });
    assert.deepEqual(await readdir(stateDir), ["state.db"]);
    assert.match(cli.output(), /Z RunTask 200 \d+ ms\n/);
    assert.doesNotMatch(cli.output(), /hunter2/);
  });

  it("is nothing after a program that uses it and handles no signals is ended by one", async () => {
    const program = `
      const { startLocalEcs } = require(${JSON.stringify(join(repository, "src/api/index.ts"))});
      startLocalEcs({ images: [${JSON.stringify(layout)}] }).then(({ url }) => console.log("listens on " + url));`;
    const host = start(["-e", program]);
    const pids = await runTask(await host.firstMatch(/listens on (http:\S+)/));
    host.process.kill("SIGTERM");

    assert.deepEqual(await host.end, { code: null, signal: "SIGTERM" });
    await allHaveEnded(pids);
    assert.deepEqual(await readdir(host.tmp), []);
  });

  /** Starts Node with a temporary folder of its own, to see what is left in it. */
  function start(args: readonly string[]) {
    const tmp = mkdtempSync(join(folder, "tmp-"));
    const child: ChildProcess = spawn(process.execPath, ["-r", "ts-node/register", ...args], {
      cwd: repository,
      // ts-node would put its cache among what is looked for.
      env: { ...process.env, TMPDIR: tmp, DISABLE_V8_COMPILE_CACHE: "1" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout!.on("data", (chunk: Buffer) => (output += chunk.toString()));
    const end = new Promise((resolve) =>
      child.once("close", (code, signal) => {
        resolve({ code, signal });
      }),
    );
    const firstMatch = async (pattern: RegExp): Promise<string> => {
      let found: string | undefined;
      const isSaid = () => {
        found = pattern.exec(output)?.[1];
        if (found === undefined) assert.equal(child.exitCode, null, output);
        return found !== undefined;
      };
      await eventually(isSaid, { words: String(pattern) });
      return found!;
    };
    return { process: child, tmp, end, firstMatch, output: () => output };
  }
});

const clientOptions = (endpoint: string) => ({
  endpoint,
  region: "us-east-1",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

async function startTask(url: string, image = "stay:1"): Promise<string> {
  const ecs = new ECSClient(clientOptions(url));
  await ecs.send(new CreateClusterCommand({}));
  const options = { "awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" };
  const container = {
    name: "app",
    image,
    logConfiguration: { logDriver: "awslogs" as const, options },
    environment: [{ name: "PASSWORD", value: "hunter2" }],
  };
  await ecs.send(
    new RegisterTaskDefinitionCommand({ family: "stay", memory: "64", containerDefinitions: [container] }),
  );
  const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: "stay" }));
  ecs.destroy();
  return `p/app/${tasks![0]!.taskArn!.split("/").at(-1)!}`;
}

/** @returns the process ids of the container and of its child, once both run. */
async function runTask(url: string): Promise<readonly number[]> {
  const logStreamName = await startTask(url);
  const logs = new CloudWatchLogsClient(clientOptions(url));
  let line: string | undefined;
  await eventually(async () => {
    const answer = await logs
      .send(new GetLogEventsCommand({ logGroupName: "g", logStreamName }))
      .catch(() => undefined);
    line = answer?.events?.[0]?.message;
    return line !== undefined;
  });
  logs.destroy();
  return line!.split(" ").map(Number);
}

function allHaveEnded(pids: readonly number[]): Promise<void> {
  return eventually(() => !pids.some(isAlive));
}

function canConnect(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => {
      resolve(false);
    });
  });
}
