import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { waitUntilTasksStopped } from "@aws-sdk/client-ecs";
import { ProviderHost } from "../../test/support/provider-host";
import { awsEnvironment, repository, type Stage } from "./stage";

/** Runs a task and waits for its end. @returns the ARN, and when the wait was over. */
export type Wait = (seconds: number) => Promise<{ readonly taskArn: string; readonly returnedMs: number }>;

export interface Waiter extends AsyncDisposable {
  readonly name: string;
  readonly wait: Wait;
}

const sleep = (seconds: number): string[] => ["sleep", seconds.toFixed(3)];

/** `create` of our provider, in Pulumi's own dynamic-provider process. */
export async function ourCreate(stage: Stage): Promise<Waiter> {
  const host = await ProviderHost.start({}, awsEnvironment);
  const { networkConfiguration, ...launch } = stage.placement;
  const placement = networkConfiguration
    ? { ...launch, networkConfiguration: networkConfiguration.awsvpcConfiguration }
    : launch;
  return {
    name: "EcsTask",
    async wait(seconds) {
      const { state } = await host.create({
        taskDefinition: stage.taskDefinition,
        ...placement,
        region: "us-east-1",
        endpoint: stage.url,
        overrides: { containerOverrides: [{ name: "app", command: sleep(seconds) }] },
      });
      return { taskArn: String(state.taskArn), returnedMs: Date.now() };
    },
    [Symbol.asyncDispose]: () => host.close(),
  };
}

export function sdkWaiter(stage: Stage): Waiter {
  return {
    name: "SDK for JavaScript, waitUntilTasksStopped",
    async wait(seconds) {
      const taskArn = await stage.run(sleep(seconds));
      await waitUntilTasksStopped({ client: stage.ecs, maxWaitTime: 900 }, { tasks: [taskArn] });
      return { taskArn, returnedMs: Date.now() };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** @param python - a virtual environment with the AWS CLI. */
export function cliWaiter(stage: Stage, python: string): Waiter {
  return {
    name: "aws ecs wait tasks-stopped",
    async wait(seconds) {
      const taskArn = await stage.run(sleep(seconds));
      const args = ["ecs", "wait", "tasks-stopped", "--tasks", taskArn, "--endpoint-url", stage.url];
      const cli = spawn(join(python, "bin/aws"), args, { env: withAws(), stdio: "inherit" });
      await once(cli, "exit");
      return { taskArn, returnedMs: Date.now() };
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** @param python - a virtual environment with boto3. */
export async function botoWaiter(stage: Stage, python: string): Promise<Waiter> {
  const script = join(repository, "bench/peers/wait.py");
  const child = spawn(join(python, "bin/python"), [script, stage.url], {
    env: withAws(),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const returned = new Map<string, (atMs: number) => void>();
  const lines = createInterface({ input: child.stdout });
  await once(lines, "line");
  lines.on("line", (line) => {
    const [taskArn = "", atMs] = line.split(" ");
    returned.get(taskArn)?.(Number(atMs));
  });
  return {
    name: "boto3, get_waiter(tasks_stopped)",
    async wait(seconds) {
      const taskArn = await stage.run(sleep(seconds));
      const atMs = new Promise<number>((resolve) => returned.set(taskArn, resolve));
      child.stdin.write(`${taskArn}\n`);
      return { taskArn, returnedMs: await atMs };
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await once(child, "exit");
    },
  };
}

function withAws(): NodeJS.ProcessEnv {
  return { ...process.env, ...awsEnvironment };
}
