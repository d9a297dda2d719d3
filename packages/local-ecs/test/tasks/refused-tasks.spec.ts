import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DeregisterTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  type CapacityProviderStrategyItem,
  type RunTaskCommandInput,
  type StartTaskCommandInput,
} from "@aws-sdk/client-ecs";
import { container, fargate } from "../support/fargate-definition";
import { startLab, type Lab } from "../support/lab";

const subnets = { awsvpcConfiguration: { subnets: ["subnet-1"] } };

describe("RunTask of the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;

  before(async () => {
    lab = await startLab();
    const capacityProviders = ["FARGATE", "managed"];
    await lab.ecs.send(new CreateClusterCommand({ clusterName: "fargate", capacityProviders }));
    await lab.define([container], "plain");
    await lab.ecs.send(new RegisterTaskDefinitionCommand(fargate));
    await lab.ecs.send(
      new RegisterTaskDefinitionCommand({
        ...{ family: "with-volume", memory: "512" },
        volumes: [{ name: "data", configuredAtLaunch: true }],
        containerDefinitions: [
          { ...container, mountPoints: [{ sourceVolume: "data", containerPath: "/data" }] },
        ],
      }),
    );
    await lab.define([container], "old");
    await lab.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: "old:1" }));
  });
  after(() => lab.close());

  const runs: readonly {
    name: string;
    input: Partial<RunTaskCommandInput>;
    error: string;
    message: RegExp;
  }[] = [
    {
      name: "a cluster that does not exist",
      input: { cluster: "nowhere" },
      error: "ClusterNotFoundException",
      message: /^Cluster not found\.$/,
    },
    {
      name: "a task definition that does not exist",
      input: { taskDefinition: "nothing:1" },
      error: "ClientException",
      message: /^TaskDefinition not found\.$/,
    },
    {
      name: "an INACTIVE task definition",
      input: { taskDefinition: "old:1" },
      error: "ClientException",
      message: /^TaskDefinition is inactive$/,
    },
    {
      name: "a family without an active revision",
      input: { taskDefinition: "old" },
      error: "ClientException",
      message: /^TaskDefinition not found\.$/,
    },
    {
      name: "more than ten tasks",
      input: { count: 11 },
      error: "InvalidParameterException",
      message: /^count must be between 1 and 10\.$/,
    },
    {
      name: "a startedBy that is too long",
      input: { startedBy: "x".repeat(129) },
      error: "InvalidParameterException",
      message: /startedBy is too long/,
    },
    {
      name: "a clientToken with a blank",
      input: { clientToken: "a b" },
      error: "InvalidParameterException",
      message: /clientToken contains characters/,
    },
    {
      name: "an override of an unknown container",
      input: { overrides: { containerOverrides: [{ name: "x" }] } },
      error: "InvalidParameterException",
      message: /^Override for container named x is not a container in the TaskDefinition\.$/,
    },
    {
      name: "overrides of more than 8192 characters",
      input: { overrides: { containerOverrides: [{ name: "app", command: ["x".repeat(8192)] }] } },
      error: "InvalidParameterException",
      message: /^Container Overrides length must be at most 8192$/,
    },
    {
      name: "a size that cannot be read",
      input: { overrides: { cpu: "1 TB" } },
      error: "InvalidParameterException",
      message: /^Invalid 'cpu' setting for task\.$/,
    },
    {
      name: "an override to a size that Fargate does not have",
      input: {
        taskDefinition: "fargate",
        launchType: "FARGATE",
        networkConfiguration: subnets,
        overrides: { cpu: "4096" },
      },
      error: "InvalidParameterException",
      message: /^No Fargate configuration exists for given values: 4096 CPU, 512 memory\./,
    },
    {
      name: "two tags of one key",
      input: { tags: [{ key: "team" }, { key: "team", value: "shop" }] },
      error: "InvalidParameterException",
      message: /^Tag keys must be unique: team is there more than once\.$/,
    },
    {
      name: "less ephemeral storage than can be asked for",
      input: { overrides: { ephemeralStorage: { sizeInGiB: 20 } } },
      error: "InvalidParameterException",
      message: /^overrides\.ephemeralStorage\.sizeInGiB must be between 21 and 200\.$/,
    },
    {
      name: "propagateTags SERVICE",
      input: { propagateTags: "SERVICE" },
      error: "InvalidParameterException",
      message: /SERVICE/,
    },
    {
      name: "launchType together with a strategy",
      input: { launchType: "EC2", capacityProviderStrategy: [{ capacityProvider: "FARGATE" }] },
      error: "InvalidParameterException",
      message: /^Specifying both a launch type and capacity provider strategy/,
    },
    {
      name: "a capacity provider that the cluster does not have",
      input: { capacityProviderStrategy: [{ capacityProvider: "FARGATE" }] },
      error: "InvalidParameterException",
      message: /not associated with the cluster/,
    },
    {
      name: "Fargate for a task definition that does not support it",
      input: { launchType: "FARGATE" },
      error: "InvalidParameterException",
      message: /^Task definition does not support launch_type FARGATE\.$/,
    },
    {
      name: "a network configuration without networkMode awsvpc",
      input: { networkConfiguration: subnets },
      error: "InvalidParameterException",
      message: /^Network Configuration is not valid/,
    },
    {
      name: "networkMode awsvpc without a network configuration",
      input: { taskDefinition: "fargate" },
      error: "InvalidParameterException",
      message: /^Network Configuration must be provided when networkMode 'awsvpc' is specified\.$/,
    },
    {
      name: "a public address on EC2",
      input: {
        taskDefinition: "fargate",
        launchType: "EC2",
        networkConfiguration: { awsvpcConfiguration: { subnets: ["s"], assignPublicIp: "ENABLED" } },
      },
      error: "InvalidParameterException",
      message: /^Assign public IP is not supported/,
    },
    {
      name: "a public address where EC2 is the cluster's default",
      input: {
        taskDefinition: "fargate",
        networkConfiguration: { awsvpcConfiguration: { subnets: ["s"], assignPublicIp: "ENABLED" } },
      },
      error: "InvalidParameterException",
      message: /^Assign public IP is not supported/,
    },
    {
      name: "a platform version on EC2",
      input: { platformVersion: "1.4.0" },
      error: "InvalidParameterException",
      message: /^The platform version must be null when specifying an EC2 launch type\.$/,
    },
    {
      name: "a platform version that there is not",
      input: {
        taskDefinition: "fargate",
        launchType: "FARGATE",
        networkConfiguration: subnets,
        platformVersion: "9.9.9",
      },
      error: "PlatformUnknownException",
      message: /does not exist/,
    },
    {
      name: "placement on Fargate",
      input: {
        taskDefinition: "fargate",
        launchType: "FARGATE",
        networkConfiguration: subnets,
        placementStrategy: [{ type: "random" }],
      },
      error: "InvalidParameterException",
      message: /not supported with FARGATE launch type/,
    },
    {
      name: "binpack by anything but cpu and memory",
      input: { placementStrategy: [{ type: "binpack", field: "disk" }] },
      error: "InvalidParameterException",
      message: /cpu or memory/,
    },
    {
      name: "several capacity providers without a weight",
      input: {
        cluster: "fargate",
        capacityProviderStrategy: [{ capacityProvider: "FARGATE" }, { capacityProvider: "FARGATE" }],
      },
      error: "InvalidParameterException",
      message: /weight greater than zero/,
    },
    {
      name: "a volume that the task definition does not have",
      input: {
        volumeConfigurations: [{ name: "data", managedEBSVolume: { roleArn: "role", sizeInGiB: 1 } }],
      },
      error: "InvalidParameterException",
      message:
        /^Volume configuration provided but no matching configuredAtLaunch volume found in task definition\.$/,
    },
    {
      name: "a volume without a size or a snapshot",
      input: {
        taskDefinition: "with-volume",
        volumeConfigurations: [{ name: "data", managedEBSVolume: { roleArn: "role" } }],
      },
      error: "InvalidParameterException",
      message: /sizeInGiB or snapshotId is required/,
    },
    {
      name: "tags of other characters than AWS takes",
      input: { tags: [{ key: "team", value: "shop;" }] },
      error: "InvalidParameterException",
      message: /tags\[0\]\.value/,
    },
    {
      name: "tags that AWS keeps for itself",
      input: { tags: [{ key: "aws:x", value: "y" }] },
      error: "InvalidParameterException",
      message: /tags\[0\]\.key/,
    },
    {
      name: "ECS Exec without a task role",
      input: { enableExecuteCommand: true },
      error: "InvalidParameterException",
      message: /^The execute command failed because a valid task role is not being used\./,
    },
  ];
  for (const { name, input, error, message } of runs)
    it(`refuses ${name}`, async () => {
      const answer = lab.ecs.send(new RunTaskCommand({ taskDefinition: "plain", ...input }));

      await assert.rejects(answer, { name: error, message });
    });

  const starts: readonly { name: string; input: Partial<StartTaskCommandInput>; message: RegExp }[] = [
    {
      name: "an override of an unknown container",
      input: { overrides: { containerOverrides: [{ name: "x" }] } },
      message: /^Override for container named x is not a container in the TaskDefinition\.$/,
    },
    {
      name: "a network configuration without networkMode awsvpc",
      input: { networkConfiguration: subnets },
      message: /^Network Configuration is not valid/,
    },
    {
      name: "more than ten instances",
      input: { containerInstances: Array<string>(11).fill("i") },
      message: /^containerInstances can have at most 10 items\.$/,
    },
    {
      name: "a startedBy that is too long",
      input: { startedBy: "x".repeat(37) },
      message: /^startedBy is too long/,
    },
    {
      name: "two tags of one key",
      input: { tags: [{ key: "team" }, { key: "team" }] },
      message: /^Tag keys must be unique/,
    },
  ];
  for (const { name, input, message } of starts)
    it(`refuses to start ${name} on an instance`, async () => {
      const answer = lab.ecs.send(
        new StartTaskCommand({ taskDefinition: "plain", containerInstances: ["i"], ...input }),
      );

      await assert.rejects(answer, { name: "InvalidParameterException", message });
    });

  it("takes a Fargate strategy where the cluster has that provider", async () => {
    const { tasks } = await lab.ecs.send(
      new RunTaskCommand({
        cluster: "fargate",
        taskDefinition: "fargate",
        capacityProviderStrategy: [{ capacityProvider: "FARGATE" }],
        networkConfiguration: subnets,
      }),
    );

    assert.deepEqual([tasks![0]!.capacityProviderName, tasks![0]!.launchType], ["FARGATE", "FARGATE"]);
  });

  it("starts a task on the cluster's own instances by any other capacity provider that the cluster has", async () => {
    const { tasks } = await lab.ecs.send(
      new RunTaskCommand({
        cluster: "fargate",
        taskDefinition: "plain",
        capacityProviderStrategy: [{ capacityProvider: "managed", weight: 1 }],
      }),
    );

    const [{ capacityProviderName, launchType, containerInstanceArn } = {}] = tasks!;
    assert.deepEqual([capacityProviderName, launchType], ["managed", "EC2"]);
    assert.match(containerInstanceArn!, /:container-instance\/fargate\//);
  });

  const strategies: readonly {
    name: string;
    strategy: CapacityProviderStrategyItem[];
    expected: string;
  }[] = [
    {
      name: "the one with a base",
      strategy: [
        { capacityProvider: "managed", weight: 5 },
        { capacityProvider: "FARGATE", base: 1 },
      ],
      expected: "FARGATE",
    },
    {
      name: "else the one with the greatest weight, as one without any places no tasks",
      strategy: [{ capacityProvider: "managed" }, { capacityProvider: "FARGATE", weight: 1 }],
      expected: "FARGATE",
    },
    { name: "else the only one", strategy: [{ capacityProvider: "FARGATE" }], expected: "FARGATE" },
  ];
  for (const { name, strategy, expected } of strategies)
    it(`chooses of a strategy, asked for or the cluster's default, ${name}`, async () => {
      const cluster = `default-${strategies.findIndex((each) => each.name === name)}`;
      const capacityProviders = ["FARGATE", "managed"];
      await lab.ecs.send(
        new CreateClusterCommand({
          clusterName: cluster,
          capacityProviders,
          defaultCapacityProviderStrategy: strategy,
        }),
      );
      const run = (input: Partial<RunTaskCommandInput>) =>
        lab.run("fargate", { networkConfiguration: subnets, ...input });
      const tasks = [
        await run({ cluster: "fargate", capacityProviderStrategy: strategy }),
        await run({ cluster }),
      ];
      const plain = await run({ cluster, launchType: "FARGATE" });

      assert.deepEqual(
        tasks.map(({ capacityProviderName, launchType }) => [capacityProviderName, launchType]),
        Array(2).fill([expected, "FARGATE"]),
      );
      assert.equal(plain.capacityProviderName, undefined);
    });
});
