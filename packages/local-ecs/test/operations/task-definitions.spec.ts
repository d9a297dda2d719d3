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

/** By the member's name. What AWS says of them is not known. */
const outsideOfEnumerations: readonly (readonly [string, object])[] = [
  ["networkMode", { networkMode: "vpc" }],
  ["requiresCompatibilities[0]", { requiresCompatibilities: ["LAMBDA"] }],
  ["pidMode", { pidMode: "none" }],
  ["ipcMode", { ipcMode: "private" }],
  ["runtimePlatform.cpuArchitecture", { runtimePlatform: { cpuArchitecture: "RISCV" } }],
  ["runtimePlatform.operatingSystemFamily", { runtimePlatform: { operatingSystemFamily: "MACOS" } }],
  ["proxyConfiguration.type", { proxyConfiguration: { containerName: "app", type: "ENVOY" } }],
  [
    "volumes[0].dockerVolumeConfiguration.scope",
    { volumes: [{ name: "data", dockerVolumeConfiguration: { scope: "host" } }] },
  ],
  [
    "containerDefinitions[0].logConfiguration.logDriver",
    withContainer({ logConfiguration: { logDriver: "none" } }),
  ],
  [
    "containerDefinitions[0].ulimits[0].name",
    withContainer({ ulimits: [{ name: "files", softLimit: 1, hardLimit: 1 }] }),
  ],
  [
    "containerDefinitions[0].portMappings[0].appProtocol",
    withContainer({ portMappings: [{ containerPort: 80, appProtocol: "ftp" }] }),
  ],
];

function withContainer(members: object): object {
  return { containerDefinitions: [{ ...container, ...members }] };
}

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
      message: /^Container names must be unique within a task definition\.$/,
    },
    {
      name: "no essential container",
      input: { containerDefinitions: [{ ...container, essential: false }] },
      message: /^Task definition doesn't have any essential container\.$/,
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
      message: /^Cannot depend on container x because it does not exist\.$/,
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
      message:
        /^A dependency container with SUCCESS or COMPLETE condition cannot be an essential container\.$/,
    })),
    {
      name: "HEALTHY of a container without a health check",
      input: {
        containerDefinitions: [
          { ...container, dependsOn: [{ containerName: "side", condition: "HEALTHY" }] },
          { ...container, name: "side", essential: false },
        ],
      },
      message: /^A dependency container with HEALTHY condition must have health check configured\.$/,
    },
    {
      name: "a cpu that cannot be read",
      input: { cpu: "a lot" },
      message: /^Invalid 'cpu' setting for task\.$/,
    },
    {
      name: "a memory that cannot be read",
      input: { memory: "1.2.3 GB" },
      message: /^Invalid 'memory' setting for task\.$/,
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
      message: /^No Fargate configuration exists for given values: 256 CPU, 4096 memory\./,
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
    {
      name: "a container with privileges on Fargate",
      input: { containerDefinitions: [{ ...container, privileged: true }] },
      message: /^Fargate requires that the 'privileged' setting be 'false'\.$/,
    },
    {
      name: "a mount point of an unknown volume",
      input: {
        containerDefinitions: [
          { ...container, mountPoints: [{ sourceVolume: "data", containerPath: "/data" }] },
        ],
      },
      message: /^Unknown volume 'data'\.$/,
    },
    {
      name: "another host port than container port with awsvpc",
      input: {
        containerDefinitions: [{ ...container, portMappings: [{ containerPort: 80, hostPort: 8080 }] }],
      },
      message: /^When networkMode=awsvpc, the host ports and container ports in port mappings must match\.$/,
    },
    {
      name: "more than ten containers",
      input: {
        containerDefinitions: Array.from({ length: 11 }, (_, index) => ({ ...container, name: `c${index}` })),
      },
      message: /^Too many containers\.$/,
    },
    {
      name: "two tags of one key",
      input: {
        tags: [
          { key: "team", value: "shop" },
          { key: "team", value: "till" },
        ],
      },
      message: /^Tag keys must be unique: team is there more than once\.$/,
    },
    ...outsideOfEnumerations.map(([name, input]) => ({
      name: `a value that the service model does not have, of ${name}`,
      input: input,
      message: new RegExp(`${name.replace(/[[\]]/g, "\\$&")} is not valid: it must be one of `),
    })),
  ];
  for (const { name, input, message } of definitions)
    it(`are refused: ${name}`, async () => {
      const answer = lab.ecs.send(new RegisterTaskDefinitionCommand({ ...fargate, ...input }));

      await assert.rejects(answer, { name: "ClientException", message });
    });

  it("are refused by the protocol where a value has another type", async () => {
    const answer = lab.ecs.send(
      new RegisterTaskDefinitionCommand({
        ...fargate,
        ...withContainer({ portMappings: [{ containerPort: "80" }] }),
      }),
    );

    await assert.rejects(answer, {
      name: "SerializationException",
      message: "containerDefinitions[0].portMappings[0].containerPort must be an integer, not a string.",
    });
  });

  it("are kept as they were given, with every member that the service model has", async () => {
    const whole = {
      ...container,
      memory: 64,
      healthCheck: { command: ["CMD", "true"], interval: 300, timeout: 60, retries: 10, startPeriod: 300 },
      linuxParameters: {
        capabilities: { add: ["NET_ADMIN"], drop: ["ALL"] },
        devices: [{ hostPath: "/dev/fuse", permissions: ["read" as const] }],
        sharedMemorySize: 64,
        tmpfs: [{ containerPath: "/tmp", size: 64, mountOptions: ["ro"] }],
        maxSwap: 1,
        swappiness: 60,
        initProcessEnabled: true,
      },
      ulimits: [{ name: "nofile" as const, softLimit: 1024, hardLimit: 4096 }],
      // "Amazon ECS treats any other specified value as tcp": it is no error.
      portMappings: [{ containerPort: 80, hostPort: 8080, protocol: "sctp" as "tcp", name: "web" }],
      mountPoints: [{ sourceVolume: "data", containerPath: "/data", readOnly: true }],
      restartPolicy: { enabled: true, ignoredExitCodes: [1], restartAttemptPeriod: 60 },
      extraHosts: [{ hostname: "db", ipAddress: "10.0.0.1" }],
      systemControls: [{ namespace: "net.core.somaxconn", value: "1024" }],
      resourceRequirements: [{ type: "GPU" as const, value: "1" }],
      logConfiguration: { logDriver: "json-file" as const, options: { "max-size": "1m" } },
      privileged: true,
      stopTimeout: 600,
    };
    const volumes = [{ name: "data", host: { sourcePath: "/data" } }];
    const { taskDefinition } = await lab.ecs.send(
      new RegisterTaskDefinitionCommand({ family: "whole", volumes, containerDefinitions: [whole] }),
    );

    const [kept] = taskDefinition!.containerDefinitions!;
    assert.deepEqual({ ...kept, ...whole }, kept);
    assert.deepEqual([taskDefinition!.volumes, taskDefinition!.compatibilities], [volumes, ["EC2"]]);
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
