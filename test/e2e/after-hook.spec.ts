import assert from "node:assert/strict";
import { requireEngine, requireHooks, requirePulumi } from "../support/pulumi-required";
import { openShop, type Shop } from "../support/shop";

const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const taskDefinition = new pulumi.Config().require("taskDefinition");
  const overrides = { containerOverrides: [{ name: "app", command: ["exit", "0"] }] };
  const notify = new pulumi.ResourceHook("notify", () => {
    throw new Error("nobody could be notified");
  });
  const migrate = new EcsTask("migrate", { taskDefinition, overrides }, { hooks: { afterCreate: [notify] } });
  new EcsTask("after", { taskDefinition, overrides }, { dependsOn: migrate });
`;

describe("a migration that succeeded, and a hook after it that fails", function () {
  this.timeout(300_000);
  let shop: Shop;

  before(requirePulumi);
  before(requireEngine("3.238.0"));
  before(async () => {
    shop = await openShop({}, {}, PROGRAM);
  });
  after(() => shop.close());

  it("fails the up, and what depends on it waits", async function () {
    const up = await shop.project.up("--skip-preview");
    await requireHooks(this, up);

    assert.notEqual(up.code, 0, up.stdout);
    assert.match(up.stdout, /nobody could be notified/);
    assert.equal((await shop.project.resource("migrate"))?.outputs?.phase, "SETTLED");
    assert.equal(await shop.project.resource("after"), undefined);
  });

  it("does not run again at the next up, which goes on with what depends on it", async function () {
    if (shop.migrations().length === 0) this.skip();

    const up = await shop.project.up("--skip-preview");

    assert.equal(up.code, 0, up.stdout);
    assert.deepStrictEqual([shop.migrations().length, await generationOf("migrate")], [2, 1]);
    assert.equal((await shop.project.resource("after"))?.outputs?.phase, "SETTLED");
  });

  const generationOf = async (name: string) => (await shop.project.resource(name))?.outputs?.generation;
});
