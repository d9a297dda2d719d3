import assert from "node:assert/strict";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask, type EcsTaskArgs } from "../../src/index";
import { isComponentPlugin, missingProvider } from "../../src/program/missing-provider";
import { registered } from "../support/registered";

const args: EcsTaskArgs = { taskDefinition: "app:1" };

/** What making these resources throws; nothing where they are registered. */
async function thrown(make: () => pulumi.Resource): Promise<string | undefined> {
  let message: string | undefined;
  await registered(() => {
    try {
      return [make().urn];
    } catch (error) {
      assert.ok(error instanceof pulumi.RunError, String(error));
      message = error.message;
      return [];
    }
  });
  return message;
}

class Shop extends pulumi.ComponentResource {
  constructor(taskArgs: EcsTaskArgs, opts: pulumi.ComponentResourceOptions) {
    super("shop:index:Shop", "shop", {}, opts);
    new EcsTask("migrate", taskArgs, { parent: this });
  }
}

const west = () => new aws.Provider("west", { region: "us-west-2" });

describe("EcsTask with options", () => {
  it("refuses an explicit provider, of which the engine would ask what it does not know", async () => {
    for (const option of ["provider", "providers"]) {
      const said = await thrown(() => {
        const opts = { [option]: option === "provider" ? west() : [west()] };
        return new EcsTask("migrate", args, opts);
      });

      assert.equal(
        said,
        `EcsTask "migrate" cannot use the option "${option}". It runs in Pulumi's own provider for dynamic resources. Say where by its inputs region, profile or assumeRole: new EcsTask("migrate", { region: "eu-central-1", … }), and remove the option.`,
      );
    }
    assert.match(
      (await thrown(() => EcsTask.get("last", "arn", {}, { provider: west() }))) ?? "",
      /"provider"/,
    );
  });

  it("takes an option without a provider for none", async () => {
    const opts = { provider: undefined, providers: [] } as unknown as pulumi.CustomResourceOptions;

    assert.equal(await thrown(() => new EcsTask("migrate", args, opts)), undefined);
  });

  it("refuses the explicit AWS provider of a parent, unless it is said where to run", async () => {
    const inside = (taskArgs: EcsTaskArgs, opts: () => pulumi.ComponentResourceOptions) =>
      thrown(() => new Shop(taskArgs, opts()));

    for (const opts of [
      () => ({ provider: west() }),
      () => ({ providers: [west()] }),
      () => ({ providers: { aws: west() } }),
    ])
      assert.match(
        (await inside(args, opts)) ?? "",
        /^EcsTask "migrate" cannot use the explicit AWS provider of its parent, and would run in the region and account of the stack\. .* region, profile or assumeRole: /,
      );
    for (const place of [
      { region: pulumi.output("us-west-2") },
      { profile: Promise.resolve("west") },
      { assumeRole: { roleArn: "arn:aws:iam::123456789012:role/x" } },
      { endpoint: "http://localhost" },
    ])
      assert.equal(await inside({ ...args, ...place }, () => ({ provider: west() })), undefined);
    assert.equal(await inside(args, () => ({})), undefined);
    assert.match(
      (await inside({ ...args, assumeRole: {} as never }, () => ({ provider: west() }))) ?? "",
      /of its parent/,
    );
  });

  it("refuses to be imported, and names EcsTask.get", async () => {
    assert.equal(
      await thrown(() => new EcsTask("migrate", args, { import: "arn:aws:ecs:eu-central-1:1:task/a/b" })),
      'EcsTask "migrate" cannot be imported: its task would have run already. Remove the option "import". To read a task that ran, use EcsTask.get("migrate", taskArn).',
    );
  });

  it("says what arguments are, to a program in JavaScript", async () => {
    for (const [wrong, what] of [
      [undefined, "nothing"],
      [null, "nothing"],
      ["app:1", "a string"],
      [["app:1"], "a list"],
      [pulumi.output(args), "an Output or a Promise"],
    ] as const)
      assert.equal(
        await thrown(() => new EcsTask("migrate", wrong as never)),
        `EcsTask "migrate" was given ${what} as its arguments. Pass an object that has at least a task definition: new EcsTask("migrate", { taskDefinition }).`,
      );
  });

  it("passes every other option on, the hook onError too, which mergeOptions of older releases drops", async () => {
    const hook = new pulumi.ErrorHook("again", () => false);
    let seen: pulumi.ResourceOptions = {};
    const opts: pulumi.CustomResourceOptions = {
      hooks: { onError: [hook] },
      protect: false,
      // Pulumi's mocks never answer to the registration of a hook, so it goes no further.
      transformations: [
        ({ props, opts: registered }) => {
          seen = registered;
          return { props, opts: { ...registered, hooks: {} } };
        },
      ],
    };

    await thrown(() => new EcsTask("migrate", args, opts));

    assert.deepStrictEqual(seen, { ...opts, deleteBeforeReplace: true });
    await thrown(() => new EcsTask("migrate", args, { ...opts, deleteBeforeReplace: false }));
    assert.equal((seen as pulumi.CustomResourceOptions).deleteBeforeReplace, false);
  });
});

describe("a program that lacks the package", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "program-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("is told to install it, also when only a component uses it", async () => {
    assert.match(
      missingProvider(folder) ?? "",
      /^Pulumi will not find pulumi-ecs-task: .* Add pulumi-ecs-task to the dependencies/,
    );

    const installed = join(folder, "node_modules/pulumi-ecs-task");
    await mkdir(installed, { recursive: true });
    await writeFile(join(installed, "provider.js"), "");
    assert.equal(missingProvider(folder), undefined);
  });

  it("is known from the plugin of a component, whose program cannot go on", () => {
    assert.ok(
      isComponentPlugin(["node", "/plugin/node_modules/@pulumi/pulumi/cmd/run-plugin", "127.0.0.1:1"]),
    );
    assert.ok(
      isComponentPlugin(["node.exe", "C:\\p\\node_modules\\@pulumi\\pulumi\\cmd\\run-plugin\\index.js"]),
    );
    assert.ok(
      !isComponentPlugin(["node", "/program/node_modules/@pulumi/pulumi/cmd/run", "--", "run-plugin"]),
    );
  });
});
