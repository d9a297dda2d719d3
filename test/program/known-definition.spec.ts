import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask, type EcsTaskArgs } from "../../src/index";
import { readKnownDefinition } from "../../src/inputs/definition/known-definition";
import { saltedFingerprint } from "../../src/text/salted-fingerprint";

const SECRET = "postgres://hunter2@db";
const CONTAINERS = [
  {
    name: "app",
    image: "shop/app:42",
    command: ["migrate", SECRET],
    environment: [{ name: "DATABASE_URL", value: SECRET }],
    secrets: [{ name: "KEY", valueFrom: "arn:aws:ssm:eu-west-1:1:parameter/key" }],
  },
];

/** What an `EcsTask` sends of its task definition, in a preview or in an update. */
async function sent(taskDefinition: () => EcsTaskArgs["taskDefinition"], isPreview = true): Promise<unknown> {
  let inputs: Record<string, unknown> = {};
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        if (args.name === "migrate") inputs = args.inputs as Record<string, unknown>;
        return { id: args.name, state: { ...(args.inputs as object), arn: "arn:definition" } };
      },
      call: ({ inputs: given }) => given as object,
    },
    "project",
    "stack",
    isPreview,
  );
  const { urn } = new EcsTask("migrate", { taskDefinition: taskDefinition() });
  await new Promise((resolve) => urn.apply(resolve));
  return inputs.__definition;
}

const definition = () =>
  new aws.ecs.TaskDefinition("definition", {
    family: "shop",
    containerDefinitions: JSON.stringify(CONTAINERS),
    cpu: "256",
    memory: "512",
  });

const WAYS: Readonly<Record<string, () => EcsTaskArgs["taskDefinition"]>> = {
  "the resource": definition,
  "its ARN": () => definition().arn,
  "a Promise of the resource": () => Promise.resolve(definition()),
  "an Output of the resource": () => pulumi.output(definition()),
};

describe("what a preview is told of a task definition", () => {
  after(() => pulumi.runtime.setMocks({ newResource: () => ({ id: "", state: {} }), call: () => ({}) }));

  for (const [way, taskDefinition] of Object.entries(WAYS))
    it(`is what runs, given ${way}, with no value and no command`, async () => {
      const input = await sent(taskDefinition);
      const known = readKnownDefinition(input);
      const fingerprint = saltedFingerprint(known?.salt ?? "");

      assert.deepStrictEqual(known?.runs, {
        containers: {
          app: {
            image: "shop/app:42",
            command: fingerprint(CONTAINERS[0]?.command),
            environment: { DATABASE_URL: fingerprint(SECRET) },
            secrets: { KEY: fingerprint(CONTAINERS[0]?.secrets[0]?.valueFrom) },
          },
        },
        cpu: "256",
        memory: "512",
        taskRoleArn: undefined,
        executionRoleArn: undefined,
      });
      assert.doesNotMatch(JSON.stringify(input), /hunter2|migrate|parameter/);
    });

  it("is made under another salt each time", async () => {
    const salts = await Promise.all([sent(definition), sent(definition)]);

    assert.notEqual(readKnownDefinition(salts[0])?.salt, readKnownDefinition(salts[1])?.salt);
  });

  it("says of an object only what stands in it", async () => {
    const containerDefinitions = JSON.stringify(CONTAINERS);
    const known = readKnownDefinition(await sent(() => ({ arn: "arn:definition", containerDefinitions })));

    assert.deepStrictEqual(Object.keys(known?.runs.containers ?? {}), ["app"]);
  });

  it("is nothing of an ARN that stays the same whatever is inside", async () => {
    assert.equal(readKnownDefinition(await sent(() => definition().arnWithoutRevision)), undefined);
  });

  it("is nothing of a name, of an Output of one, and in an update", async () => {
    assert.equal(await sent(() => "app:1"), undefined);
    assert.equal(readKnownDefinition(await sent(() => pulumi.output("app:1"))), undefined);
    assert.equal(await sent(definition, false), undefined);
  });

  it("is nothing where its containers are no JSON", async () => {
    const broken = () => new aws.ecs.TaskDefinition("broken", { family: "shop", containerDefinitions: "{" });

    assert.equal(readKnownDefinition(await sent(broken)), undefined);
  });
});
