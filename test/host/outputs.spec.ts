import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DescribeTasksCommand, type Task } from "@aws-sdk/client-ecs";
import { startMigrations, stopMigrations, URN, type Migrations } from "../support/migrations";
import type { Properties } from "../support/provider-host";

const README = join(__dirname, "../../README.md");

/** What the run has to be compared with. */
interface Truth {
  readonly taskDefinition: string;
  readonly digests: Readonly<Record<string, string>>;
  /** The task as ECS describes it when all is over. */
  readonly task: Task;
  readonly outputs: Properties;
}

/** Each output of a run that ended well, by its name: what it has to be. */
const OUTPUTS: Readonly<Record<string, (truth: Truth) => unknown>> = {
  taskArn: ({ task }) => task.taskArn,
  taskArns: ({ task }) => [task.taskArn],
  taskDefinitionArn: ({ taskDefinition }) => taskDefinition,
  clusterArn: () => "arn:aws:ecs:us-east-1:123456789012:cluster/default",
  outcome: () => "SUCCEEDED",
  phase: () => "SETTLED",
  lastStatus: () => "STOPPED",
  stopCode: () => "EssentialContainerExited",
  stoppedReason: () => "Essential container in task exited",
  imageDigests: ({ digests }) => digests,
  images: ({ digests: { app = "" } }) => ({ app: `shop/migrate@${app}`, side: "shop/side:1" }),
  exitCodes: () => ({ app: 0, side: 3 }),
  containers: ({ outputs, digests, task }) => ({
    app: containerRecord(task, "app", (outputs.images as Properties).app, digests.app, 0),
    side: containerRecord(task, "side", (outputs.images as Properties).side, digests.side, 3),
  }),
  tasks: ({ outputs, task }) => {
    const { taskArn, taskDefinitionArn, clusterArn, lastStatus, stopCode, stoppedReason } = outputs;
    const { app, side } = outputs.containers as Properties;
    const times = Object.fromEntries(
      [...TIMES, "executionStoppedAt" as const].map((at) => [at, iso(task[at])]),
    );
    return [
      {
        ...{ taskArn, taskDefinitionArn, clusterArn, lastStatus, stopCode, stoppedReason, ...times },
        desiredStatus: "STOPPED",
        launchType: "EC2",
        availabilityZone: "us-east-1a",
        containerInstanceArn: task.containerInstanceArn,
        startedBy: outputs.marker,
        group: "family:two",
        healthStatus: "UNKNOWN",
        attachments: [],
        containers: [app, side],
      },
    ];
  },
  createdAt: ({ task }) => iso(task.createdAt),
  pullStartedAt: ({ task }) => iso(task.pullStartedAt),
  pullStoppedAt: ({ task }) => iso(task.pullStoppedAt),
  startedAt: ({ task }) => iso(task.startedAt),
  stoppingAt: ({ task }) => iso(task.stoppingAt),
  executionStoppedAt: ({ task }) => iso(task.executionStoppedAt),
  stoppedAt: ({ task }) => iso(task.stoppedAt),
  durationSeconds: ({ task }) => (task.executionStoppedAt!.getTime() - task.startedAt!.getTime()) / 1000,
  logs: ({ task }) => {
    const id = task.taskArn!.split("/").at(-1)!;
    const events = `ecs$252Fapp$252F${id}`;
    return {
      app: {
        logGroup: "/shop/two",
        logStream: `ecs/app/${id}`,
        region: "eu-west-1",
        consoleUrl: `https://console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups/log-group/$252Fshop$252Ftwo/log-events/${events}`,
      },
    };
  },
  generation: () => 1,
};

/** In the order in which they come about. */
const TIMES = [
  "createdAt",
  "pullStartedAt",
  "pullStoppedAt",
  "startedAt",
  "executionStoppedAt",
  "stoppingAt",
  "stoppedAt",
] as const;

function containerRecord(
  { containers = [] }: Task,
  name: string,
  image: unknown,
  imageDigest: string | undefined,
  exitCode: number,
): Properties {
  const { runtimeId } = containers.find((container) => container.name === name) ?? {};
  assert.match(runtimeId ?? "", /^[0-9a-f]{64}$/);
  return { name, image, imageDigest, exitCode, runtimeId, lastStatus: "STOPPED", healthStatus: "UNKNOWN" };
}

function iso(time: Date | undefined): string | undefined {
  return time?.toISOString();
}

/** The names in the README's table of outputs. */
async function documented(): Promise<string[]> {
  const [, table = ""] = /<!-- outputs -->(.*)<!-- \/outputs -->/s.exec(await readFile(README, "utf8")) ?? [];
  return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name = ""]) => name);
}

/** A task with two containers: the migration by digest and with its log lines, and a sidecar with none. */
describe("an output", () => {
  let m: Migrations;
  let truth: Truth;

  before(async () => {
    m = await startMigrations();
    const config = { Entrypoint: ["node", "/main.mjs"] };
    const side = await m.lab.image("shop/side:1", { "/main.mjs": "process.exit(3);" }, config);
    const options = {
      "awslogs-group": "/shop/two",
      "awslogs-region": "eu-west-1",
      "awslogs-stream-prefix": "ecs",
    };
    const app = {
      name: "app",
      image: `shop/migrate@${m.digest}`,
      command: ["exit", "0"],
      dependsOn: [{ containerName: "side", condition: "COMPLETE" as const }],
      logConfiguration: { logDriver: "awslogs" as const, options },
    };
    const taskDefinition = await m.lab.define(
      [app, { name: "side", image: "shop/side:1", essential: false }],
      "two",
    );
    const { state: outputs } = await m.host.create({ taskDefinition, resourceUrn: URN });
    const { tasks } = await m.lab.ecs.send(new DescribeTasksCommand({ tasks: [String(outputs.taskArn)] }));
    const digests = { app: m.digest, side: side.digest };
    truth = { taskDefinition, digests, task: tasks![0]!, outputs };
  });

  after(() => stopMigrations(m));

  for (const [name, expected] of Object.entries(OUTPUTS)) {
    it(`${name} is what ECS and its task definition say`, () => {
      const wanted = expected(truth);

      assert.notEqual(wanted, undefined);
      assert.deepStrictEqual(truth.outputs[name], wanted);
    });
  }

  it("is told here for each row of the README's table, and there for each row here", async () => {
    assert.deepStrictEqual(await documented(), Object.keys(OUTPUTS));
  });

  it("that is a time comes in the order of a task's life", () => {
    const times = TIMES.map((name) => String(truth.outputs[name]));

    assert.deepStrictEqual(times, [...times].sort());
    assert.ok(times.every((time) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(time)));
  });

  it("holds nothing that says nothing: no null, no empty text, no number that is none", () => {
    const nothings: string[] = [];
    const walk = (path: string, value: unknown): void => {
      const isNothing = value === null || value === undefined || value === "" || Number.isNaN(value);
      if (isNothing) nothings.push(path);
      else if (typeof value === "object")
        for (const [key, inner] of Object.entries(value)) walk(`${path}.${key}`, inner);
    };

    walk("outputs", truth.outputs);

    assert.deepStrictEqual(nothings, []);
  });
});
