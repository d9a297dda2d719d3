import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { startLocalEcs } from "local-ecs";
import type { Finding, Question } from "./frame/finding";
import { megabytes, seconds } from "./frame/quantiles";
import { awsEnvironment, repository } from "./frame/stage";

/** What looking for images costs in a cluster of many tasks: calls, time and memory of one getRunningImages. */
export const lookUps: Question = { name: "look-ups", measure };

/** How many tasks one call lists or describes at most. */
const TASKS_A_CALL = 100;

const OPERATIONS = ["ListClusters", "ListTasks", "DescribeTasks"] as const;

/** A program of its own, so that its memory is that of the look-up and nothing else. Its peak is the kernel's own count. */
const PROGRAM = `
  const { getRunningImages } = require(".");
  const start = performance.now();
  getRunningImages().then(({ containers }) => {
    const ms = performance.now() - start;
    console.log(JSON.stringify({ containers: containers.length, ms, peakBytes: process.resourceUsage().maxRSS * 1024 }));
  });`;

interface Looked {
  readonly containers: number;
  readonly ms: number;
  readonly peakBytes: number;
}

interface Row extends Looked {
  readonly throttling: boolean;
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
}

async function measure(isQuick: boolean): Promise<Finding> {
  const many = isQuick ? 200 : 10_000;
  const one = await lookUp(1, false);
  const rows = [one, await lookUp(many, false), await lookUp(many, true)];
  const least = 1 + 2 * Math.ceil(many / TASKS_A_CALL);
  const made = OPERATIONS.reduce((sum, operation) => sum + (rows[1]?.calls[operation] ?? 0), 0);
  const throttled = rows[2]?.throttled ?? 0;
  return {
    title: "Looking for images",
    method: `One \`getRunningImages\` over all clusters, in a process of its own that does nothing else, against a local ECS in another one, whose tasks are held PENDING. Memory is the peak of the process, as the kernel counts it. “Token buckets”: the server throttles as ECS documents it, and throttled calls are tried again.`,
    tables: [
      {
        caption: "One look-up.",
        head: ["tasks", "token buckets", ...OPERATIONS, "throttled", "time", "peak memory", "over one task"],
        rows: rows.map(({ containers, throttling, calls, throttled, ms, peakBytes }) => [
          containers.toLocaleString("en"),
          throttling ? "yes" : "no",
          ...OPERATIONS.map((operation) => String(calls[operation] ?? 0)),
          String(throttled),
          seconds(ms),
          megabytes(peakBytes),
          megabytes(peakBytes - one.peakBytes),
        ]),
      },
    ],
    goals: [
      {
        goal: `no more calls for ${many.toLocaleString("en")} tasks than ${TASKS_A_CALL} tasks a call take`,
        measured: `${made} calls where ${least} are the least`,
        isMet: made === least,
      },
      {
        goal: "no throttled call under the documented token buckets",
        measured: `${throttled} calls throttled`,
        isMet: throttled === 0,
      },
    ],
    headlines: [],
  };
}

async function lookUp(tasks: number, throttling: boolean): Promise<Row> {
  const calls: Record<string, number> = {};
  let throttled = 0;
  const local = await startLocalEcs({
    throttling,
    log: (line) => {
      const [, operation = "", status] = /\b([A-Z][A-Za-z]+) (\d{3}) \d+ ms/.exec(line) ?? [];
      if (status === "200") calls[operation] = (calls[operation] ?? 0) + 1;
      else if (status !== undefined) throttled += 1;
    },
  });
  await holdTasks(local, tasks);
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", PROGRAM], {
    cwd: repository,
    env: { ...process.env, ...awsEnvironment, AWS_REGION: local.region, AWS_ENDPOINT_URL: local.url },
  });
  await local.close();
  return { ...(JSON.parse(stdout) as Looked), throttling, calls, throttled };
}

/** A service of so many tasks that stay PENDING, with no process of theirs. */
async function holdTasks(local: Awaited<ReturnType<typeof startLocalEcs>>, tasks: number): Promise<void> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const ecs = new ECSClient({ endpoint: local.url, region: local.region, credentials });
  await ecs.send(new CreateClusterCommand({}));
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: "held",
      memory: "16",
      containerDefinitions: [{ name: "app", image: "shop/app:1", memory: 16 }],
    }),
  );
  ecs.destroy();
  local.tasks.plan({ family: "held", times: "always", holdAt: "PENDING" });
  const { taskDefinitionArn = "" } = taskDefinition ?? {};
  local.seedService({ serviceName: "held", taskDefinition: taskDefinitionArn, desiredCount: tasks });
}
