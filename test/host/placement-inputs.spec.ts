import assert from "node:assert/strict";
import { DescribeTasksCommand, ListContainerInstancesCommand } from "@aws-sdk/client-ecs";
import { startMigrations, stopMigrations, type Migrations } from "../support/migrations";

describe("an input about where a task runs", () => {
  let m: Migrations;
  let instance: string;

  before(async () => {
    m = await startMigrations();
    // A first task brings the cluster's own container instance to life.
    await m.host.create(m.inputs(["exit", "0"]));
    const { containerInstanceArns } = await m.lab.ecs.send(new ListContainerInstancesCommand({}));
    instance = containerInstanceArns?.[0] ?? "";
  });

  after(() => stopMigrations(m));

  it("containerInstances starts the task on exactly that instance, and a change runs a new one", async () => {
    const resourceUrn = "urn:started";
    const inputs = m.inputs(["exit", "0"], { containerInstances: [instance], resourceUrn });
    const { id, state } = await m.host.create(inputs);

    const byId = {
      ...inputs,
      containerInstances: [instance.slice(instance.lastIndexOf("/") + 1)],
      triggers: [2],
    };
    const again = await m.host.update(id, state, byId);

    const taskArns = [state.taskArn, again.taskArn].map(String);
    const { tasks } = await m.lab.ecs.send(new DescribeTasksCommand({ tasks: taskArns }));
    assert.equal(new Set(taskArns).size, 2);
    assert.deepStrictEqual(
      tasks?.map((task) => task.containerInstanceArn),
      [instance, instance],
    );
    assert.deepStrictEqual([state.outcome, again.outcome], ["SUCCEEDED", "SUCCEEDED"]);
  });

  it("containerInstances tells why ECS does not start a task on an instance it does not know", async () => {
    const refused = m.host.create(
      m.inputs(["exit", "0"], {
        containerInstances: ["0123456789abcdef0123456789abcdef"],
        resourceUrn: "urn:unknown",
      }),
    );

    await assert.rejects(refused, /^Error: ECS did not start task .*: MISSING at .*Nothing was started/);
  });

  it("placementConstraints and orderedPlacementStrategies are kept by ECS, also when they cannot be", async () => {
    const orderedPlacementStrategies = [{ type: "binpack", field: "memory" }];
    const memberOf = (expression: string) => ({
      orderedPlacementStrategies,
      placementConstraints: [{ type: "memberOf", expression }],
      capacityRetrySeconds: 0,
    });

    const { state } = await m.host.create(
      m.inputs(["exit", "0"], { ...memberOf("attribute:ecs.os-type == linux"), resourceUrn: "urn:placed" }),
    );
    const nowhere = m.host.create(
      m.inputs(["exit", "0"], {
        ...memberOf("attribute:ecs.os-type == windows"),
        resourceUrn: "urn:nowhere",
      }),
    );

    assert.equal(state.outcome, "SUCCEEDED");
    await assert.rejects(nowhere, /^Error: ECS did not start task /);
  });
});
