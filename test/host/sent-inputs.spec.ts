import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { INPUT_NAMES } from "../../src/task/diff-inputs";
import { startLab, type Lab } from "../local/support/lab";
import { AwsDoor } from "../support/aws-door";
import { ProviderHost, type Properties } from "../support/provider-host";

const role = "arn:aws:iam::123456789012:role/x";
const network = { subnets: ["subnet-1"] };
const sentNetwork = { awsvpcConfiguration: { subnets: ["subnet-1"], assignPublicIp: "DISABLED" } };

interface Row {
  readonly name: string;
  readonly inputs: Properties;
  /** What the server gets beside what it gets in any case; an `undefined` member is one that it does not get. */
  readonly sent: Properties;
}

/** A row for an override, which arrives as it is written unless it says otherwise. */
function override(overrides: Properties, arrives: Properties = overrides): Row {
  const path = Object.keys(overrides).join();
  return { name: `overrides.${path}`, inputs: { overrides }, sent: { overrides: arrives } };
}

function containerOverride(members: Properties, arrives: Properties = members): Row {
  const row = override(
    { containerOverrides: [{ name: "app", ...members }] },
    { containerOverrides: [{ name: "app", ...arrives }] },
  );
  return { ...row, name: `${row.name}[].${Object.keys(members).join()}` };
}

