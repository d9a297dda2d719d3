import assert from "node:assert/strict";
import { CreateClusterCommand, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask } from "../../src/index";
import { NOT_KNOWN, saidOf } from "../support/checked-program";
import { assertGolden } from "../support/golden";
import { startLab, type Lab } from "../support/lab";

const later = pulumi.output("late") as unknown as string;
const nothing = pulumi.output<string | undefined>(undefined);
const container = (members: object) => ({ overrides: { containerOverrides: [{ name: "app", ...members }] } });
const volume = (members: object) => ({
  volumeConfiguration: {
    name: "data",
    managedEbsVolume: { roleArn: "ecs-volumes", sizeInGb: 10, ...members },
  },
});
const task = (args: object, opts?: object) =>
  new EcsTask("migrate", { taskDefinition: NOT_KNOWN, ...args }, opts);

/** What a user writes by mistake, in the words of the program. */
const MISTAKES: Readonly<Record<string, () => EcsTask>> = {
  'new EcsTask("migrate")': () => new EcsTask("migrate", undefined as never),
  'new EcsTask("migrate", "app:1")': () => new EcsTask("migrate", "app:1" as never),
  'new EcsTask("migrate", pulumi.output({ … }))': () => new EcsTask("migrate", pulumi.output({}) as never),
  "new EcsTask(…, { provider: west })": () =>
    task({}, { provider: new aws.Provider("west", { region: "us-west-2" }) }),
  "new EcsTask(…, { parent: a component with { provider: west } })": () => {
    const provider = new aws.Provider("west", { region: "us-west-2" });
    return task({}, { parent: new pulumi.ComponentResource("shop:index:Shop", "shop", {}, { provider }) });
  },
  'new EcsTask(…, { import: "…" })': () => task({}, { import: "arn" }),
  'EcsTask.get("last", "")': () => EcsTask.get("last", ""),
  "no taskDefinition": () => task({ taskDefinition: undefined }),
  'taskDefinition: ""': () => task({ taskDefinition: "" }),
  'taskDefinition: "app:latest"': () => task({ taskDefinition: "app:latest" }),
  "taskDefinition: the component of awsx": () =>
    task({
      taskDefinition: new awsx.ecs.FargateTaskDefinition("app", { container: { name: "app", image: "app" } }),
    }),
  'taskDefinition: { family: "app" }': () => task({ taskDefinition: { family: "app" } }),
  "taskDefinition: td.family in a template string": () => task({ taskDefinition: `${later}:1` }),
  taskDefinitionArn: () => task({ taskDefinitionArn: "app:1" }),
  "cluster: stack.getOutput(…) that is not there": () => task({ cluster: nothing }),
  "cluster: the ARN of a service": () =>
    task({ cluster: "arn:aws:ecs:eu-central-1:111111111111:service/shop/web" }),
  "cluster and taskDefinition of two regions": () =>
    task({
      cluster: "arn:aws:ecs:eu-central-1:111111111111:cluster/shop",
      taskDefinition: "arn:aws:ecs:us-east-1:111111111111:task-definition/app:1",
    }),
  "cluster and taskDefinition of two accounts": () =>
    task({
      cluster: "arn:aws:ecs:eu-central-1:111111111111:cluster/shop",
      taskDefinition: "arn:aws:ecs:eu-central-1:222222222222:task-definition/app:1",
    }),
  "cluster of another region than region": () =>
    task({ cluster: "arn:aws:ecs:eu-central-1:111111111111:cluster/shop", region: "us-east-1" }),
  "region: an Output without a value": () => task({ region: nothing }),
  'region: "Frankfurt"': () => task({ region: "Frankfurt" }),
  'endpoint: "localhost:8080"': () => task({ endpoint: "localhost:8080" }),
  'assumeRole: "arn:…"': () => task({ assumeRole: "arn:aws:iam::111111111111:role/deploy" }),
  'assumeRole: { arn: "…" }': () => task({ assumeRole: { arn: "arn:aws:iam::111111111111:role/deploy" } }),
  'launchType: "fargate"': () => task({ launchType: "fargate", networkConfiguration: { subnets: ["a"] } }),
  'launchType: "FARGATE_SPOT"': () => task({ launchType: "FARGATE_SPOT" }),
  'launchType: "MANAGED_INSTANCES"': () => task({ launchType: "MANAGED_INSTANCES" }),
  "launchType FARGATE, and no networkConfiguration": () => task({ launchType: "FARGATE" }),
  "launchType and capacityProviderStrategies": () =>
    task({ launchType: "EC2", capacityProviderStrategies: [{ capacityProvider: "spare" }] }),
  capacityProviderStrategy: () => task({ capacityProviderStrategy: [{ capacityProvider: "FARGATE" }] }),
  "capacityProviderStrategies without a weight": () =>
    task({ capacityProviderStrategies: [{ capacityProvider: "a" }, { capacityProvider: "b" }] }),
  "networkConfiguration: { awsvpcConfiguration }": () =>
    task({ networkConfiguration: { awsvpcConfiguration: { subnets: ["a"] } } }),
  'networkConfiguration: { subnets: "subnet-1" }': () =>
    task({ networkConfiguration: { subnets: "subnet-1" } }),
  "networkConfiguration: { subnets: [] }": () => task({ networkConfiguration: { subnets: [] } }),
  "networkConfiguration: { subnets: [undefined] }": () =>
    task({ networkConfiguration: { subnets: [undefined] } }),
  'assignPublicIp: "ENABLED"': () =>
    task({ networkConfiguration: { subnets: ["a"], assignPublicIp: "ENABLED" } }),
  "assignPublicIp on EC2": () =>
    task({ launchType: "EC2", networkConfiguration: { subnets: ["a"], assignPublicIp: true } }),
  "subnets at the top": () => task({ subnets: ["a"] }),
  "command at the top": () => task({ command: ["migrate"] }),
  'command: "npm run migrate"': () => task(container({ command: "npm run migrate" })),
  commands: () => task(container({ commands: ["migrate"] })),
  env: () => task(container({ env: { A: "1" } })),
  entryPoint: () => task(container({ entryPoint: ["sh"] })),
  image: () => task(container({ image: "app:2" })),
  "environment: { PORT: 5432 }": () => task(container({ environment: { PORT: 5432 } })),
  "environment: { CONFIG: JSON.stringify({ url: db.endpoint }) }": () =>
    task(container({ environment: { CONFIG: JSON.stringify({ url: later }) } })),
  'environment: [{ name: "A" }]': () => task(container({ environment: [{ name: "A" }] })),
  "two overrides of one container": () =>
    task({
      overrides: {
        containerOverrides: [
          { name: "app", cpu: 1 },
          { name: "app", cpu: 2 },
        ],
      },
    }),
  "overrides of more than 8,192 characters": () => task(container({ command: ["x".repeat(9000)] })),
  "overrides: [ … ]": () => task({ overrides: [{ name: "app" }] }),
  "overrides: { cpu: 512 }": () => task({ overrides: { cpu: 512 } }),
  "memory of 1 MiB": () => task(container({ memory: 1 })),
  'resourceRequirements: [{ type: "gpu" }]': () =>
    task(container({ resourceRequirements: [{ type: "gpu" }] })),
  "a GPU with value and sharingStrategy": () =>
    task(
      container({
        resourceRequirements: [{ type: "GPU", value: "1", sharingStrategy: { nvidiaMps: { memory: 1 } } }],
      }),
    ),
  "count: 0": () => task({ count: 0 }),
  'count: "2"': () => task({ count: "2" }),
  "triggers: [migrate]": () => task({ triggers: [new EcsTask("first", { taskDefinition: "app:1" })] }),
  "triggers: [new Date()]": () => task({ triggers: [new Date(0)] }),
  "triggers: [new Map()]": () => task({ triggers: [new Map()] }),
  "triggers: [undefined]": () => task({ triggers: [undefined] }),
  "triggers: [() => 1]": () => task({ triggers: [() => 1] }),
  "triggers: [new FileAsset(…)]": () => task({ triggers: [new pulumi.asset.FileAsset("package.json")] }),
  'triggers: "v1"': () => task({ triggers: "v1" }),
  "tags: new Map()": () => task({ tags: new Map() }),
  "tags: [{ key, value }]": () => task({ tags: [{ key: "team", value: "shop" }] }),
  'tags: { "aws:x": "y" }': () => task({ tags: { "aws:x": "y" } }),
  'expectedImageDigests: { app: "latest" }': () => task({ expectedImageDigests: { app: "latest" } }),
  'successContainers: "app"': () => task({ successContainers: "app" }),
  'waitFor: "stopped"': () => task({ waitFor: "stopped" }),
  'timeoutSeconds: "10m"': () => task({ timeoutSeconds: "10m" }),
  "timeout: 600": () => task({ timeout: 600 }),
  'onTimeout: "KILL"': () => task({ onTimeout: "KILL" }),
  "showLogs: true": () => task({ showLogs: true }),
  tiggers: () => task({ tiggers: [1] }),
  "desiredCount: 2": () => task({ desiredCount: 2 }),
  "placementConstraints on Fargate": () =>
    task({
      launchType: "FARGATE",
      networkConfiguration: { subnets: ["a"] },
      placementConstraints: [{ type: "distinctInstance" }],
    }),
  "containerInstances and count": () => task({ containerInstances: ["i-1"], count: 2 }),
  "managedEbsVolume with sizeInGiB": () => task(volume({ sizeInGiB: 10 })),
  "managedEbsVolume io2 without iops": () => task(volume({ volumeType: "io2" })),
  "managedEbsVolume with terminationPolicy: true": () => task(volume({ terminationPolicy: true })),
};

