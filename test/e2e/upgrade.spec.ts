import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { requirePulumi } from "../support/pulumi-required";
import type { PulumiResult } from "../support/pulumi-run";
import type { Shop } from "../support/shop";
import { openStoredRuns, SECRET } from "../support/stored-runs";
import { version } from "../../package.json";

const folder = join(__dirname, "../fixtures/state");
const releases = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));

/** Of each resource, what a preview is going to do with it: `same`, `update`, … */
function plan(preview: PulumiResult): Record<string, string> {
  const { steps } = JSON.parse(preview.stdout) as { steps: { op: string; urn: string }[] };
  const tasks = steps.filter(({ urn }) => urn.includes("ecs:Task"));
  return Object.fromEntries(tasks.map(({ op, urn }) => [urn.slice(urn.lastIndexOf("::") + 2), op]));
}

/** A run that has settled is left alone; of the others, what is not settled yet is made good. */
const PLAN = {
  succeeded: "same",
  secret: "same",
  several: "same",
  started: "same",
  failed: "update",
  "left-running": "update",
  unknown: "update",
};

it("the state that this version writes is kept", () => {
  assert.ok(releases.includes(version), `npm run record-state keeps that of ${version}`);
});

for (const release of releases) {
  describe(`the state that ${release} wrote`, function () {
    this.timeout(300_000);
    let shop: Shop;
    let started: number;

    before(requirePulumi);
    before(async () => {
      shop = await openStoredRuns();
      // The engine keeps the stack's configuration in the state, and refreshes and destroys by that.
      const stored = readFileSync(join(folder, `${release}.json`), "utf8");
      const state = stored.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, shop.lab.local.url);
      const file = join(shop.project.folder, "state.json");
      await writeFile(file, state);
      const { code, stderr } = await shop.project.start("stack", "import", "--stack", "test", "--file", file)
        .result;
      assert.equal(code, 0, stderr);
      started = shop.lab.local.tasks.all().length;
    });
    after(() => shop.close());

    it("is read and compared: what had settled shows no change, and the rest says why it goes on", async () => {
      const preview = await shop.project.preview("--json", "--show-sames");
      const { stdout } = await shop.project.preview();

      assert.deepStrictEqual(plan(preview), PLAN);
      assert.match(
        stdout,
        /failed .*will run again: the last run failed \(container "app" exited with code 3\)/,
      );
      assert.match(stdout, /left-running .*will go on waiting for task [0-9a-f]{32}: .* 2 s/);
      assert.match(stdout, /unknown .*will look for the last run's task: /);
    });

    it("is refreshed: nothing is lost that ECS has forgotten, and nothing comes to run", async () => {
      const before = await shop.project.resource("succeeded");

      const refresh = await shop.project.refresh("--skip-preview");
      const preview = await shop.project.preview("--json", "--show-sames");
      const after = await shop.project.resource("succeeded");

      assert.equal(refresh.code, 0, refresh.stdout);
      assert.deepStrictEqual(plan(preview), PLAN);
      assert.deepStrictEqual(after?.outputs, before?.outputs);
      assert.equal(shop.lab.local.tasks.all().length, started);
    });

    it("is updated: only a changed input makes a settled run run again, in its next generation", async () => {
      const { urn } = (await shop.project.resource("succeeded"))!;
      const unchanged = await shop.project.up("--skip-preview", "--target", urn);
      const afterUnchanged = shop.lab.local.tasks.all().length;
      await shop.project.setConfig("trigger", "2");
      const changed = await shop.project.up("--skip-preview", "--target", urn);
      const { outputs } = (await shop.project.resource("succeeded"))!;

      assert.deepStrictEqual([unchanged.code, afterUnchanged], [0, started], unchanged.stdout);
      assert.equal(changed.code, 0, changed.stdout);
      assert.deepStrictEqual([outputs?.phase, outputs?.generation], ["SETTLED", 2]);
      assert.equal(shop.lab.local.tasks.all().length, started + 1);
    });

    it("keeps its secrets encrypted, and they can be read", async () => {
      const show = (...words: string[]) =>
        shop.project.start("stack", "export", "--stack", "test", ...words).result;

      assert.ok(!(await show()).stdout.includes(SECRET));
      assert.ok((await show("--show-secrets")).stdout.includes(SECRET));
    });

    it("is destroyed, whether ECS knows the tasks or not", async () => {
      const destroy = await shop.project.destroy("--skip-preview");

      assert.equal(destroy.code, 0, destroy.stdout);
      assert.deepStrictEqual((await shop.project.stackExport()).resources, []);
    });
  });
}
