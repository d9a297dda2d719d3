import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import type { Context } from "mocha";
import { image, startJudged, type Judged } from "./judged-local";

/** Where Debian's package and the installer of AWS put it. One of a virtual environment before them is version 1. */
const PLACES = ["/usr/bin/aws", "/usr/local/bin/aws"];

const program = PLACES.find((place) => {
  const { error, stdout } = spawnSync(place, ["--version"], { encoding: "utf8" });
  return error === undefined && stdout.startsWith("aws-cli/2.");
});

describe("`aws logs tail`, which only version 2 of the AWS CLI has,", function () {
  this.timeout(60_000);
  let judged: Judged;
  before(async function () {
    skipWithoutCli(this);
    const started = await startJudged();
    if (started === undefined) this.skip();
    judged = started;
  });
  after(() => (judged as Judged | undefined)?.close());

  async function aws(...args: readonly string[]): Promise<string> {
    const { url, region } = judged.local;
    const env = {
      PATH: process.env.PATH ?? "",
      AWS_ENDPOINT_URL: url,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
    };
    // Debian's version does not know the variable yet.
    const all = ["--endpoint-url", url, "--region", region, ...args];
    return (await promisify(execFile)(program ?? "", all, { env })).stdout;
  }

  it("shows what the containers of a task have printed, by stream and time", async () => {
    await aws("ecs", "create-cluster");
    const options = { "awslogs-group": "shop", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p" };
    const definitions = JSON.stringify([
      {
        name: "app",
        image,
        memory: 64,
        command: ["sh", "-c", "echo one; echo two"],
        logConfiguration: { logDriver: "awslogs", options },
      },
    ]);
    await aws(
      "ecs",
      "register-task-definition",
      "--family",
      "prints",
      "--container-definitions",
      definitions,
    );
    const run = JSON.parse(
      await aws("ecs", "run-task", "--task-definition", "prints", "--output", "json"),
    ) as {
      tasks: { taskArn: string }[];
    };
    const taskArn = run.tasks[0]!.taskArn;
    await aws("ecs", "wait", "tasks-stopped", "--tasks", taskArn);

    const tail = await aws("logs", "tail", "shop", "--since", "10m", "--format", "short");
    const errors = await aws("logs", "tail", "shop", "--since", "10m", "--filter-pattern", "two");

    assert.deepEqual(tail.trim().split("\n").map(withoutTime), ["one", "two"]);
    assert.match(errors, new RegExp(` p/app/${taskArn.split("/").at(-1)!} two\\n$`));
  });
});

function withoutTime(line: string): string {
  return line.replace(/^\S+ /, "");
}

function skipWithoutCli(context: Context): void {
  if (program !== undefined) return;
  console.log("      skipped: no version 2 of the AWS CLI is here (Debian: awscli)");
  context.skip();
}
