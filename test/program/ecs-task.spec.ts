import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask, type EcsTaskArgs } from "../../src/index";
import { registered, type Registered } from "../support/registered";
import { RESOURCE_TYPE, SERIALIZED_PROVIDER } from "../../src/program/serialized";

async function register(make: () => pulumi.CustomResource): Promise<Registered> {
  const resources = await registered(() => [make().urn]);
  assert.equal(resources.length, 1);
  return resources[0]!;
}

const args: EcsTaskArgs = { taskDefinition: "app:1" };

describe("EcsTask in a program", () => {
  it("registers what pulumi.dynamic.Resource registers, with our own provider text", async () => {
    class Dynamic extends pulumi.dynamic.Resource {
      constructor() {
        const provider = { create: () => Promise.resolve({ id: "1" }) };
        super(provider, "migrate", { taskDefinition: "app:1" }, undefined, "ecs", "Task");
      }
    }

    const theirs = await register(() => new Dynamic());
    const ours = await register(() => new EcsTask("migrate", args));

    assert.deepStrictEqual([ours.type, ours.custom], [theirs.type, theirs.custom]);
    assert.equal(ours.type, RESOURCE_TYPE);
    assert.equal(ours.inputs.__provider, SERIALIZED_PROVIDER);
    assert.deepStrictEqual(
      Object.keys(ours.inputs).sort(),
      [...Object.keys(theirs.inputs), "resourceUrn"].sort(),
    );
  });

  it("does not take an empty ARN for a task that is to be run", () => {
    assert.throws(
      () => EcsTask.get("last", ""),
      /EcsTask\.get\("last"\) was given an empty ARN\. Pass the ARN of an ECS task, such as arn:aws:ecs:<region>:<account>:task\/<cluster>\/<id>\./,
    );
  });

  it("takes a resource in the place of its ARN", async () => {
    const cluster = { arn: pulumi.output("arn:cluster") };
    const taskDefinition = { arn: "arn:task-definition" };

    const { inputs } = await register(() => new EcsTask("migrate", { cluster, taskDefinition }));

    assert.deepStrictEqual([inputs.cluster, inputs.taskDefinition], ["arn:cluster", "arn:task-definition"]);
  });

  it("tells its provider who it is", async () => {
    const { inputs } = await register(() => new EcsTask("migrate", args));

    assert.equal(inputs.resourceUrn, `urn:pulumi:stack::project::${RESOURCE_TYPE}::migrate`);
  });

  it("takes customTimeouts for timeoutSeconds, which comes first", async () => {
    const customTimeouts = { create: "1h30m" };

    const fromOptions = await register(() => new EcsTask("migrate", args, { customTimeouts }));
    const fromInput = await register(
      () => new EcsTask("migrate", { ...args, timeoutSeconds: 5 }, { customTimeouts }),
    );

    assert.equal(fromOptions.inputs.timeoutSeconds, 5400);
    assert.equal(fromInput.inputs.timeoutSeconds, 5);
  });
});
