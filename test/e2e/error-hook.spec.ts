import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isEngineAtLeast, requirePulumi } from "../support/pulumi-required";
import { openShop, type Shop } from "../support/shop";

/** The hook of docs/recipes.md, with one try more and a file for what it was told last. */
const PROGRAM = `
  const { writeFileSync } = require("node:fs");
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const config = new pulumi.Config();
  let attempts = 0;
  const again = new pulumi.ErrorHook("again", ({ failedOperation, errors }) => {
    writeFileSync(config.require("told"), JSON.stringify({ failedOperation, errors }));
    return errors[0].includes("(CONTAINER_FAILED)") && ++attempts <= 2;
  });
  const migrate = new EcsTask(
    "migrate",
    {
      taskDefinition: config.require("taskDefinition"),
      overrides: { containerOverrides: [{ name: "app", command: config.requireObject("command") }] },
    },
    { hooks: { onError: [again] } },
  );
  exports.outcome = migrate.outcome;
  exports.generation = migrate.generation;
`;

/** What a program is told by a language host that was built before it passed on what it does not know. */
const NO_HOOKS = "unknown method RegisterErrorHook";

/**
 * Engines before 3.274 answer a hook's request by another create, those from there on by an update with the record of the
 * failed create. A failed update is repeated by all of them with the record from before the first try.
 */
describe("a migration with an error hook that lets it run twice more", function () {
  this.timeout(300_000);
  let folder: string;
  let shop: Shop;
  let runsBefore: number;

  before(requirePulumi);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "error-hook-"));
    const told = join(folder, "told.json");
    shop = await openShop(
      { told, command: command("succeed-after", "2", join(folder, "first")) },
      {},
      PROGRAM,
    );
  });
  beforeEach(() => {
    runsBefore = shop.migrations().length;
  });
  after(async () => {
    await shop.close();
    await rm(folder, { recursive: true });
  });

  const command = (...words: string[]) => JSON.stringify(words);

  /** The exit codes of the tasks of this test. */
  const exitCodes = () =>
    shop
      .migrations()
      .slice(runsBefore)
      .map(({ containers = [] }) => containers.map(({ exitCode }) => exitCode).join());

  const told = async () =>
    JSON.parse(await readFile(join(folder, "told.json"), "utf8")) as {
      failedOperation: string;
      errors: string[];
    };

  it("runs until it succeeds, in one up", async function () {
    const up = await shop.project.up("--skip-preview");
    if (up.stdout.includes(NO_HOOKS)) {
      const { ensurePulumi } = await import("../../scripts/tools/pulumi-cli.mts");
      const { bin } = await ensurePulumi({ log: console.log });
      console.log(`Skipped: no error hooks with this language host. Remove ${bin}, and it is built anew.`);
      this.skip();
    }

    assert.equal(up.code, 0, up.stdout + up.stderr);
    assert.deepStrictEqual(exitCodes(), ["1", "1", "0"]);
    assert.match(up.stdout, /warning: retrying create due to on-error hook request \(2\/100\)/);
    assert.equal((await shop.project.outputs()).outcome, "SUCCEEDED");
    const { failedOperation, errors } = await told();
    assert.deepStrictEqual([failedOperation, errors.length], ["create", 2]);
    assert.match(errors[0] ?? "", /container "app" exited with code 1/);
  });

  it("does not run again when nothing changed, whatever the engine has kept of the failed tries", async function () {
    if (shop.migrations().length === 0) this.skip();
    const { initErrors } = (await shop.project.resource("migrate")) ?? {};

    const up = await shop.project.up("--skip-preview");

    assert.equal(initErrors === undefined, await isEngineAtLeast("3.274.0"));
    assert.equal(up.code, 0, up.stdout + up.stderr);
    assert.deepStrictEqual(exitCodes(), []);
    assert.equal((await shop.project.resource("migrate"))?.initErrors, undefined);
  });

  it("runs until it succeeds in an update too, and not again after it", async function () {
    if (shop.migrations().length === 0) this.skip();
    await shop.project.setConfig("command", command("succeed-after", "2", join(folder, "second")));

    const up = await shop.project.up("--skip-preview");
    const again = await shop.project.up("--skip-preview");

    assert.deepStrictEqual([up.code, again.code], [0, 0], up.stdout + again.stdout);
    assert.deepStrictEqual(exitCodes(), ["1", "1", "0"]);
    assert.doesNotMatch(up.stdout, /started by an earlier/);
    assert.equal((await shop.project.outputs()).outcome, "SUCCEEDED");
  });

  it("fails with the reason of its last run once the hook has had enough, and runs again at the next up", async function () {
    if (shop.migrations().length === 0) this.skip();
    await shop.project.setConfig("command", command("exit", "7"));

    const failed = await shop.project.up("--skip-preview");
    const preview = await shop.project.preview();
    await shop.project.setConfig("command", command("exit", "0"));
    const up = await shop.project.up("--skip-preview");

    assert.notEqual(failed.code, 0);
    assert.match(failed.stdout, /container "app" exited with code 7/);
    assert.match(preview.stdout, /migrate: will run again: the last run failed/);
    assert.equal(up.code, 0, up.stdout);
    assert.deepStrictEqual(exitCodes(), ["7", "7", "7", "0"]);
  });
});
