import assert from "node:assert/strict";
import {
  DeregisterContainerInstanceCommand,
  DescribeContainerInstancesCommand,
  ListContainerInstancesCommand,
  RegisterContainerInstanceCommand,
  RunTaskCommand,
  StartTaskCommand,
  UpdateContainerInstancesStateCommand,
  type Resource,
  type RunTaskCommandInput,
} from "@aws-sdk/client-ecs";
import { startBench, type Bench } from "./support/bench";
import { conforms } from "./support/conforms";
import { targetName } from "./support/target";

const totalResources: Resource[] = [
  { name: "CPU", type: "INTEGER", integerValue: 1024 },
  { name: "MEMORY", type: "INTEGER", integerValue: 1024 },
  { name: "PORTS", type: "STRINGSET", stringSetValue: ["22"] },
];

// Only real instances can be registered on AWS: they sign what they are.
(targetName === "aws" ? describe.skip : describe)("container instances", () => {
  let bench: Bench;
  let taskDefinition: string;
  let big: string;
  beforeEach(async () => {
    bench = await startBench();
    taskDefinition = await bench.define(onEc2(256));
    big = await bench.define(onEc2(100_000));
  });

  const onEc2 = (memory: number) => ({
    requiresCompatibilities: ["EC2" as const],
    networkMode: "bridge" as const,
    cpu: undefined,
    memory: undefined,
    containerDefinitions: [{ ...bench.shell(), cpu: 128, memory }],
  });
  const register = async (attributes: { name: string; value: string }[] = []) => {
    const { containerInstance } = await bench.ecs.send(
      new RegisterContainerInstanceCommand({
        cluster: bench.cluster,
        instanceIdentityDocument: await bench.newMachine(),
        totalResources,
        attributes,
      }),
    );
    return containerInstance!.containerInstanceArn!;
  };
  const describeIt = async (arn: string) => {
    const { containerInstances } = await bench.ecs.send(
      new DescribeContainerInstancesCommand({ cluster: bench.cluster, containerInstances: [arn] }),
    );
    return containerInstances![0]!;
  };
  const run = (input: Partial<RunTaskCommandInput> = {}) =>
    bench.ecs.send(
      new RunTaskCommand({ cluster: bench.cluster, taskDefinition, launchType: "EC2", ...input }),
    );
  const list = async (input: object = {}) =>
    (await bench.ecs.send(new ListContainerInstancesCommand({ cluster: bench.cluster, ...input })))
      .containerInstanceArns!;

  conforms("a registered instance is ACTIVE and connected", async () => {
    const { status, agentConnected } = await describeIt(await register());

    assert.deepEqual([status, agentConnected], ["ACTIVE", true]);
  });

  conforms("a registered instance has the resources it was registered with", async () => {
    const { registeredResources = [] } = await describeIt(await register());

    const memory = registeredResources.find(({ name }) => name === "MEMORY");
    assert.equal(memory!.integerValue, 1024);
  });

  conforms("a task takes its share of the instance", async () => {
    const arn = await register();
    const left = async () => {
      const { remainingResources = [] } = await describeIt(arn);
      const of = (name: string) => remainingResources.find((each) => each.name === name)!.integerValue!;
      return { cpu: of("CPU"), memory: of("MEMORY") };
    };
    const before = await left();

    const { tasks } = await run();

    assert.equal(tasks![0]!.containerInstanceArn, arn);
    assert.deepEqual(await left(), { cpu: before.cpu - 128, memory: before.memory - 256 });
  });

  conforms("RunTask answers RESOURCE:MEMORY where a task does not fit", async () => {
    const arn = await register();

    const { tasks, failures } = await run({ taskDefinition: big });

    assert.deepEqual(tasks, []);
    assert.deepEqual(
      failures!.map((failure) => [failure.arn, failure.reason]),
      [[arn, "RESOURCE:MEMORY"]],
    );
  });

  conforms("RunTask leaves out an instance that is DRAINING", async () => {
    const [draining, active] = [await register(), await register()];
    await bench.ecs.send(
      new UpdateContainerInstancesStateCommand({
        cluster: bench.cluster,
        containerInstances: [draining],
        status: "DRAINING",
      }),
    );

    const { tasks } = await run({ count: 2 });

    assert.deepEqual(
      tasks!.map(({ containerInstanceArn }) => containerInstanceArn),
      [active, active],
    );
    assert.deepEqual(await list({ status: "DRAINING" }), [draining]);
  });

  conforms("distinctInstance puts each task of a group on another instance", async () => {
    const arns = [await register(), await register()];

    const { tasks, failures } = await run({ count: 3, placementConstraints: [{ type: "distinctInstance" }] });

    assert.deepEqual(tasks!.map(({ containerInstanceArn }) => containerInstanceArn).sort(), arns.sort());
    assert.ok(failures!.length > 0);
  });

  conforms("memberOf places by attribute, and the filter of ListContainerInstances finds by it", async () => {
    await register([{ name: "color", value: "green" }]);
    const red = await register([{ name: "color", value: "red" }]);
    const expression = "attribute:color == red";

    const { tasks } = await run({ count: 2, placementConstraints: [{ type: "memberOf", expression }] });

    assert.deepEqual(
      tasks!.map(({ containerInstanceArn }) => containerInstanceArn),
      [red, red],
    );
    assert.deepEqual(await list({ filter: expression }), [red]);
  });

  conforms("StartTask starts on exactly the instances given, and says which are missing", async () => {
    const [one, two] = [await register(), await register()];
    const unknown = "0".repeat(32);

    const { tasks, failures } = await bench.ecs.send(
      new StartTaskCommand({
        cluster: bench.cluster,
        taskDefinition,
        containerInstances: [two, one, unknown],
      }),
    );

    assert.deepEqual(
      tasks!.map(({ containerInstanceArn }) => containerInstanceArn).sort(),
      [one, two].sort(),
    );
    assert.deepEqual(
      failures!.map(({ reason }) => reason),
      ["MISSING"],
    );
  });

  conforms("StartTask refuses a startedBy of more than 36 characters", async () => {
    const containerInstances = [await register()];
    const answer = bench.ecs.send(
      new StartTaskCommand({
        cluster: bench.cluster,
        taskDefinition,
        containerInstances,
        startedBy: "x".repeat(37),
      }),
    );

    await assert.rejects(answer, { name: "InvalidParameterException" });
  });

  conforms("DeregisterContainerInstance wants force while a task runs there", async () => {
    const containerInstance = await register();
    await run();
    const deregister = (force: boolean) =>
      bench.ecs.send(
        new DeregisterContainerInstanceCommand({ cluster: bench.cluster, containerInstance, force }),
      );

    await assert.rejects(deregister(false), { name: "InvalidParameterException" });
    await deregister(true);

    assert.deepEqual(await list(), []);
  });

  conforms("DescribeContainerInstances answers MISSING for an instance that never was", async () => {
    const { failures } = await bench.ecs.send(
      new DescribeContainerInstancesCommand({ cluster: bench.cluster, containerInstances: ["0".repeat(32)] }),
    );

    assert.deepEqual(
      failures!.map(({ reason }) => reason),
      ["MISSING"],
    );
  });
});
