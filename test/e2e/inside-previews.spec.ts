import assert from "node:assert/strict";
import { assertGolden } from "../support/golden";
import { requirePulumi } from "../support/pulumi-required";
import { openShop, type Shop } from "../support/shop";

/**
 * Task definitions that the program itself makes, as `aws.ecs.TaskDefinition` does: a change of any member is a new revision,
 * whose ARN is known only after the update.
 */
const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const config = new pulumi.Config();
  const make = {
    async create(inputs) {
      const { ECSClient, RegisterTaskDefinitionCommand } = require("@aws-sdk/client-ecs");
      const ecs = new ECSClient({ endpoint: inputs.endpoint, region: inputs.region });
      const { endpoint, region, containerDefinitions, ...others } = inputs;
      const { taskDefinition } = await ecs.send(
        new RegisterTaskDefinitionCommand({ ...others, containerDefinitions: JSON.parse(containerDefinitions) }),
      );
      return { id: taskDefinition.taskDefinitionArn, outs: { ...inputs, arn: taskDefinition.taskDefinitionArn } };
    },
    async diff(id, olds, news) {
      const changed = ["containerDefinitions", "cpu", "memory"].filter((name) => olds[name] !== news[name]);
      return { changes: changed.length > 0, replaces: changed };
    },
  };
  class TaskDefinition extends pulumi.dynamic.Resource {
    constructor(name, args) {
      super(make, name, { arn: undefined, endpoint: config.require("endpoint"), region: "us-east-1", ...args });
    }
  }
  const containers = (image) =>
    pulumi.jsonStringify([
      {
        name: "app",
        image,
        command: config.requireObject("command"),
        environment: config.requireObject("environment"),
        memory: 64,
      },
    ]);
  const define = (family, image) =>
    new TaskDefinition(family, { family, memory: config.require("memory"), containerDefinitions: containers(image) });
  const definition = define("shop", config.require("image"));
  const run = (name, taskDefinition) => new EcsTask(name, { taskDefinition });
  exports.whole = run("the resource", definition);
  run("its ARN", definition.arn);
  run("an object", { arn: definition.arn, containerDefinitions: definition.containerDefinitions });
  run("an Output of its ARN", definition.arn.apply((arn) => arn));
  // An image that the same update builds.
  run("an image that is built", define("built", pulumi.interpolate\`shop/migrate:1\${definition.arn.apply(() => "")}\`));
  if (config.getBoolean("isNew")) run("a new resource", define("new", config.require("image")));
`;

/** The tasks of the program, as its preview is to show them. */
const TASKS = [
  "the resource",
  "its ARN",
  "an object",
  "an Output of its ARN",
  "an image that is built",
  "a new resource",
] as const;

const SECRET = "postgres://hunter2@db";

describe("the preview of a task definition that the same update makes", function () {
  this.timeout(600_000);
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({}, {}, PROGRAM);
    const { lab, project } = shop;
    await lab.image("shop/migrate:2", { "main.mjs": "" }, { Entrypoint: ["node", "main.mjs"] });
    await project.setConfig("endpoint", lab.local.url);
    await deployed({
      image: "shop/migrate:1",
      command: ["exit", "0"],
      environment: [{ name: "MODE", value: "fast" }],
    });
    await project.up("--skip-preview");
  });
  after(() => shop.close());

  interface Release {
    readonly image: string;
    readonly command: readonly string[];
    readonly environment: readonly { readonly name: string; readonly value: string }[];
    readonly memory?: string;
  }

  async function deployed({ image, command, environment, memory = "128" }: Release): Promise<void> {
    const { project } = shop;
    await project.setConfig("image", image);
    await project.setConfig("memory", memory);
    await project.setConfig("command", JSON.stringify(command));
    await project.setConfig("environment", JSON.stringify(environment));
  }

  it("says what differs inside, and that a task will run", async () => {
    await deployed({
      image: "shop/migrate:2",
      command: ["exit", "0", SECRET],
      environment: [
        { name: "MODE", value: "fast" },
        { name: "DATABASE_URL", value: SECRET },
      ],
      memory: "256",
    });
    await shop.project.setConfig("isNew", "true");

    const questions = () =>
      shop.lab.lines.filter((line) => line.startsWith("DescribeTaskDefinition ")).length;
    const before = questions();
    const { code, stdout, stderr } = await shop.project.preview();
    // Of the revision that three of the tasks ran.
    assert.equal(questions() - before, 1);
    const diff = await shop.project.preview("--diff");
    const json = await shop.project.preview("--json");

    assert.equal(code, 0, stdout + stderr);
    const lineOf = (name: string) =>
      stdout
        .split("\n")
        .filter((line) => /^ *[+~] /.test(line) && line.includes(`ecs:Task ${name} `))
        .map((line) => line.trim().replaceAll(/ +/g, " "))
        .at(-1) ?? "(no line)";
    await assertGolden("inside-previews.txt", TASKS.map((name) => `# ${name}\n${lineOf(name)}\n`).join("\n"));
    assert.ok(!stdout.includes("hunter2"), stdout);
    const inDiff = diff.stdout + diff.stderr;
    const { diagnostics } = JSON.parse(json.stdout) as {
      readonly diagnostics: readonly { message: string }[];
    };
    const inJson = diagnostics.map(({ message }) => message).join("");
    const inEvents = await shop.project.previewByAutomation();
    for (const seen of [inDiff, inJson, inEvents])
      assert.match(
        seen,
        /the resource: will run a new task: taskDefinition shop:1 -> a new revision made by this update \(app: image/,
      );
    // The engine itself notes which resources an input comes from.
    const withoutNames = json.stdout.replaceAll('"__definition": [', "");
    for (const seen of [stdout, inDiff, inEvents, withoutNames])
      assert.ok(!seen.includes("__definition"), seen);
  });

  it("leaves nothing of what the program knows in the state, nor in the stack's outputs", async () => {
    await shop.project.up();
    const { stdout } = await shop.project.start("stack", "export", "--stack", "test").result;
    const outputs = await shop.project.start("stack", "output", "--json", "--stack", "test").result;

    assert.match(outputs.stdout, /"whole"/);
    for (const text of [stdout, outputs.stdout]) assert.ok(!text.includes("__definition"), text);
  });
});
