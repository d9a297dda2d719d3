import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { writeOciImage } from "../../src/api/index";

const FOLDER = join(__dirname, "..", "..");

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, ["-r", "ts-node/register", "src/cli/main.ts", ...args], {
    cwd: FOLDER,
    env: { ...process.env, ...env },
  });
}

async function run(args: readonly string[], env?: NodeJS.ProcessEnv) {
  const child = start(args, env);
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  return { stdout, stderr, exitCode };
}

const node = (code: string) => ["--", process.execPath, "-e", code];

describe("the command local-ecs with a command of one's own", function () {
  // Each of these starts a Node that compiles TypeScript.
  this.timeout(30_000);

  it("prints nothing of its own, sets what clients need, and keeps a profile and its session away", async () => {
    const names = ["ECS", "CLOUDWATCH_LOGS"].map((name) => `AWS_ENDPOINT_URL_${name}`);
    const shown = [
      ...names,
      "AWS_REGION",
      "AWS_DEFAULT_REGION",
      "AWS_ACCESS_KEY_ID",
      "AWS_PROFILE",
      "AWS_SESSION_TOKEN",
      "MINE",
    ];
    const code = `console.log(JSON.stringify(${JSON.stringify(shown)}.map((name) => process.env[name] ?? null)))`;
    const user = {
      AWS_PROFILE: "production",
      AWS_SESSION_TOKEN: "real",
      AWS_ACCESS_KEY_ID: "real",
      MINE: "kept",
    };

    const { stdout, stderr, exitCode } = await run(["--region", "eu-west-1", ...node(code)], user);
    const [ecs, logs, ...others] = JSON.parse(stdout) as string[];

    assert.match(ecs ?? "", /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(logs, ecs);
    assert.deepEqual(others, ["eu-west-1", "eu-west-1", "local", null, null, "kept"]);
    assert.deepEqual([stderr, exitCode], ["", 0]);
  });

  it("answers the command", async () => {
    const code = `
      const { ECSClient, ListClustersCommand } = require("@aws-sdk/client-ecs");
      new ECSClient().send(new ListClustersCommand({})).then(({ clusterArns }) => console.log(clusterArns));
    `;

    const { stdout, stderr } = await run(["--requests", ...node(code)]);

    assert.equal(stdout, "[]\n");
    assert.match(stderr, / ListClusters 200 \d+ ms\n$/);
  });

  it("ends with the command's exit code", async () => {
    assert.equal((await run(node("process.exit(7)"))).exitCode, 7);
    assert.equal((await run(node('process.kill(process.pid, "SIGKILL")'))).exitCode, 137);
  });

  it("says that a command is not found", async () => {
    assert.deepEqual(await run(["--", "no-such-command", "--version"]), {
      stdout: "",
      stderr: "local-ecs: the command no-such-command is not found.\n",
      exitCode: 127,
    });
  });

  it("hands a signal to the command, and ends when it does", async () => {
    const child = start(
      node('process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000); console.log("up")'),
    );
    await createInterface(child.stdout)[Symbol.asyncIterator]().next();
    child.kill("SIGTERM");

    assert.deepEqual(await once(child, "exit"), [9, null]);
  });

  it("goes on without one, and says which archive is none of images", async () => {
    const child = start(["--images", join(FOLDER, "package.json")]);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const said: string[] = [];
    while (!said.at(-1)?.includes("Ctrl-C ends it")) said.push(String((await lines.next()).value));
    child.kill("SIGTERM");

    assert.deepEqual(await once(child, "exit"), [0, null]);
    assert.match(said.join("\n"), /package\.json is no archive of images: /);
  });

  it("shows what containers print, also without a log configuration", async () => {
    const images = await mkdtemp(join(tmpdir(), "images-"));
    await writeOciImage({
      layout: images,
      reference: "app:1",
      files: { "/app.js": "console.log('one\\u001b[2J')" },
    });
    const code = `
      const { ECSClient, RegisterTaskDefinitionCommand, CreateClusterCommand, RunTaskCommand, waitUntilTasksStopped } = require("@aws-sdk/client-ecs");
      (async () => {
        const ecs = new ECSClient();
        await ecs.send(new CreateClusterCommand({}));
        const containerDefinitions = [{ name: "app", image: "app:1", memory: 64, command: ["node", "/app.js"] }];
        await ecs.send(new RegisterTaskDefinitionCommand({ family: "app", containerDefinitions }));
        const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition: "app" }));
        await waitUntilTasksStopped({ client: ecs, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { tasks: [tasks[0].taskArn] });
      })();
    `;

    const { stderr, exitCode } = await run(["--images", images, "--logs", ...node(code)]);
    await rm(images, { recursive: true });

    assert.equal(exitCode, 0);
    assert.match(stderr, /^[0-9a-f]{8} app \| one \[2J\n$/);
  });
});
