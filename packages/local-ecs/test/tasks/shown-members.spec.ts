import assert from "node:assert/strict";
import {
  DescribeTaskDefinitionCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { fargate } from "../support/fargate-definition";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";

describe("what ECS shows and nobody has said", function () {
  this.timeout(20_000);
  let lab: Lab;
  before(async () => {
    lab = await startLab();
    await lab.image("app:1", {}, { Cmd: ["node", "-e", "setTimeout(() => {}, 500)"] });
  });
  after(() => lab.close());

  it("of a task names each container in its overrides, and the bindings of one that runs", async () => {
    const taskDefinition = await lab.define([
      { name: "app", image: "app:1" },
      { name: "side", image: "app:1", essential: false },
    ]);
    const containerOverrides = [{ name: "side", environment: [{ name: "A", value: "b" }] }];
    const { taskArn } = await lab.run(taskDefinition, { overrides: { containerOverrides } });
    const running = await lab.until(taskArn, isRunning);
    await lab.until(taskArn, hasStopped);

    assert.deepEqual(running.overrides, {
      containerOverrides: [...containerOverrides, { name: "app" }],
      inferenceAcceleratorOverrides: [],
    });
    assert.deepEqual(
      running.containers?.map(({ networkBindings }) => networkBindings),
      [[], []],
    );
  });

  it("of a task definition are its sizes in units", async () => {
    const { taskDefinition: registered } = await lab.ecs.send(
      new RegisterTaskDefinitionCommand({ ...fargate, family: "sized", cpu: "1 vCPU", memory: "2GB" }),
    );
    const { taskDefinition } = await lab.ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: "sized" }),
    );

    assert.deepEqual([registered?.cpu, registered?.memory], ["1024", "2048"]);
    assert.deepEqual([taskDefinition?.cpu, taskDefinition?.memory], ["1024", "2048"]);
  });

  it("of a service that is not there is an error, and no empty list", async () => {
    await assert.rejects(lab.ecs.send(new ListTasksCommand({ serviceName: "none" })), {
      name: "ServiceNotFoundException",
    });
  });
});
