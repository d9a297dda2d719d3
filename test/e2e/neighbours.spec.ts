import assert from "node:assert/strict";
import { isEngineAtLeast, requirePulumi } from "../support/pulumi-required";
import { openShop, type Shop } from "../support/shop";

const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const config = new pulumi.Config();
  const taskDefinition = config.require("taskDefinition");
  const triggers = [config.require("version")];
  const runs = (...command) => ({ containerOverrides: [{ name: "app", command }] });
  const first = new EcsTask("first", { taskDefinition, triggers, overrides: runs("exit", config.require("code")) });
  new EcsTask("dependent", { taskDefinition, triggers, overrides: runs("exit", "0") }, { dependsOn: first });
  new EcsTask("other", { taskDefinition, triggers, overrides: runs("exit", "0") });
`;

describe("migrations of which the first fails in an up with --continue-on-error", function () {
  this.timeout(300_000);
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({ version: "1", code: "0" }, {}, PROGRAM);
    await shop.project.up("--skip-preview");
    await shop.project.setConfig("version", "2");
    await shop.project.setConfig("code", "7");
  });
  after(() => shop.close());

  const recorded = async () => {
    const { resources } = await shop.project.stackExport();
    const outputs = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs;
    return Object.fromEntries(
      ["first", "dependent", "other"].map((name) => [
        name,
        `${String(outputs(name)?.phase)} ${String(outputs(name)?.generation)}`,
      ]),
    );
  };

  it("run where they do not depend on it; of the one that does nothing is said", async () => {
    const up = await shop.project.up("--skip-preview", "--continue-on-error");

    assert.notEqual(up.code, 0);
    assert.match(up.stdout, /other: will run a new task: triggers/);
    assert.doesNotMatch(up.stdout, /dependent: will/);
    assert.deepStrictEqual(await recorded(), {
      first: "FAILED 2",
      dependent: "SETTLED 1",
      other: "SETTLED 2",
    });
  });

  it("are not said to run by a refresh, which keeps the failure", async () => {
    const refresh = await shop.project.refresh("--skip-preview");
    const preview = await shop.project.preview();

    assert.equal(refresh.code, 0, refresh.stdout);
    assert.doesNotMatch(refresh.stdout, /will run/);
    assert.deepStrictEqual(await recorded(), {
      first: "FAILED 2",
      dependent: "SETTLED 1",
      other: "SETTLED 2",
    });
    assert.match(preview.stdout, /first: will run again: the last run failed/);
    assert.match(preview.stdout, /dependent: will run a new task: triggers/);
  });
});

const DELETED_WITH = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const taskDefinition = new pulumi.Config().require("taskDefinition");
  const overrides = { containerOverrides: [{ name: "app", command: ["exit", "0"] }] };
  const database = new EcsTask("database", { taskDefinition, waitFor: "NONE" });
  new EcsTask("seed", { taskDefinition, overrides }, { deletedWith: database });
`;

describe("a migration that is deleted with a resource", function () {
  this.timeout(300_000);
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({}, {}, DELETED_WITH);
    await shop.project.up("--skip-preview");
  });
  after(() => shop.close());

  it("runs again when that one is replaced, if the engine replaces both, and the preview says so", async () => {
    const { urn = "" } = (await shop.project.resource("database")) ?? {};
    const preview = await shop.project.preview("--replace", urn);
    const up = await shop.project.up("--skip-preview", "--replace", urn);

    const isReplaced = await isEngineAtLeast("3.276.0");
    assert.deepStrictEqual([preview.code, up.code], [0, 0], up.stdout);
    assert.equal(preview.stdout.includes("seed: will run a task: app:1"), isReplaced, preview.stdout);
    assert.equal(shop.migrations().length, isReplaced ? 2 : 1);
    assert.equal((await shop.project.resource("seed"))?.outputs?.phase, "SETTLED");
  });
});