/** What only the task definition shows, which ECS is asked for. */
const WITH_ECS: Readonly<Record<string, object>> = {
  'an override of container "ap"': {
    taskDefinition: "plain",
    overrides: { containerOverrides: [{ name: "ap" }] },
  },
  'successContainers: ["ap"]': { taskDefinition: "plain", successContainers: ["ap"] },
  "no networkConfiguration for awsvpc": { taskDefinition: "vpc" },
  "a networkConfiguration for bridge": { taskDefinition: "plain", networkConfiguration: { subnets: ["a"] } },
  "enableExecuteCommand without a task role": { taskDefinition: "plain", enableExecuteCommand: true },
  "a volume that the task definition does not have": { taskDefinition: "plain", ...volume({}) },
};

describe("the mistakes of users", () => {
  let lab: Lab;
  let text = "";

  before(async () => {
    // Any will do: the local ECS takes them all.
    process.env.AWS_ACCESS_KEY_ID ??= "test";
    process.env.AWS_SECRET_ACCESS_KEY ??= "test";
    lab = await startLab();
    await lab.ecs.send(new CreateClusterCommand({ clusterName: "shop" }));
    const containerDefinitions = [{ name: "app", image: "app:1" }];
    for (const [family, networkMode] of [
      ["plain", "bridge"],
      ["vpc", "awsvpc"],
    ] as const) {
      const definition = { family, networkMode, memory: "512", containerDefinitions };
      await lab.ecs.send(new RegisterTaskDefinitionCommand(definition));
    }
  });
  after(() => lab.close());

  async function say(mistake: string, make: () => EcsTask): Promise<void> {
    const said = await saidOf(make);
    assert.ok(said.length > 0, `nobody says anything of ${mistake}`);
    for (const sentence of said)
      assert.doesNotMatch(sentence, /\[object|\bat .*:\d+:\d+|undefined (is|of)|\n/);
    text += `${mistake}\n${said.map((sentence) => `  ${sentence}\n`).join("")}\n`;
  }

  it("each have a message that says where, what is wrong and what to do", async () => {
    for (const [mistake, make] of Object.entries(MISTAKES)) await say(mistake, make);
    const { region, url: endpoint } = lab.local;
    for (const [mistake, args] of Object.entries(WITH_ECS))
      await say(mistake, () => task({ ...args, region, endpoint }));

    await assertGolden("mistakes.txt", text);
  });
});
