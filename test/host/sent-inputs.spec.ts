import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { INPUT_NAMES } from "../../src/inputs/inputs-and-effects";
import { startLab, type Lab } from "../support/lab";
import { AwsDoor } from "../support/aws-door";
import { ProviderHost, type Properties } from "../support/provider-host";
import { network, NOT_SENT, role, SENT_INPUTS } from "../support/sent-inputs";

/** No image exists here: tasks are accepted, and nothing runs. */
describe("what ECS is asked for", () => {
  let lab: Lab;
  let door: AwsDoor;
  let host: ProviderHost;
  let instance: string;

  before(async () => {
    lab = await startLab({ defaultInstance: false });
    door = await AwsDoor.open(lab.local.url);
    const capacityProviders = ["FARGATE", "FARGATE_SPOT", "managed"];
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
      containerDefinitions: [
        {
          ...{ name: "app", image: "nowhere:1" },
          mountPoints: [{ sourceVolume: "data", containerPath: "/data" }],
        },
      ],
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

  for (const { name, inputs, sent } of SENT_INPUTS) {
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
    const told = new Set([...SENT_INPUTS.flatMap(({ inputs }) => Object.keys(inputs)), "containerInstances"]);

    assert.deepStrictEqual(
      [...INPUT_NAMES].filter((name) => !NOT_SENT.includes(name)).sort(),
      [...told].sort(),
    );
  });
});
