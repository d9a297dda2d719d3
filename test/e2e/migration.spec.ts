import assert from "node:assert/strict";
import { linesOf, openShop, type Shop } from "../support/shop";
import { requirePulumi } from "../support/pulumi-required";

const SECRET = "postgres://admin:hunter2-hunter2@db";

describe("a migration in a stack", function () {
  this.timeout(300_000);
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({ command: '["exit","0"]' });
  });
  after(() => shop.close());

  it("is announced by preview, which runs nothing", async () => {
    const preview = await shop.project.preview();

    assert.equal(preview.code, 0, preview.stderr);
    assert.match(preview.stdout, /migrate create migrate: will run a task: app:1 on cluster default/);
    assert.equal(shop.lab.local.tasks.all().length, 0);
  });

  it("runs in up, whose outputs and state show what ran", async () => {
    const up = await shop.project.up("--skip-preview");
    const outputs = await shop.project.outputs();
    const migrate = await shop.project.resource("migrate");

    assert.equal(up.code, 0, up.stdout);
    assert.deepStrictEqual([outputs.ran, outputs.outcome], [{ app: shop.digest }, "SUCCEEDED"]);
    assert.equal(migrate?.outputs?.taskArn, outputs.taskArn);
    assert.deepStrictEqual([migrate?.outputs?.phase, migrate?.outputs?.generation], ["SETTLED", 1]);
    assert.equal(migrate?.initErrors, undefined);
    assert.equal(shop.lab.local.tasks.all().length, 2);
  });

  it("does not run again when nothing changed, nor after a refresh", async () => {
    const again = await shop.project.up("--skip-preview");
    const refresh = await shop.project.refresh("--skip-preview");
    const preview = await shop.project.preview("--expect-no-changes");

    assert.deepStrictEqual([again.code, refresh.code, preview.code], [0, 0, 0], preview.stdout);
    assert.equal(shop.lab.local.tasks.all().length, 2);
  });

  it("shows one changed variable as exactly one changed property, and that it makes a new task run", async () => {
    await shop.project.setConfig("mode", "slow");

    const { stdout } = await shop.project.preview("--diff");
    const lines = linesOf((await shop.project.preview()).stdout, "migrate");

    const changed = stdout.split("\n").filter((each) => each.includes("=>"));
    assert.deepStrictEqual(
      changed.map((each) => each.trim()),
      ['~ MODE: "fast" => "slow"'],
    );
    assert.match(
      lines.at(-1) ?? "",
      / ~ +\S+ migrate update \[diff: ~overrides\]; migrate: will run a new task: overrides\.containerOverrides\[app\]\.environment\[MODE\]$/,
    );
  });

  it("shows no value of a secret variable, in preview and in state", async () => {
    await shop.project.setConfig("mode", "fast");
    await shop.project.setSecret("databaseUrl", SECRET);
    const up = await shop.project.up();
    await shop.project.setSecret("databaseUrl", `${SECRET}-2`);

    const preview = await shop.project.preview();
    const diff = await shop.project.preview("--diff");
    const state = await shop.project.stackExport();

    assert.equal(up.code, 0, up.stdout);
    assert.match(
      preview.stdout,
      /will run a new task: overrides\.containerOverrides\[app\]\.environment\[DATABASE_URL\]/,
    );
    assert.ok(!JSON.stringify([up, preview, diff, state]).includes("hunter2"));
  });

  it("fails up with the reason, keeps dependents from running, and stays in state as failed", async () => {
    await shop.project.setConfig("command", '["exit","3"]');

    const up = await shop.project.up("--skip-preview");
    const migrate = await shop.project.resource("migrate");

    assert.notEqual(up.code, 0);
    assert.match(up.stdout, /\* Task [0-9a-f]{32} failed: container "app" exited with code 3\n/);
    assert.match(up.stdout, /last log line of container "app":\n\s+\| migrating \[DATABASE_URL\]\n/);
    assert.match(up.stdout, /What to do \(CONTAINER_FAILED\): /);
    assert.deepStrictEqual([migrate?.outputs?.phase, migrate?.outputs?.exitCodes], ["FAILED", { app: 3 }]);
    assert.equal(migrate?.initErrors?.length, 1);
    assert.ok(!JSON.stringify([up, await shop.project.stackExport()]).includes("hunter2"));
  });

  it("says after a refresh, too, that it will run again because it failed", async () => {
    await shop.project.refresh("--skip-preview");

    const { stdout } = await shop.project.preview();

    assert.match(stdout, /will run again: the last run failed \(container "app" exited with code 3\)/);
  });

  it("runs for the new task definition once it is corrected", async () => {
    await shop.project.setConfig("command", '["exit","0"]');
    await shop.project.setConfig("taskDefinition", await shop.revise());

    const up = await shop.project.up();
    const migrate = await shop.project.resource("migrate");

    assert.equal(up.code, 0, up.stdout);
    assert.match(up.stdout, /will run a new task: taskDefinition app:1 -> app:2 \(.*\), overrides/);
    assert.deepStrictEqual([migrate?.outputs?.phase, migrate?.outputs?.generation], ["SETTLED", 4]);
    assert.equal(migrate?.initErrors, undefined);
  });

  it("refuses a wrong input before anything runs, with the property and what is allowed", async () => {
    const before = shop.lab.local.tasks.all().length;
    await shop.project.setConfig("options", '{"count":11,"launchType":"fargate"}');

    const up = await shop.project.up();

    assert.notEqual(up.code, 0);
    assert.match(
      up.stdout,
      /resource 'migrate' has a problem: count is 11; must be a whole number of tasks from 1 to 10\n/,
    );
    assert.match(up.stdout, /resource 'migrate' has a problem: launchType is "fargate"; must be "FARGATE"\n/);
    assert.equal(shop.lab.local.tasks.all().length, before);
  });

  it("goes with the stack, and leaves no process", async () => {
    const destroy = await shop.project.destroy("--skip-preview");
    const { resources } = await shop.project.stackExport();

    assert.equal(destroy.code, 0, destroy.stdout);
    assert.deepStrictEqual(resources, []);
    assert.deepStrictEqual(await shop.project.processes(), []);
  });
});
