import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  CreateClusterCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";
import type { Finding, Question } from "./frame/finding";
import { median, megabytes, millis, times } from "./frame/quantiles";
import { awsEnvironment, repository, residentBytes } from "./frame/stage";

export const localEcs: Question = { name: "local-ecs", measure };

/** How many requests are under way at once. */
const IN_FLIGHT = 4;

interface Server {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  /** How many tasks are put in; moto gets slower with each. */
  readonly tasks: number;
}

async function measure(isQuick: boolean): Promise<Finding> {
  const { pythonEnvironment } = await import("../scripts/tools/python-environment.mts");
  const python = pythonEnvironment(join(repository, "packages/local-ecs/test/conformance/requirements.txt"));
  const rounds = isQuick ? 1 : 5;
  const ours: Server = {
    name: "local ECS",
    command: [process.execPath, join(repository, "dist/cli/main.js"), "local"],
    tasks: isQuick ? 200 : 10_000,
  };
  const moto: Server = {
    name: "moto",
    command: [join(python, "bin/moto_server"), "-H", "127.0.0.1", "-p", "0"],
    tasks: isQuick ? 100 : 1000,
  };
  const starts: number[][] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const [nth, server] of [ours, moto].entries()) {
      const { child, startMs } = await started(server);
      starts[nth]?.push(startMs);
      await ended(child);
    }
  }
  const seconds = isQuick ? 1 : 5;
  const rows = [await underLoad(ours, seconds), await underLoad(moto, seconds)];
  const [here, there] = rows;
  const ratio = (here?.perSecond ?? 0) / (there?.perSecond ?? 1);
  return {
    title: "The local ECS",
    method: `Beside moto's server, each as its own command starts it, one after the other. Start: from the start of the process to the first answer, median of ${rounds}. Requests: DescribeTasks of 100 tasks, ${IN_FLIGHT} at once over kept connections, for ${seconds} s. The local ECS's tasks are held PENDING, so none of their processes is counted; moto runs none.`,
    tables: [
      {
        caption: "Servers.",
        head: [
          "server",
          "start",
          "DescribeTasks of 100 per second",
          "tasks",
          "memory before",
          "memory with them",
          "per task",
        ],
        rows: rows.map(({ name, tasks, perSecond, before, after }, nth) => [
          name,
          millis(median(starts[nth] ?? [])),
          perSecond.toFixed(0),
          tasks.toLocaleString("en"),
          megabytes(before),
          megabytes(after),
          `${((after - before) / tasks / 1000).toFixed(1)} kB`,
        ]),
      },
    ],
    goals: [],
    headlines: [
      {
        what: "Local ECS: start, and DescribeTasks of 100 tasks a second",
        here: `${millis(median(starts[0] ?? []))}, ${(here?.perSecond ?? 0).toFixed(0)}`,
        others: `${millis(median(starts[1] ?? []))}, ${(there?.perSecond ?? 0).toFixed(0)} (moto)`,
        sentence: `A test suite starts it ${times(median(starts[1] ?? []) / median(starts[0] ?? []))} sooner, and polls it ${times(ratio)} as often.`,
      },
    ],
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly startMs: number;
}

async function started({ command: [file, ...args] }: Server): Promise<Running> {
  const beginMs = performance.now();
  const child = spawn(file, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...awsEnvironment },
  });
  const url = await new Promise<string>((found, failed) => {
    child.once("error", failed);
    for (const output of [child.stdout, child.stderr])
      createInterface({ input: output }).on("line", (line) => {
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
        if (address !== undefined) found(address);
      });
  });
  await call(new Agent(), url, "ListClusters", {});
  return { child, url, startMs: performance.now() - beginMs };
}

async function ended(child: ChildProcess): Promise<void> {
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}

async function underLoad(server: Server, seconds: number) {
  const { child, url } = await started(server);
  const before = residentBytes(child.pid ?? 0);
  const arns = await putTasks(url, server.tasks);
  const after = residentBytes(child.pid ?? 0);
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  const untilMs = performance.now() + seconds * 1000;
  const tasks = arns.slice(0, 100);
  let answers = 0;
  const ask = async () => {
    while (performance.now() < untilMs) {
      await call(agent, url, "DescribeTasks", { tasks });
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, ask));
  agent.destroy();
  await ended(child);
  return { name: server.name, tasks: arns.length, perSecond: answers / seconds, before, after };
}

async function putTasks(url: string, count: number): Promise<string[]> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const ecs = new ECSClient({ endpoint: url, region: "us-east-1", credentials });
  const hold = JSON.stringify({ holdAt: "PENDING", times: "always" });
  // moto has no such path, and needs none.
  await fetch(`${url}/_local/tasks/plan`, { method: "POST", body: hold }).catch(() => undefined);
  await ecs.send(new CreateClusterCommand({ clusterName: "default" }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: "bench",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      containerDefinitions: [{ name: "app", image: "bench/app:1", memory: 64 }],
    }),
  );
  const subnets = [await ec2Name(url, "DescribeSubnets", "subnetId")];
  const securityGroups = [await ec2Name(url, "DescribeSecurityGroups", "groupId")];
  const order = new RunTaskCommand({
    taskDefinition: "bench",
    launchType: "FARGATE",
    count: 10,
    networkConfiguration: { awsvpcConfiguration: { subnets, securityGroups } },
  });
  const arns: string[] = [];
  while (arns.length < count) {
    const { tasks = [] } = await ecs.send(order);
    if (tasks.length === 0) throw new Error(`${url} starts no task.`);
    arns.push(...tasks.map(({ taskArn = "" }) => taskArn));
  }
  ecs.destroy();
  return arns;
}

/** The name of something that moto has from the beginning and wants to see again; the local ECS takes any. */
async function ec2Name(url: string, action: string, element: string): Promise<string> {
  const authorization =
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=0";
  const body = new URLSearchParams({ Action: action, Version: "2016-11-15" });
  const answer = await fetch(url, { method: "POST", headers: { authorization }, body });
  return new RegExp(`<${element}>(.*?)<`).exec(await answer.text())?.[1] ?? "any-1";
}

/** A request without a client in the way, so that the server is what is measured. */
function call(agent: Agent, url: string, operation: string, input: object): Promise<string> {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AmazonEC2ContainerServiceV20141113.${operation}`,
    authorization:
      "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=0",
  };
  return new Promise((resolve, reject) => {
    const asking = request(url, { agent, method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (data: string) => (text += data));
      response.on("end", () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${operation}: ${text.slice(0, 200)}`));
      });
    });
    asking.on("error", reject).end(JSON.stringify(input));
  });
}
