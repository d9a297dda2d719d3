import {
  CreateClusterCommand,
  DescribeTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type RegisterTaskDefinitionCommandInput,
  type RunTaskCommandInput,
  type Task,
} from "@aws-sdk/client-ecs";
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { image } from "./image";
import { startTarget, type Target } from "./target";

/** A target with a cluster of its own, and what every case needs of it. */
export interface Bench extends Target {
  readonly cluster: string;
  /** A name that nobody else uses. */
  unique(prefix: string): string;
  /** A container that runs this line in a shell; without one it stays until it is stopped. */
  readonly shell: (
    line?: string,
  ) => NonNullable<RegisterTaskDefinitionCommandInput["containerDefinitions"]>[number];
  /** Registers a task definition that can run on Fargate. @returns its ARN. */
  define(input?: Partial<RegisterTaskDefinitionCommandInput>): Promise<string>;
  /** Runs one task on Fargate. */
  run(taskDefinition: string, input?: Partial<RunTaskCommandInput>): Promise<Task & { taskArn: string }>;
  describe(taskArn: string): Promise<Task>;
  until(taskArn: string, lastStatus: string): Promise<Task>;
}

export async function startBench(): Promise<Bench> {
  const target = await startTarget();
  const { ecs, fargate } = target;
  const unique = (prefix: string): string => `${prefix}-${randomBytes(4).toString("hex")}`;
  const cluster = unique("conformance");
  await ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  const shell: Bench["shell"] = (line = "while :; do sleep 1; done") => ({
    name: "app",
    image,
    memory: 64,
    stopTimeout: 2,
    command: ["sh", "-c", line],
  });
  const bench: Bench = {
    ...target,
    cluster,
    unique,
    shell,
    async define(input = {}) {
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({
          family: unique("app"),
          requiresCompatibilities: ["FARGATE"],
          networkMode: "awsvpc",
          cpu: "256",
          memory: "512",
          containerDefinitions: [shell()],
          ...input,
        }),
      );
      return taskDefinition!.taskDefinitionArn!;
    },
    async run(taskDefinition, input = {}) {
      const { tasks, failures } = await ecs.send(
        new RunTaskCommand({ cluster, taskDefinition, ...fargate, ...input }),
      );
      assert.deepEqual(failures, []);
      return { ...tasks![0]!, taskArn: tasks![0]!.taskArn! };
    },
    async describe(taskArn) {
      const { tasks } = await ecs.send(
        new DescribeTasksCommand({ cluster, tasks: [taskArn], include: ["TAGS"] }),
      );
      return tasks![0]!;
    },
    async until(taskArn, lastStatus) {
      for (;;) {
        const task = await bench.describe(taskArn);
        if (task.lastStatus === lastStatus || task.lastStatus === "STOPPED") {
          assert.equal(task.lastStatus, lastStatus);
          return task;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
  return bench;
}
