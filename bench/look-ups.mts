/**
 * What looking for images costs in a cluster of many tasks: calls, seconds and memory of one getRunningImages.
 * The tasks are held at PENDING by the local ECS, so that no process runs for them. It lives in this process too:
 * the memory is that of both.
 *
 * Usage, after `npm run build`: node bench/look-ups.mts [tasks] [--throttled]
 */
import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { getRunningImages } from "pulumi-ecs-task";
import { startLocalEcs } from "pulumi-ecs-task/local";

const [asked = "10000"] = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const throttling = process.argv.includes("--throttled");
const keys = { accessKeyId: "test", secretAccessKey: "test" };
Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
});

const calls = new Map<string, number>();
const local = await startLocalEcs({
  throttling,
  log: (line) => {
    const operation = /\b(ListClusters|ListTasks|DescribeTasks)\b/.exec(line)?.[1];
    if (operation) calls.set(operation, (calls.get(operation) ?? 0) + 1);
  },
});
const ecs = new ECSClient({ endpoint: local.url, region: local.region, credentials: keys });
await ecs.send(new CreateClusterCommand({}));
const { taskDefinition } = await ecs.send(
  new RegisterTaskDefinitionCommand({
    family: "held",
    memory: "16",
    containerDefinitions: [{ name: "app", image: "shop/app:1", memory: 16 }],
  }),
);
local.tasks.plan({ family: "held", times: "always", holdAt: "PENDING" });
local.seedService({
  serviceName: "held",
  taskDefinition: taskDefinition?.taskDefinitionArn ?? "held",
  desiredCount: Number(asked),
});

const before = { rss: process.memoryUsage().rss, at: performance.now() };
const { containers } = await getRunningImages({ region: local.region, endpoint: local.url });
const seconds = (performance.now() - before.at) / 1000;
const megabytes = (bytes: number) => Math.round(bytes / 2 ** 20);
const { rss } = process.memoryUsage();

console.log(`${containers.length} containers in ${seconds.toFixed(1)} s`);
for (const [operation, count] of calls) console.log(`  ${operation}: ${count}`);
console.log(
  `  resident memory: ${megabytes(rss)} MB, of which ${megabytes(rss - before.rss)} MB since the look-up began`,
);
ecs.destroy();
await local.close();
