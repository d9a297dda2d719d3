import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListServicesCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  StopTaskCommand,
  paginateListServices,
} from "@aws-sdk/client-ecs";
import { hasStopped, startLab, type Lab } from "../support/lab";
import { eventually } from "../support/eventually";

describe("services that were seeded into the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(20_000);
  let lab: Lab;
  let web: string;

  before(async () => {
    lab = await startLab();
    await lab.image("app:1", {});
    const command = ["sh", "-c", "while :; do sleep 0.1; done"];
    await lab.define([{ name: "app", image: "app:1", stopTimeout: 0, command }], "web");
    const tags = [{ key: "who", value: "me" }];
    web = lab.local.seedService({ serviceName: "web", taskDefinition: "web", desiredCount: 2, tags });
    for (let count = 0; count < 11; count += 1)
      lab.local.seedService({ serviceName: `idle-${count}`, taskDefinition: "web:1", desiredCount: 0 });
  });
  after(() => lab.close());

  const describeServices = (...services: string[]) =>
    lab.ecs.send(new DescribeServicesCommand({ services, include: ["TAGS"] }));
  const tasksOf = async (serviceName: string) =>
    (await lab.ecs.send(new ListTasksCommand({ serviceName }))).taskArns!;

  it("have running tasks, of their group and deployment", async () => {
    await eventually(async () => (await describeServices("web")).services![0]!.runningCount === 2);

    const { services } = await describeServices("web");
    const { tasks } = await lab.ecs.send(new DescribeTasksCommand({ tasks: await tasksOf("web") }));

    const { deployments, desiredCount, serviceArn, tags } = services![0]!;
    const [{ id, rolloutState }] = [deployments![0]!];
    assert.match(id!, /^ecs-svc\/\d{19}$/);
    assert.deepEqual(
      tasks!.map(({ group, startedBy }) => [group, startedBy]),
      Array(2).fill(["service:web", id]),
    );
    assert.deepEqual([desiredCount, serviceArn, rolloutState], [2, web, "COMPLETED"]);
    assert.deepEqual(tags, [{ key: "who", value: "me" }]);
  });

  it("are not refilled when a task ends: there is no scheduler", async () => {
    const [task] = await tasksOf(web);

    await lab.ecs.send(new StopTaskCommand({ task }));
    await lab.until(task!, hasStopped);

    const { services } = await describeServices(web);
    assert.deepEqual([services![0]!.desiredCount, services![0]!.runningCount], [2, 1]);
  });

  it("are described by name, ARN or old ARN, and MISSING when unknown", async () => {
    const old = "arn:aws:ecs:us-east-1:123456789012:service/idle-1";

    const { services, failures } = await describeServices("web", web, old, "never");

    assert.deepEqual(
      services!.map(({ serviceName }) => serviceName),
      ["web", "web", "idle-1"],
    );
    assert.deepEqual(failures, [
      { arn: "arn:aws:ecs:us-east-1:123456789012:service/default/never", reason: "MISSING" },
    ]);
    await assert.rejects(describeServices(), { name: "InvalidParameterException" });
  });

  it("are not those of another cluster that have the same name", async () => {
    await lab.ecs.send(new CreateClusterCommand({ clusterName: "other" }));
    const elsewhere = lab.local.seedService({
      ...{ serviceName: "idle-1", taskDefinition: "web", desiredCount: 0 },
      cluster: "other",
    });

    const { services, failures } = await describeServices(elsewhere);

    assert.deepEqual([services, failures], [[], [{ arn: elsewhere, reason: "MISSING" }]]);
  });

  it("leave no tasks where not all of them found room", async () => {
    await lab.ecs.send(
      new RegisterTaskDefinitionCommand({
        family: "on-a-port",
        memory: "64",
        containerDefinitions: [
          { name: "app", image: "app:1", portMappings: [{ containerPort: 80, hostPort: 8080 }] },
        ],
      }),
    );

    assert.throws(
      () => lab.local.seedService({ serviceName: "half", taskDefinition: "on-a-port", desiredCount: 2 }),
      /The tasks of the service half found no room: RESOURCE:PORTS/,
    );

    const family = "on-a-port";
    const running = await lab.ecs.send(new ListTasksCommand({ family }));
    const stopped = await lab.ecs.send(new ListTasksCommand({ family, desiredStatus: "STOPPED" }));
    assert.deepEqual([running.taskArns, stopped.taskArns!.length], [[], 1]);
  });

  it("are listed in pages of ten unless asked otherwise, and by launch type", async () => {
    const pages = [];
    for await (const { serviceArns } of paginateListServices({ client: lab.ecs }, {}))
      pages.push(serviceArns!.length);
    const list = async (launchType: "EC2" | "FARGATE") =>
      (await lab.ecs.send(new ListServicesCommand({ launchType, maxResults: 100 }))).serviceArns!.length;

    assert.deepEqual(pages, [10, 2]);
    assert.deepEqual([await list("EC2"), await list("FARGATE")], [12, 0]);
  });

  it("cannot be seeded twice, or without a task definition", () => {
    assert.throws(
      () => lab.local.seedService({ serviceName: "web", taskDefinition: "web" }),
      /has a service web already/,
    );
    assert.throws(
      () => lab.local.seedService({ serviceName: "new", taskDefinition: "never" }),
      /TaskDefinition not found/,
    );
  });
});
