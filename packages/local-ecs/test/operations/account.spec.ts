import assert from "node:assert/strict";
import {
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeCapacityProvidersCommand,
  DescribeTaskDefinitionCommand,
  ListAccountSettingsCommand,
  RunTaskCommand,
} from "@aws-sdk/client-ecs";
import { startLab, type Lab } from "../support/lab";

describe("what tools ask of an account", () => {
  let lab: Lab;
  before(async () => {
    lab = await startLab();
  });
  after(() => lab.close());

  it("are its settings: only effective ones, since nothing is set", async () => {
    const all = await lab.ecs.send(new ListAccountSettingsCommand({ effectiveSettings: true }));
    const one = await lab.ecs.send(
      new ListAccountSettingsCommand({ effectiveSettings: true, name: "taskLongArnFormat" }),
    );
    const own = await lab.ecs.send(new ListAccountSettingsCommand({}));

    assert.ok((all.settings?.length ?? 0) > 5);
    const principalArn = "arn:aws:iam::123456789012:root";
    assert.deepEqual(one.settings, [{ name: "taskLongArnFormat", value: "enabled", principalArn }]);
    assert.deepEqual(own.settings, []);
  });

  it("are its capacity providers: those of Fargate", async () => {
    const { capacityProviders, failures } = await lab.ecs.send(
      new DescribeCapacityProvidersCommand({ capacityProviders: ["FARGATE", "none"] }),
    );

    assert.deepEqual(
      capacityProviders?.map(({ name, status }) => [name, status]),
      [["FARGATE", "ACTIVE"]],
    );
    assert.deepEqual(failures, [
      { arn: "arn:aws:ecs:us-east-1:123456789012:capacity-provider/none", reason: "MISSING" },
    ]);
  });

  it("are the deletion of task definitions, which must be inactive before", async () => {
    const arn = await lab.define([{ name: "app", image: "app:1" }], "gone");
    const remove = () => lab.ecs.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: [arn, "none:1"] }));
    const early = await remove();
    await lab.ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: arn }));
    const done = await remove();
    const { taskDefinition } = await lab.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: arn }));

    assert.deepEqual(early.taskDefinitions, []);
    assert.match(early.failures?.[0]?.reason ?? "", /still in ACTIVE status/);
    assert.deepEqual(done.failures, [
      { arn: "none:1", reason: "The specified task definition does not exist." },
    ]);
    assert.equal(taskDefinition?.status, "DELETE_IN_PROGRESS");
    assert.ok(taskDefinition.deleteRequestedAt instanceof Date);
    await assert.rejects(lab.ecs.send(new RunTaskCommand({ taskDefinition: arn })), {
      name: "ClientException",
    });
  });
});
