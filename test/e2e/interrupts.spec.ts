import assert from "node:assert/strict";
import { mkdir, readdir, readlink, rename, rm, symlink, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRunning } from "../local/support/lab";
import { eventually } from "../support/eventually";
import { openShop, type Shop } from "../support/shop";
import { requirePulumi } from "../support/pulumi-required";

const CANCELLING = /\^C received; cancelling/;

describe("an up that is interrupted", function () {
  this.timeout(300_000);
  let shop: Shop;
  let release = 0;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({ command: '["exit","0"]' });
    const up = await shop.project.up("--skip-preview");
    assert.equal(up.code, 0, up.stdout);
  });
  after(() => shop.close());

  /** The tasks of the migration, all that ECS knows, oldest first. */
  const migrations = () =>
    shop.lab.local.tasks
      .all()
      .filter((task) => task.overrides?.containerOverrides?.some(({ command }) => command))
      .sort((a, b) => Number(a.createdAt) - Number(b.createdAt));

  const ask = (command: readonly string[]) => shop.project.setConfig("command", JSON.stringify(command));

  /** Starts an up whose migration runs until `letGo`, and waits until it runs. */
  async function upThatRuns() {
    release += 1;
    const go = join(shop.lab.layout, `go${release}`);
    await ask(["wait", go]);
    const before = migrations().length;
    const run = shop.project.startUp("--skip-preview");
    await eventually(() => {
      const newest = migrations()[before];
      return newest !== undefined && isRunning(newest);
    });
    return { run, before, letGo: () => writeFile(go, "") };
  }

  it("once by Ctrl-C waits for its task and records it", async () => {
    const { run, before, letGo } = await upThatRuns();

    run.kill("SIGINT");
    await run.saw(CANCELLING);
    await letGo();
    const interrupted = await run.result;
    const recorded = await shop.project.resource("migrate");
    const again = await shop.project.up("--skip-preview");

    assert.notEqual(interrupted.code, 0);
    assert.deepStrictEqual(
      [recorded?.outputs?.phase, recorded?.outputs?.taskArn],
      ["SETTLED", migrations()[before]?.taskArn],
    );
    assert.equal(again.code, 0, again.stdout);
    assert.equal(migrations().length, before + 1);
  });

  it("twice by Ctrl-C leaves its task running, and the next up adopts it", async () => {
    const { run, before, letGo } = await upThatRuns();

    run.kill("SIGINT");
    await run.saw(CANCELLING);
    run.kill("SIGINT");
    const interrupted = await run.result;
    const left = migrations()[before];
    const again = shop.project.startUp("--skip-preview");
    await again.saw(/found task [0-9a-f]{32} of this very run/);
    await letGo();
    const { code, stdout } = await again.result;

    assert.notEqual(interrupted.code, 0);
    assert.equal(left?.desiredStatus, "RUNNING");
    assert.equal(code, 0, stdout);
    assert.equal(migrations().length, before + 1);
  });

  it("by a state that cannot be written takes its task's result at the next up", async () => {
    const { run, before, letGo } = await upThatRuns();
    const stacks = join(shop.project.folder, "backend", ".pulumi", "stacks");
    await rename(stacks, `${stacks}.aside`);
    await writeFile(stacks, "not a folder");

    await letGo();
    const failed = await run.result;
    await rm(stacks);
    await rename(`${stacks}.aside`, stacks);
    await shop.project.cancel();
    const again = await shop.project.up("--skip-preview");

    assert.notEqual(failed.code, 0);
    assert.equal(again.code, 0, again.stdout);
    assert.equal((await shop.project.outputs()).taskArn, migrations()[before]?.taskArn);
    assert.equal(migrations().length, before + 1);
  });

  it("by a failure runs again with up --refresh, too", async () => {
    await ask(["exit", "3"]);
    const failed = await shop.project.up("--skip-preview");
    const before = migrations().length;

    const again = await shop.project.up("--skip-preview", "--refresh");

    assert.deepStrictEqual([failed.code !== 0, again.code !== 0], [true, true]);
    assert.equal(migrations().length, before + 1);
    assert.equal((await shop.project.resource("migrate"))?.outputs?.phase, "FAILED");
  });

  it("no more, but told to replace a task that still runs, stops it first and never adopts it", async () => {
    await ask(["run"]);
    await shop.project.setConfig("options", '{"waitFor":"RUNNING"}');
    const first = await shop.project.up("--skip-preview");
    const { urn = "" } = (await shop.project.resource("migrate")) ?? {};
    const before = migrations().length;

    const replaced = await shop.project.up("--skip-preview", "--replace", urn);
    const [old, recent] = migrations().slice(before - 1);

    assert.deepStrictEqual([first.code, replaced.code], [0, 0], replaced.stdout);
    assert.equal(migrations().length, before + 1);
    assert.ok(old?.stoppedAt && recent?.createdAt && old.stoppedAt <= recent.createdAt);
    assert.equal((await shop.project.outputs()).taskArn, recent.taskArn);
  });

  it("no more, but whose package was removed, cannot destroy, says what is missing, and can once it is back", async () => {
    const modules = join(shop.project.folder, "node_modules");
    const installed = await readlink(modules);
    await unlink(modules);
    await mkdir(modules);
    const others = (await readdir(installed)).filter((name) => name !== "pulumi-ecs-task");
    await Promise.all(others.map((name) => symlink(join(installed, name), join(modules, name))));

    const failed = await shop.project.destroy("--skip-preview");
    await rm(modules, { recursive: true });
    await symlink(installed, modules, "junction");
    const destroyed = await shop.project.destroy("--skip-preview");

    assert.notEqual(failed.code, 0);
    assert.match(failed.stdout + failed.stderr, /Cannot find module 'pulumi-ecs-task\/provider'/);
    assert.equal(destroyed.code, 0, destroyed.stdout);
    assert.ok(migrations().every(({ lastStatus }) => lastStatus === "STOPPED"));
  });
});
