import assert from "node:assert/strict";
import {
  DeregisterTaskDefinitionCommand,
  DescribeTaskDefinitionCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from "@aws-sdk/client-ecs";
import { container, fargate } from "../support/fargate-definition";
import { startLab, type Lab } from "../support/lab";

const awslogs = (options: Record<string, string>) => ({
  logConfiguration: { logDriver: "awslogs" as const, options },
});

describe("task definitions of the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;

  before(async () => {
    lab = await startLab();
  });
  after(() => lab.close());

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
      name: "dependencies that go round",
      input: {
        containerDefinitions: [
          { ...container, dependsOn: [{ containerName: "b", condition: "START" }] },
          { ...container, name: "b", dependsOn: [{ containerName: "c", condition: "START" }] },
          { ...container, name: "c", dependsOn: [{ containerName: "b", condition: "START" }] },
        ],
      },
      message: /dependencies go round: app, b, c\.$/,
    },
    ...(["COMPLETE", "SUCCESS"] as const).map((condition) => ({
      name: `${condition} of an essential container`,
      input: {
        containerDefinitions: [
          { ...container, dependsOn: [{ containerName: "init", condition }] },
          { ...container, name: "init" },
        ],
      },
      message: new RegExp(`^Container app depends on ${condition} of init, which is essential\\.$`),
    })),
    {
      name: "HEALTHY of a container without a health check",
      input: {
        containerDefinitions: [
          { ...container, dependsOn: [{ containerName: "side", condition: "HEALTHY" }] },
          { ...container, name: "side", essential: false },
        ],
      },
      message: /^Container app depends on HEALTHY of side, which has no health check\.$/,
    },
    {
      name: "a cpu that cannot be read",
      input: { cpu: "a lot" },
      message: /^cpu contains characters/,
    },
    {
      name: "a memory that cannot be read",
      input: { memory: "1.2.3 GB" },
      message: /^memory contains characters/,
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
    it(`are refused: ${name}`, async () => {
      const answer = lab.ecs.send(new RegisterTaskDefinitionCommand({ ...fargate, ...input }));

      await assert.rejects(answer, { name: "ClientException", message });
    });

  it("are counted up, the latest active one is found and the others are remembered", async () => {
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
});
