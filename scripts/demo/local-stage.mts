/** What plays AWS in the story: a local ECS with a cluster, an image folder, and a look at the tasks that ran. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { startLocalEcs, type LocalEcs } from "local-ecs";
import type { Release } from "./releases.mts";

/** How long Fargate takes by median to take the network interface of a task away, in milliseconds. */
const DEPROVISIONING_MS = 12_900;

export const cluster = "demo";
export const container = "migrate";

export interface LocalStage {
  readonly url: string;
  readonly region: string;
  /** The OCI layout from which the local ECS takes images. */
  readonly layout: string;
  /** Answers `family:revision`. */
  readonly register: (release: Release) => Promise<string>;
  /** Every task that ECS knows of, in the order in which they were created. */
  readonly tasks: () => Promise<readonly Task[]>;
  readonly stopTasks: (reason: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startLocalStage(folder: string): Promise<LocalStage> {
  const layout = join(folder, "images");
  await mkdir(layout);
  const ecs = await startLocalEcs({
    images: [layout],
    dataDir: join(folder, "ecs"),
    phaseMs: { DEPROVISIONING: DEPROVISIONING_MS },
  });
  const client = clientFor(ecs);
  await client.send(new CreateClusterCommand({ clusterName: cluster }));

  const list = async (desiredStatus: "RUNNING" | "STOPPED"): Promise<readonly string[]> =>
    (await client.send(new ListTasksCommand({ cluster, desiredStatus }))).taskArns ?? [];
  return {
    url: ecs.url,
    region: ecs.region,
    layout,
    register: (release) => register(client, ecs.region, release),
    tasks: async () => {
      const tasks = [...(await list("RUNNING")), ...(await list("STOPPED"))];
      if (tasks.length === 0) return [];
      const answer = await client.send(new DescribeTasksCommand({ cluster, tasks }));
      return (answer.tasks ?? []).sort((a, b) => Number(a.createdAt) - Number(b.createdAt));
    },
    stopTasks: async (reason) => {
      const running = await list("RUNNING");
      await Promise.all(running.map((task) => client.send(new StopTaskCommand({ cluster, task, reason }))));
    },
    close: async () => {
      client.destroy();
      await ecs.close();
    },
  };
}

function clientFor({ url, region }: LocalEcs): ECSClient {
  // Any credentials do: the local ECS has no users.
  return new ECSClient({
    endpoint: url,
    region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
}

async function register(client: ECSClient, region: string, { image }: Release): Promise<string> {
  const { taskDefinition } = await client.send(
    new RegisterTaskDefinitionCommand({
      family: "shop-migrations",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      executionRoleArn: "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
      containerDefinitions: [
        {
          name: container,
          image,
          essential: true,
          logConfiguration: {
            logDriver: "awslogs",
            options: {
              "awslogs-group": "/ecs/shop-migrations",
              "awslogs-region": region,
              "awslogs-stream-prefix": "demo",
              "awslogs-create-group": "true",
            },
          },
        },
      ],
    }),
  );
  return `${taskDefinition?.family ?? ""}:${String(taskDefinition?.revision)}`;
}
