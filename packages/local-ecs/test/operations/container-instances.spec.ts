import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DeregisterContainerInstanceCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  ListContainerInstancesCommand,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StartTaskCommand,
  StopTaskCommand,
  UpdateContainerInstancesStateCommand,
  type Attribute,
  type ContainerDefinition,
  type RegisterTaskDefinitionCommandInput,
  type Resource,
  type RunTaskCommandInput,
} from "@aws-sdk/client-ecs";
import { hasStopped, startLab, type Lab } from "../support/lab";
import { eventually } from "../support/eventually";

const container: ContainerDefinition = {
  name: "app",
  image: "app:1",
  cpu: 100,
  memoryReservation: 200,
  memory: 900,
  stopTimeout: 0,
  command: ["sh", "-c", "while :; do sleep 0.1; done"],
};

describe("container instances of the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(20_000);
  let lab: Lab;
  let cluster: string;
  let clusters = 0;

  before(async () => {
    lab = await startLab({ defaultInstance: false });
    await lab.image("app:1", {});
    await define("app", {});
  });
  after(() => lab.close());
  beforeEach(async () => {
    clusters += 1;
    cluster = `c${clusters}`;
    await lab.ecs.send(new CreateClusterCommand({ clusterName: cluster }));
  });

  const define = (family: string, more: Partial<RegisterTaskDefinitionCommandInput>) =>
    lab.ecs.send(new RegisterTaskDefinitionCommand({ family, containerDefinitions: [container], ...more }));
  const register = async (size: { cpu?: number; memory?: number; attributes?: Attribute[] } = {}) => {
    const { cpu = 1000, memory = 1000, attributes = [] } = size;
    const totalResources: Resource[] = [
      { name: "CPU", type: "INTEGER", integerValue: cpu },
      { name: "MEMORY", type: "INTEGER", integerValue: memory },
      { name: "PORTS", type: "STRINGSET", stringSetValue: ["22"] },
    ];
    const { containerInstance } = await lab.ecs.send(
      new RegisterContainerInstanceCommand({ cluster, totalResources, attributes }),
    );
    return containerInstance!.containerInstanceArn!;
  };
  const run = (input: Partial<RunTaskCommandInput> = {}) =>
    lab.ecs.send(new RunTaskCommand({ cluster, taskDefinition: "app", ...input }));
  const start = (containerInstances: string[], taskDefinition = "app") =>
    lab.ecs.send(new StartTaskCommand({ cluster, containerInstances, taskDefinition }));
  const show = async (containerInstance: string) =>
    (
      await lab.ecs.send(
        new DescribeContainerInstancesCommand({ cluster, containerInstances: [containerInstance] }),
      )
    ).containerInstances![0]!;
  const left = async (containerInstance: string, name: string) =>
    (await show(containerInstance)).remainingResources!.find((each) => each.name === name)!;
  const deregister = (containerInstance: string, force = false) =>
    lab.ecs.send(new DeregisterContainerInstanceCommand({ cluster, containerInstance, force }));

  it("give a task's share back when it has stopped", async () => {
    const arn = await register();
    const { tasks } = await run();
    const during = [(await left(arn, "CPU")).integerValue, (await left(arn, "MEMORY")).integerValue];
    const { runningTasksCount } = await show(arn);

    const { taskArn } = tasks![0]!;
    await lab.ecs.send(new StopTaskCommand({ cluster, task: taskArn }));
    await eventually(async () => (await left(arn, "CPU")).integerValue === 1000);

    assert.deepEqual([...during, runningTasksCount], [900, 800, 1]);
    assert.equal((await show(arn)).runningTasksCount, 0);
  });

  it("keep what was launched of several tasks, and tell why the others were not", async () => {
    const arn = await register({ cpu: 250 });

    const { tasks, failures } = await run({ count: 4 });

    assert.equal(tasks!.length, 2);
    assert.deepEqual(failures, [{ arn, reason: "RESOURCE:CPU" }]);
  });

  it("count an override's size instead of the definition's", async () => {
    await register({ cpu: 250 });

    const { tasks, failures } = await run({ overrides: { containerOverrides: [{ name: "app", cpu: 251 }] } });

    assert.deepEqual([tasks, failures!.map(({ reason }) => reason)], [[], ["RESOURCE:CPU"]]);
  });

  it("give a host port to one task only", async () => {
    await define("web", {
      containerDefinitions: [{ ...container, portMappings: [{ containerPort: 80, hostPort: 8123 }] }],
    });
    const arn = await register();
    const one = await run({ taskDefinition: "web" });

    const two = await run({ taskDefinition: "web" });

    assert.equal(one.tasks!.length, 1);
    assert.deepEqual(two.failures, [{ arn, reason: "RESOURCE:PORTS" }]);
    assert.deepEqual((await left(arn, "PORTS")).stringSetValue, ["22", "8123"]);
  });

  it("take no task while their agent is away", async () => {
    const arn = await register();
    lab.local.setAgentConnected(arn, false);

    const ran = await run();
    const started = await start([arn]);
    lab.local.setAgentConnected(arn, true);

    assert.deepEqual(ran.failures, [{ arn, reason: "AGENT" }]);
    assert.deepEqual(started.failures, [{ arn, reason: "AGENT" }]);
    assert.equal((await run()).tasks!.length, 1);
    assert.throws(() => {
      lab.local.setAgentConnected("arn:never", true);
    }, /There is no container instance arn:never/);
  });

  it("take no task that needs an attribute they do not have", async () => {
    const logConfiguration = {
      logDriver: "awslogs" as const,
      options: { "awslogs-group": "g", "awslogs-region": "us-east-1" },
    };
    await define("logging", { containerDefinitions: [{ ...container, logConfiguration }] });
    const unable = await register();
    const name = "com.amazonaws.ecs.capability.logging-driver.awslogs";

    const { failures } = await run({ taskDefinition: "logging" });
    const able = await register({ attributes: [{ name }] });
    const { tasks } = await run({ taskDefinition: "logging" });

    assert.deepEqual(failures, [{ arn: unable, reason: "ATTRIBUTE" }]);
    assert.equal(tasks![0]!.containerInstanceArn, able);
  });

  it("honour the task definition's own constraints", async () => {
    const placementConstraints = [{ type: "memberOf" as const, expression: "attribute:color == red" }];
    await define("red", { placementConstraints });
    await register();
    const red = await register({ attributes: [{ name: "color", value: "red" }] });

    const { tasks } = await run({ taskDefinition: "red", count: 3 });

    assert.deepEqual([...new Set(tasks!.map(({ containerInstanceArn }) => containerInstanceArn))], [red]);
  });

  it("are spread over and packed as the strategy says", async () => {
    const [large, small] = [await register(), await register({ memory: 500 })];
    const placed = async (input: Partial<RunTaskCommandInput>) =>
      (await run({ count: 2, ...input })).tasks!.map(({ containerInstanceArn }) => containerInstanceArn);

    const spread = await placed({ placementStrategy: [{ type: "spread", field: "instanceId" }] });
    const packed = await placed({ placementStrategy: [{ type: "binpack", field: "memory" }] });

    assert.deepEqual(spread.sort(), [large, small].sort());
    assert.deepEqual(packed, [small, large]);
  });

  const malformed: readonly { name: string; input: Partial<RunTaskCommandInput> }[] = [
    {
      name: "a query that cannot be read",
      input: { placementConstraints: [{ type: "memberOf", expression: "attribute:x is y" }] },
    },
    {
      name: "distinctInstance with a query",
      input: { placementConstraints: [{ type: "distinctInstance", expression: "attribute:x exists" }] },
    },
  ];
  for (const { name, input } of malformed)
    it(`are not looked through for ${name}`, async () => {
      await register();

      await assert.rejects(run(input), { name: "InvalidParameterException" });
    });

  it("are told apart by StartTask: MISSING, INACTIVE, too small, and good ones", async () => {
    const [gone, small, good] = [await register(), await register({ memory: 100 }), await register()];
    await deregister(gone);
    const missing = "0".repeat(32);

    const { tasks, failures } = await start([gone, small, missing, good]);

    assert.deepEqual(
      tasks!.map(({ containerInstanceArn, launchType }) => [containerInstanceArn, launchType]),
      [[good, "EC2"]],
    );
    assert.deepEqual(
      failures!.map(({ reason }) => reason),
      ["INACTIVE", "RESOURCE:MEMORY", "MISSING"],
    );
    await eventually(async () => (await show(good)).runningTasksCount === 1);
  });

  it("count the tasks that are meant to run, shown and asked for alike", async () => {
    const arn = await register();
    lab.local.tasks.plan({ holdAt: "PENDING" });
    await run();
    const find = (filter: string) => lab.ecs.send(new ListContainerInstancesCommand({ cluster, filter }));

    const { runningTasksCount, pendingTasksCount } = await show(arn);

    assert.deepEqual([runningTasksCount, pendingTasksCount], [1, 1]);
    const { containerInstanceArns } = await find("runningTasksCount == 1 and pendingTasksCount == 1");
    assert.deepEqual(containerInstanceArns, [arn]);
  });

  it("must be named by StartTask, ten at most", async () => {
    await assert.rejects(start([]), { name: "InvalidParameterException" });
    await assert.rejects(start(Array<string>(11).fill("0".repeat(32))), {
      name: "InvalidParameterException",
    });
  });

  it("stay visible as INACTIVE when deregistered, and can come back", async () => {
    const arn = await register();
    await deregister(arn);
    const inactive = await show(arn);

    await lab.ecs.send(new RegisterContainerInstanceCommand({ cluster, containerInstanceArn: arn }));

    assert.deepEqual([inactive.status, inactive.agentConnected], ["INACTIVE", false]);
    assert.deepEqual([(await show(arn)).status, (await show(arn)).version], ["ACTIVE", 3]);
  });

  it("are updated one by one, with failures for those that cannot be", async () => {
    const arn = await register();
    const { containerInstances, failures } = await lab.ecs.send(
      new UpdateContainerInstancesStateCommand({
        cluster,
        containerInstances: [arn, "0".repeat(32)],
        status: "DRAINING",
      }),
    );

    assert.deepEqual(
      containerInstances!.map(({ status }) => status),
      ["DRAINING"],
    );
    assert.deepEqual(
      failures!.map(({ reason }) => reason),
      ["MISSING"],
    );
    assert.deepEqual((await start([arn])).failures, [{ arn, reason: "INACTIVE" }]);
  });

  it("keep their cluster from being deleted", async () => {
    const arn = await register();
    const remove = () => lab.ecs.send(new DeleteClusterCommand({ cluster }));

    await assert.rejects(remove(), { name: "ClusterContainsContainerInstancesException" });
    await deregister(arn);

    assert.equal((await remove()).cluster!.status, "INACTIVE");
  });

  it("are counted and listed in pages", async () => {
    const arns = [await register(), await register(), await register()];

    const { clusters: described } = await lab.ecs.send(new DescribeClustersCommand({ clusters: [cluster] }));
    const list = (nextToken?: string) =>
      lab.ecs.send(new ListContainerInstancesCommand({ cluster, maxResults: 2, nextToken }));
    const one = await list();
    const two = await list(one.nextToken);

    assert.equal(described![0]!.registeredContainerInstancesCount, 3);
    assert.deepEqual([...one.containerInstanceArns!, ...two.containerInstanceArns!], arns);
  });

  it("are one from the beginning where the local ECS is started as usual", async () => {
    const usual = await startLab();
    try {
      await usual.image("app:1", {});
      const { containerInstanceArns } = await usual.ecs.send(new ListContainerInstancesCommand({}));
      const { taskArn } = await usual.run(
        await usual.define([{ ...container, memory: 512, command: ["sh", "-c", ":"] }]),
      );
      const task = await usual.until(taskArn, hasStopped);

      assert.deepEqual([task.containerInstanceArn], containerInstanceArns);
      assert.equal(
        (await usual.ecs.send(new DeleteClusterCommand({ cluster: "default" }))).cluster!.status,
        "INACTIVE",
      );
    } finally {
      await usual.close();
    }
  });
});
