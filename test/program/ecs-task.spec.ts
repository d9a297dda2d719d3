import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask, type EcsTaskArgs } from "../../src/index";
import { RESOURCE_TYPE, SERIALIZED_PROVIDER } from "../../src/serialized";

interface Registered {
  readonly type: string;
  readonly inputs: Record<string, unknown>;
  readonly custom: boolean | undefined;
}

/** Registers a resource under Pulumi's mocks, as users' unit tests do, and returns what the engine would get. */
async function register(make: () => pulumi.CustomResource): Promise<Registered> {
  const registered: Registered[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ type, inputs, name, custom }) => {
      registered.push({ type, inputs: inputs as Record<string, unknown>, custom });
      return { id: name, state: inputs as object };
    },
    call: ({ inputs }) => inputs as object,
  });
  const resource = make();
  await new Promise((resolve) => resource.urn.apply(resolve));
  assert.equal(registered.length, 1);
  return registered[0]!;
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
