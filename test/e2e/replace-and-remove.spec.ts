import assert from "node:assert/strict";
import { mkdir, readdir, readlink, rm, symlink, unlink } from "node:fs/promises";
import { join } from "node:path";
import { requirePulumi } from "../support/pulumi-required";
import { openShop, type Shop } from "../support/shop";

describe("a migration that only has to run", function () {
  this.timeout(300_000);
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({ command: '["run"]', options: '{"waitFor":"RUNNING"}' });
  });
  after(() => shop.close());

  it("is stopped first when it is replaced while it runs, and never adopted", async () => {
    const first = await shop.project.up("--skip-preview");
    const { urn = "" } = (await shop.project.resource("migrate")) ?? {};
    const before = shop.migrations().length;

    const replaced = await shop.project.up("--skip-preview", "--replace", urn);
    const [old, recent] = shop.migrations().slice(before - 1);

    assert.deepStrictEqual([first.code, replaced.code], [0, 0], replaced.stdout);
    assert.equal(shop.migrations().length, before + 1);
    assert.ok(old?.stoppedAt && recent?.createdAt && old.stoppedAt <= recent.createdAt);
    assert.equal((await shop.project.outputs()).taskArn, recent.taskArn);
  });

  it("cannot be destroyed when the package was removed, which is named, and can once it is back", async () => {
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
    assert.ok(shop.migrations().every(({ lastStatus }) => lastStatus === "STOPPED"));
  });
});
