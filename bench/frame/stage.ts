import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import {
  CreateClusterCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";
import { writeOciImage } from "local-ecs";

export const repository = resolve(__dirname, "../..");

/** The local ECS in a process of its own, as `npx pulumi-ecs-task local` starts it: whoever is measured shares no event loop with it. */
export interface Stage extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly ecs: ECSClient;
  /** Of a container that does what its command override says. */
  readonly taskDefinition: string;
  /** What RunTask needs besides. */
  readonly placement: Partial<typeof ON_FARGATE>;
  /** Defines another of them, in a family of its own. @returns its ARN. */
  define(): Promise<string>;
  /** How often it was asked, by operation. */
  readonly calls: ReadonlyMap<string, number>;
  /** Runs a task with this command. @returns its ARN. */
  run(command: readonly string[]): Promise<string>;
  /** Lets tasks stay PENDING for ever from now on, with no process of theirs. */
  holdTasks(): Promise<void>;
}

const FOR_FARGATE = {
  requiresCompatibilities: ["FARGATE" as const],
  networkMode: "awsvpc" as const,
  cpu: "256",
  memory: "512",
};

const ON_FARGATE = {
  launchType: "FARGATE" as const,
  networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"] } },
};

/** What SDKs and command lines need to reach a stage. */
export const awsEnvironment: NodeJS.ProcessEnv = {
  AWS_ACCESS_KEY_ID: "test",
  AWS_SECRET_ACCESS_KEY: "test",
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
  AWS_EC2_METADATA_DISABLED: "true",
};

/** How tasks run on a stage. */
interface StageOptions {
  /** As on Fargate: so long their network interface takes to go, in milliseconds. @defaultValue they have none */
  readonly deprovisioningMs?: number;
}

export async function startStage({ deprovisioningMs }: StageOptions = {}): Promise<Stage> {
  const isOnFargate = deprovisioningMs !== undefined;
  const phases = isOnFargate ? ["--phase", `DEPROVISIONING=${deprovisioningMs / 1000}`] : [];
  const placement = isOnFargate ? ON_FARGATE : {};
  const layout = await mkdtemp(join(tmpdir(), "bench-"));
  await writeOciImage({ layout, reference: "bench/app:1", files: {}, config: {} });
  const child = spawn(
    process.execPath,
    [join(repository, "dist/cli/main.js"), "local", "--images", layout, "--requests", ...phases],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const exited = once(child, "exit");
  const calls = new Map<string, number>();
  const url = await new Promise<string>((found, failed) => {
    child.once("exit", () => {
      failed(new Error("The local ECS did not start: is it built?"));
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (address !== undefined) found(address);
      const operation = /(?:^|\s)([A-Z][A-Za-z]+) \d{3} \d+ ms/.exec(line)?.[1];
      if (operation !== undefined) calls.set(operation, (calls.get(operation) ?? 0) + 1);
    });
  });
  const ecs = new ECSClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await ecs.send(new CreateClusterCommand({}));
  let families = 0;
  const defineNext = () => define(ecs, `bench${(families += 1)}`, isOnFargate);
  const taskDefinition = await defineNext();
  return {
    url,
    pid: child.pid ?? 0,
    ecs,
    taskDefinition,
    placement,
    define: defineNext,
    calls,
    async run(command) {
      const overrides = { containerOverrides: [{ name: "app", command: [...command] }] };
      const { tasks } = await ecs.send(new RunTaskCommand({ taskDefinition, overrides, ...placement }));
      return tasks?.[0]?.taskArn ?? "";
    },
    async holdTasks() {
      const body = JSON.stringify({ holdAt: "PENDING", times: "always" });
      await fetch(`${url}/_local/tasks/plan`, { method: "POST", body });
    },
    async [Symbol.asyncDispose]() {
      ecs.destroy();
      child.kill("SIGTERM");
      await exited;
      await rm(layout, { recursive: true, force: true });
    },
  };
}

async function define(ecs: ECSClient, family: string, isOnFargate: boolean): Promise<string> {
  const { taskDefinition } = await ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      ...(isOnFargate ? FOR_FARGATE : { memory: "64" }),
      containerDefinitions: [{ name: "app", image: "bench/app:1", stopTimeout: 0 }],
    }),
  );
  return taskDefinition?.taskDefinitionArn ?? "";
}

/** The resident memory of a process, in bytes (Linux). */
export function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}
