import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeTaskDefinitionCommand,
  ListClustersCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type RegisterTaskDefinitionCommandInput,
  type RunTaskCommandInput,
} from "@aws-sdk/client-ecs";
import { startLab, type Lab } from "./support/lab";

const subnets = { awsvpcConfiguration: { subnets: ["subnet-1"] } };
const container = { name: "app", image: "app:1" };
const fargate = {
  family: "fargate",
  requiresCompatibilities: ["FARGATE" as const],
  networkMode: "awsvpc" as const,
  cpu: "256",
  memory: "512",
  containerDefinitions: [container],
};
const awslogs = (options: Record<string, string>) => ({
  logConfiguration: { logDriver: "awslogs" as const, options },
});

describe("what the local ECS refuses", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;

  before(async () => {
    lab = await startLab();
    await lab.ecs.send(new CreateClusterCommand({ clusterName: "fargate", capacityProviders: ["FARGATE"] }));
    await lab.define([container], "plain");
    await lab.ecs.send(new RegisterTaskDefinitionCommand(fargate));
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
    it(`RunTask refuses ${name}`, async () => {
      const answer = lab.ecs.send(new RunTaskCommand({ taskDefinition: "plain", ...input }));

      await assert.rejects(answer, { name: error, message });
    });

  it("RunTask takes a Fargate strategy where the cluster has that provider", async () => {
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

  const definitions: readonly {
    name: string;
    input: Partial<RegisterTaskDefinitionCommandInput>;
    message: RegExp;
  }[] = [
    {
      name: "no containers",
      input: { containerDefinitions: [] },
      message: /^Container list cannot be empty\.$/,
    },
    {
      name: "a container without an image",
      input: { containerDefinitions: [{ name: "app" }] },
      message: /^Container\.image should not be null or empty\.$/,
    },
    {
      name: "two containers of one name",
      input: { containerDefinitions: [container, container] },
      message: /Container name app is used more than once/,
    },
    {
      name: "no essential container",
      input: { containerDefinitions: [{ ...container, essential: false }] },
      message: /At least one container must be essential/,
    },
    {
      name: "no memory at all",
      input: { memory: undefined, requiresCompatibilities: ["EC2"] },
      message:
        /^Invalid setting for container 'app'\. At least one of 'memory' or 'memoryReservation' must be specified\.$/,
    },
    {
      name: "a dependency on nothing",
      input: {
        containerDefinitions: [{ ...container, dependsOn: [{ containerName: "x", condition: "START" }] }],
      },
      message: /app depends on x/,
    },
    {
      name: "Fargate without awsvpc",
      input: { networkMode: "bridge" },
      message: /^Fargate only supports network mode 'awsvpc'\.$/,
    },
    {
      name: "Fargate without cpu",
      input: { cpu: undefined },
      message: /^Fargate requires that 'cpu' be defined at the task level\.$/,
    },
    {
      name: "a size that Fargate does not have",
      input: { memory: "4096" },
      message: /^No Fargate configuration exists for given values\.$/,
    },
    {
      name: "awslogs without its options",
      input: { containerDefinitions: [{ ...container, ...awslogs({}) }] },
      message: /^Log driver awslogs requires options: awslogs-group, awslogs-region$/,
    },
    {
      name: "awslogs on Fargate without an execution role",
      input: {
        containerDefinitions: [
          { ...container, ...awslogs({ "awslogs-group": "g", "awslogs-region": "us-east-1" }) },
        ],
      },
      message: /execution role ARN to support log driver awslogs/,
    },
  ];
  for (const { name, input, message } of definitions)
    it(`RegisterTaskDefinition refuses ${name}`, async () => {
      const answer = lab.ecs.send(new RegisterTaskDefinitionCommand({ ...fargate, ...input }));

      await assert.rejects(answer, { name: "ClientException", message });
    });

  it("counts revisions up, finds the latest active one and remembers the others", async () => {
    const arns = [await lab.define([container], "counted"), await lab.define([container], "counted")];
    const describeLatest = async (taskDefinition: string) =>
      (await lab.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))).taskDefinition!;
    const before = await describeLatest("counted");
    await lab.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arns[1] }));

    assert.deepEqual(
      arns.map((arn) => arn.split("/").at(-1)),
      ["counted:1", "counted:2"],
    );
    assert.equal(before.taskDefinitionArn, arns[1]);
    assert.equal((await describeLatest("counted")).taskDefinitionArn, arns[0]);
    assert.equal((await describeLatest("counted:2")).status, "INACTIVE");
    await assert.rejects(describeLatest("unknown"), {
      name: "ClientException",
      message: "Unable to describe task definition.",
    });
  });

  it("creates a cluster once, and answers for a deleted one as AWS does", async () => {
    await lab.image("app:1", { "/main.js": "setInterval(() => {}, 1000)" });
    const create = () => lab.ecs.send(new CreateClusterCommand({ clusterName: "short-lived" }));
    const [one, two] = [await create(), await create()];
    const taskDefinition = await lab.define([{ ...container, command: ["node", "/main.js"] }], "long");
    const run = () => lab.ecs.send(new RunTaskCommand({ taskDefinition, cluster: "short-lived" }));
    const remove = (cluster: string) => lab.ecs.send(new DeleteClusterCommand({ cluster }));

    assert.equal(one.cluster!.clusterArn, two.cluster!.clusterArn);
    await run();
    await assert.rejects(remove("short-lived"), { name: "ClusterContainsTasksException" });
    await lab.ecs.send(new CreateClusterCommand({ clusterName: "empty" }));
    assert.equal((await remove("empty")).cluster!.status, "INACTIVE");
    await assert.rejects(lab.ecs.send(new RunTaskCommand({ taskDefinition, cluster: "empty" })), {
      name: "ClusterNotFoundException",
      message: "The referenced cluster was inactive.",
    });
    const { clusters, failures } = await lab.ecs.send(
      new DescribeClustersCommand({ clusters: ["empty", "never"] }),
    );
    assert.deepEqual(
      clusters!.map(({ status }) => status),
      ["INACTIVE"],
    );
    assert.deepEqual(
      failures!.map(({ reason }) => reason),
      ["MISSING"],
    );
    const { clusterArns } = await lab.ecs.send(new ListClustersCommand({}));
    assert.deepEqual(
      clusterArns!.map((arn) => arn.split("/").at(-1)),
      ["default", "fargate", "short-lived"],
    );
  });
});
