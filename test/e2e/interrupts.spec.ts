import assert from "node:assert/strict";
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRunning } from "../support/lab";
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

  const ask = (command: readonly string[]) => shop.project.setConfig("command", JSON.stringify(command));

  /** Starts an up whose migration runs until `letGo`, and waits until it runs. */
  async function upThatRuns() {
    release += 1;
    const go = join(shop.lab.layout, `go${release}`);
    await ask(["wait", go]);
    const before = shop.migrations().length;
    const run = shop.project.startUp("--skip-preview");
    await eventually(() => {
      const newest = shop.migrations()[before];
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
      ["SETTLED", shop.migrations()[before]?.taskArn],
    );
    assert.equal(again.code, 0, again.stdout);
    assert.equal(shop.migrations().length, before + 1);
  });

  it("twice by Ctrl-C leaves its task running, and the next up adopts it", async () => {
    const { run, before, letGo } = await upThatRuns();

    run.kill("SIGINT");
    await run.saw(CANCELLING);
    run.kill("SIGINT");
    const interrupted = await run.result;
    const left = shop.migrations()[before];
    const again = shop.project.startUp("--skip-preview");
    await again.saw(/found task [0-9a-f]{32} of this very run/);
    await letGo();
    const { code, stdout } = await again.result;

    assert.notEqual(interrupted.code, 0);
    assert.equal(left?.desiredStatus, "RUNNING");
    assert.equal(code, 0, stdout);
    assert.equal(shop.migrations().length, before + 1);
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
    assert.equal((await shop.project.outputs()).taskArn, shop.migrations()[before]?.taskArn);
    assert.equal(shop.migrations().length, before + 1);
  });

  it("by a failure runs again with up --refresh, too", async () => {
    await ask(["exit", "3"]);
    const failed = await shop.project.up("--skip-preview");
    const before = shop.migrations().length;

    const again = await shop.project.up("--skip-preview", "--refresh");

    assert.deepStrictEqual([failed.code !== 0, again.code !== 0], [true, true]);
    assert.equal(shop.migrations().length, before + 1);
    assert.equal((await shop.project.resource("migrate"))?.outputs?.phase, "FAILED");
  });
});
