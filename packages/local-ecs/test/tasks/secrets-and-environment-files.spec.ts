import assert from "node:assert/strict";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import {
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  type ContainerDefinition,
} from "@aws-sdk/client-ecs";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";
import { eventually } from "../support/eventually";

const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:db-AbCdEf";
const logConfiguration = {
  logDriver: "awslogs" as const,
  options: { "awslogs-group": "logs", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "s" },
};
const container = (script: string, more: Partial<ContainerDefinition>): ContainerDefinition => ({
  name: "app",
  image: "app:1",
  command: ["node", "-e", script],
  logConfiguration,
  ...more,
});
const file = (value: string) => ({ type: "s3" as const, value });

describe("what a task gets besides its definition", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let folder: string;
  let lab: Lab;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "resources-"));
    await mkdir(join(folder, "bucket/app"), { recursive: true });
    await writeFile(join(folder, "bucket/app/one.env"), "# no\nA=one\nB='one'\nD=one\n");
    await writeFile(join(folder, "bucket/app/two.env"), "A=two\nC=two\n");
    lab = await startLab({
      secrets: { "db-AbCdEf": '{"user":"me","port":5432}', "/app/key": "the key" },
      environmentFiles: folder,
      // Relative to where this process runs, not to where a container does.
      dataDir: relative(process.cwd(), join(folder, "data")),
    });
    await lab.image("app:1", {});
  });
  after(async () => {
    await lab.close();
    await rm(folder, { recursive: true });
  });

  const printed = async (containers: readonly ContainerDefinition[]): Promise<unknown> => {
    const { taskArn } = await lab.run(await lab.define(containers));
    await lab.until(taskArn, hasStopped);
    const [line = ""] = await lab.output("logs", `s/app/${taskArn.split("/").at(-1)!}`);
    return JSON.parse(line) as unknown;
  };
  const stoppedReason = async (more: Partial<ContainerDefinition>): Promise<string> => {
    const { stopCode, stoppedReason: reason } = await lab.runToEnd([container("", more)]);
    assert.equal(stopCode, "TaskFailedToStart");
    return reason!;
  };

  it("are secrets by ARN, JSON key and name, and environment files under its own variables", async () => {
    const names = ["A", "B", "C", "D", "USER_NAME", "PORT", "KEY", "SAME_KEY"];
    const values = await printed([
      container(`console.log(JSON.stringify(${JSON.stringify(names)}.map((name) => process.env[name])))`, {
        environment: [{ name: "D", value: "own" }],
        environmentFiles: [file("arn:aws:s3:::bucket/app/one.env"), file("arn:aws:s3:::bucket/app/two.env")],
        secrets: [
          { name: "USER_NAME", valueFrom: `${secretArn}:user::` },
          { name: "PORT", valueFrom: `${secretArn}:port::` },
          { name: "KEY", valueFrom: "/app/key" },
          { name: "SAME_KEY", valueFrom: "arn:aws:ssm:us-east-1:123456789012:parameter/app/key" },
        ],
      }),
    ]);

    assert.deepEqual(values, ["one", "'one'", "two", "own", "me", "5432", "the key", "the key"]);
  });

  const retrieval = "unable to pull secrets or registry auth: execution resource retrieval failed:";
  const refusals: readonly (readonly [string, Partial<ContainerDefinition>, string])[] = [
    [
      "an unknown parameter",
      { secrets: [{ name: "X", valueFrom: "/app/none" }] },
      `${retrieval} unable to retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: /app/none`,
    ],
    [
      "an unknown secret",
      { secrets: [{ name: "X", valueFrom: secretArn.replace("db-", "no-") }] },
      `${retrieval} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn.replace("db-", "no-")} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
    ],
    [
      "a JSON key that the secret does not have",
      { secrets: [{ name: "X", valueFrom: `${secretArn}:none::` }] },
      `${retrieval} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn}:none:: from secrets manager: retrieved secret from Secrets Manager did not contain json key none`,
    ],
    [
      "an environment file that is not there",
      { environmentFiles: [file("arn:aws:s3:::bucket/none.env")] },
      "failed to download env files: file download command: non empty error stream: NoSuchKey: The specified key does not exist. (arn:aws:s3:::bucket/none.env)",
    ],
  ];
  for (const [what, more, message] of refusals)
    it(`ends with ResourceInitializationError for ${what}`, async () => {
      assert.equal(await stoppedReason(more), `ResourceInitializationError: ${message}`);
    });

  it("are the addresses of the task metadata endpoint", async () => {
    const script = `
      const get = async (path) => (await fetch(process.env.ECS_CONTAINER_METADATA_URI_V4 + path)).json();
      (async () => console.log(JSON.stringify([await get(""), await get("/task"), await get("/stats"), await get("/task/stats"), await get("/x")])))();`;
    const [own, task, stats, taskStats, unknown] = (await printed([
      container(script, { memory: 64, cpu: 128 }),
    ])) as [
      Record<string, unknown>,
      Record<string, unknown>,
      Record<string, unknown>,
      Record<string, unknown>,
      unknown,
    ];

    assert.deepEqual(
      [own.Name, own.Image, own.KnownStatus, own.DesiredStatus, own.Type, own.Limits, own.LogDriver],
      ["app", "app:1", "RUNNING", "RUNNING", "NORMAL", { CPU: 128, Memory: 64 }, "awslogs"],
    );
    assert.match(own.DockerId as string, /^[0-9a-f]{64}$/);
    assert.match(own.ContainerARN as string, /^arn:aws:ecs:us-east-1:123456789012:container\/default\//);
    assert.match(own.ImageID as string, /^sha256:/);
    assert.match(task.TaskARN as string, /:task\/default\//);
    assert.deepEqual(
      [task.Cluster, task.Family, task.LaunchType, task.AvailabilityZone],
      ["arn:aws:ecs:us-east-1:123456789012:cluster/default", "app", "EC2", "us-east-1a"],
    );
    assert.deepEqual(
      (task.Containers as { DockerId: string }[]).map(({ DockerId }) => DockerId),
      [own.DockerId],
    );
    assert.equal(stats.id, own.DockerId);
    assert.deepEqual(Object.keys(taskStats), [own.DockerId]);
    assert.equal(unknown, "404 page not found");
  });

  it("is a volume of its own that its containers share, and that ends with it", async () => {
    const share = (name: string, script: string, more: Partial<ContainerDefinition> = {}) => ({
      ...container(script, more),
      name,
      workingDirectory: "/data",
      mountPoints: [{ sourceVolume: "scratch", containerPath: "/data" }],
    });
    const write = `require("fs").writeFileSync("x", "shared")`;
    const read = `console.log(JSON.stringify(require("fs").readFileSync("x", "utf8")))`;
    const { taskDefinition } = await lab.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "volumes",
        memory: "512",
        volumes: [{ name: "scratch" }],
        containerDefinitions: [
          share("init", write, { essential: false }),
          share("app", read, { dependsOn: [{ containerName: "init", condition: "SUCCESS" }] }),
        ],
      }),
    );
    const { taskArn } = await lab.run(taskDefinition!.taskDefinitionArn!);
    await lab.until(taskArn, hasStopped);

    const [line] = await lab.output("logs", `s/app/${taskArn.split("/").at(-1)!}`);
    assert.equal(line, '"shared"');
    await eventually(async () => {
      // A folder that goes while it is read has not gone yet.
      const files = await readdir(join(folder, "data"), { recursive: true }).catch(() => ["/scratch"]);
      return files.every((path) => !path.endsWith("/scratch"));
    });
  });

  it("is an address of the metadata endpoint that ends with it", async () => {
    const script = `console.log(process.env.ECS_CONTAINER_METADATA_URI_V4); process.on("SIGTERM", () => process.exit()); setInterval(() => {}, 1000)`;
    const { taskArn } = await lab.run(await lab.define([container(script, {})]));
    await lab.until(taskArn, isRunning);
    const stream = `s/app/${taskArn.split("/").at(-1)!}`;
    await eventually(async () => (await lab.output("logs", stream)).length === 1);
    const [url = ""] = await lab.output("logs", stream);
    const during = await fetch(url);
    await lab.ecs.send(new StopTaskCommand({ task: taskArn }));
    await lab.until(taskArn, hasStopped);

    assert.equal(during.status, 200);
    await eventually(async () => (await fetch(url)).status === 404);
  });
});