const ROWS: readonly Row[] = [
  { name: "taskDefinition", inputs: { taskDefinition: "bridge" }, sent: { taskDefinition: "bridge" } },
  { name: "cluster", inputs: { cluster: "other" }, sent: { cluster: "other" } },
  { name: "launchType EC2", inputs: { launchType: "EC2" }, sent: { launchType: "EC2" } },
  { name: "launchType EXTERNAL", inputs: { launchType: "EXTERNAL" }, sent: { launchType: "EXTERNAL" } },
  {
    name: "launchType FARGATE and platformVersion",
    inputs: {
      taskDefinition: "vpc",
      launchType: "FARGATE",
      networkConfiguration: network,
      platformVersion: "1.4.0",
    },
    sent: {
      taskDefinition: "vpc",
      launchType: "FARGATE",
      networkConfiguration: sentNetwork,
      platformVersion: "1.4.0",
    },
  },
  {
    name: "capacityProviderStrategies",
    inputs: {
      taskDefinition: "vpc",
      networkConfiguration: network,
      capacityProviderStrategies: [
        { capacityProvider: "FARGATE_SPOT", weight: 3 },
        { capacityProvider: "FARGATE", base: 1 },
      ],
    },
    sent: {
      taskDefinition: "vpc",
      networkConfiguration: sentNetwork,
      capacityProviderStrategy: [
        { capacityProvider: "FARGATE_SPOT", base: 0, weight: 3 },
        { capacityProvider: "FARGATE", base: 1, weight: 0 },
      ],
    },
  },
  {
    name: "networkConfiguration with all it can have",
    inputs: {
      taskDefinition: "vpc",
      launchType: "FARGATE",
      networkConfiguration: { subnets: ["b", "a"], securityGroups: ["sg"], assignPublicIp: true },
    },
    sent: {
      taskDefinition: "vpc",
      launchType: "FARGATE",
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ["a", "b"], securityGroups: ["sg"], assignPublicIp: "ENABLED" },
      },
    },
  },
  { name: "count", inputs: { count: 3 }, sent: { count: 3 } },
  { name: "group", inputs: { group: "migrations" }, sent: { group: "migrations" } },
  { name: "referenceId", inputs: { referenceId: "build 7" }, sent: { referenceId: "build 7" } },
  {
    name: "propagateTags",
    inputs: { propagateTags: "TASK_DEFINITION" },
    sent: { propagateTags: "TASK_DEFINITION" },
  },
  { name: "propagateTags NONE, which says nothing", inputs: { propagateTags: "NONE" }, sent: {} },
  {
    name: "enableEcsManagedTags",
    inputs: { enableEcsManagedTags: true },
    sent: { enableECSManagedTags: true },
  },
  {
    name: "enableExecuteCommand",
    inputs: { enableExecuteCommand: true },
    sent: { enableExecuteCommand: true },
  },
  { name: "tags", inputs: { tags: { team: "shop" } }, sent: { tags: [{ key: "team", value: "shop" }] } },
  { name: "startedBy", inputs: { startedBy: "release-7" }, sent: { startedBy: "release-7" } },
  {
    name: "placementConstraints and orderedPlacementStrategies",
    inputs: {
      placementConstraints: [{ type: "distinctInstance" }],
      orderedPlacementStrategies: [{ type: "binpack", field: "memory" }, { type: "random" }],
    },
    sent: {
      placementConstraints: [{ type: "distinctInstance" }],
      placementStrategy: [{ type: "binpack", field: "memory" }, { type: "random" }],
    },
  },
  {
    name: "volumeConfiguration",
    inputs: {
      volumeConfiguration: {
        name: "data",
        managedEbsVolume: {
          roleArn: role,
          fileSystemType: "ext4",
          sizeInGb: 20,
          volumeType: "gp3",
          iops: 3000,
          throughput: 125,
          encrypted: true,
          kmsKeyId: "key",
          snapshotId: "snap-1",
          volumeInitializationRate: 100,
          tagSpecifications: [
            { resourceType: "volume", propagateTags: "TASK_DEFINITION", tags: { team: "shop" } },
          ],
        },
      },
    },
    sent: {
      volumeConfigurations: [
        {
          name: "data",
          managedEBSVolume: {
            roleArn: role,
            filesystemType: "ext4",
            sizeInGiB: 20,
            volumeType: "gp3",
            iops: 3000,
            throughput: 125,
            encrypted: true,
            kmsKeyId: "key",
            snapshotId: "snap-1",
            volumeInitializationRate: 100,
            tagSpecifications: [
              {
                resourceType: "volume",
                propagateTags: "TASK_DEFINITION",
                tags: [{ key: "team", value: "shop" }],
              },
            ],
          },
        },
      ],
    },
  },
  containerOverride({ command: ["npm", "run", "migrate"] }),
  containerOverride(
    { environment: { B: "2", A: "1" } },
    {
      environment: [
        { name: "A", value: "1" },
        { name: "B", value: "2" },
      ],
    },
  ),
  containerOverride({ environment: [{ name: "A", value: "" }] }),
  containerOverride({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::bucket/a.env" }] }),
  containerOverride({ cpu: 64 }),
  containerOverride({ memory: 64 }),
  containerOverride({ memoryReservation: 32 }),
  containerOverride({ resourceRequirements: [{ type: "GPU", value: "1" }] }),
  override({ cpu: ".25 vCPU" }),
  override({ memory: "1 GB" }),
  override({ ephemeralStorage: { sizeInGib: 21 } }, { ephemeralStorage: { sizeInGiB: 21 } }),
  override({ taskRoleArn: role }),
  override({ executionRoleArn: "executor" }),
  override({ inferenceAcceleratorOverrides: [{ deviceName: "d", deviceType: "eia2.medium" }] }),
];

/** Inputs that are about the waiting, the judging and the access, and no member of a request. */
const NOT_SENT: readonly string[] = [
  "assumeRole",
  "capacityRetrySeconds",
  "endpoint",
  "expectedImageDigests",
  "idempotencyKey",
  "onTimeout",
  "profile",
  "region",
  "resourceUrn",
  "showLogs",
  "startTimeoutSeconds",
  "successContainers",
  "successExitCodes",
  "timeoutSeconds",
  "triggers",
  "waitFor",
];

/** No image exists here: tasks are accepted, and nothing runs. */
describe("what ECS is asked for", () => {
  let lab: Lab;
  let door: AwsDoor;
  let host: ProviderHost;
  let instance: string;

  before(async () => {
    lab = await startLab({ defaultInstance: false });
    door = await AwsDoor.open(lab.local.url);
    const capacityProviders = ["FARGATE", "FARGATE_SPOT"];
    const resources = ["CPU", "MEMORY"].map((name) => ({ name, type: "INTEGER", integerValue: 100_000 }));
    const attributes = [{ name: "com.amazonaws.ecs.capability.task-iam-role" }];
    for (const clusterName of ["main", "other"]) {
      await lab.ecs.send(new CreateClusterCommand({ clusterName, capacityProviders }));
      const { containerInstance } = await lab.ecs.send(
        new RegisterContainerInstanceCommand({ cluster: clusterName, totalResources: resources, attributes }),
      );
      instance = containerInstance?.containerInstanceArn ?? "";
    }
    const definition = {
      containerDefinitions: [{ name: "app", image: "nowhere:1" }],
      volumes: [{ name: "data", configuredAtLaunch: true }],
      taskRoleArn: role,
      cpu: "256",
      memory: "512",
    };
    await lab.ecs.send(new RegisterTaskDefinitionCommand({ ...definition, family: "bridge" }));
    await lab.ecs.send(
      new RegisterTaskDefinitionCommand({ ...definition, family: "vpc", networkMode: "awsvpc" }),
    );
    const endpoints = JSON.stringify([{ ecs: door.url, logs: door.url }]);
    host = await ProviderHost.start({ "aws:region": lab.local.region, "aws:endpoints": endpoints });
  });
  beforeEach(() => {
    door.calls.length = 0;
  });
  after(async () => {
    await host.close();
    await door.close();
    await lab.close();
  });

  async function launch(name: string, inputs: Properties) {
    const all = {
      taskDefinition: "bridge:1",
      cluster: "main",
      waitFor: "NONE",
      resourceUrn: `urn:${name}`,
      ...inputs,
    };
    const { failures } = await host.check({}, all);
    const { state } = await host.create(all);
    const { operation, request } = door.calls.find((call) => /^(Run|Start)Task$/.test(call.operation))!;
    return { failures, state, operation, request };
  }

  for (const { name, inputs, sent } of ROWS) {
    it(`${name} arrives at RunTask, and ECS takes it`, async () => {
      const { failures, state, operation, request } = await launch(name, inputs);

      const { clientToken, startedBy, ...others } = request;
      const common = { cluster: "main", taskDefinition: "bridge:1", count: 1 };
      const { startedBy: wanted = state.marker, ...expected } = sent;
      assert.deepStrictEqual([failures, operation, state.phase], [[], "RunTask", "SETTLED"]);
      assert.deepStrictEqual([{ ...others }, startedBy], [{ ...common, ...expected }, wanted]);
      assert.match(String(clientToken), /^[\w-]{1,64}$/);
    });
  }

  it("containerInstances arrives at StartTask, without a count or a token", async () => {
    const { failures, operation, request } = await launch("instances", {
      cluster: "other",
      containerInstances: [instance],
    });

    const { startedBy, ...others } = request;
    assert.deepStrictEqual([failures, operation], [[], "StartTask"]);
    assert.deepStrictEqual(others, {
      cluster: "other",
      taskDefinition: "bridge:1",
      containerInstances: [instance],
    });
    assert.match(String(startedBy), /^pulumi-/);
  });

  it("a volume and a platform version are those of the task that comes of it", async () => {
    const { state } = await launch("seen", {
      taskDefinition: "vpc",
      launchType: "FARGATE",
      platformVersion: "LATEST",
      networkConfiguration: network,
      volumeConfiguration: { name: "data", managedEbsVolume: { roleArn: role, sizeInGb: 1 } },
    });

    const { tasks } = await lab.ecs.send(
      new DescribeTasksCommand({ cluster: "main", tasks: state.taskArns as string[] }),
    );
    const [task] = tasks ?? [];
    const volume = task?.attachments?.find(({ type }) => type === "AmazonElasticBlockStorage");
    assert.equal(task?.platformVersion, "1.4.0");
    assert.deepStrictEqual(volume?.details?.slice(0, 2), [
      { name: "roleArn", value: role },
      { name: "volumeName", value: "data" },
    ]);
    assert.equal((state.tasks as Properties[])[0]?.platformVersion, "1.4.0");
  });

  it("is told here for each input that is sent", () => {
    const told = new Set([...ROWS.flatMap(({ inputs }) => Object.keys(inputs)), "containerInstances"]);

    assert.deepStrictEqual(
      [...INPUT_NAMES].filter((name) => !NOT_SENT.includes(name)).sort(),
      [...told].sort(),
    );
  });
});
