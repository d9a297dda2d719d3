import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openShop, type Shop } from "../support/shop";
import { requirePulumi } from "../support/pulumi-required";

const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const config = new pulumi.Config();
  let attempts = 0;
  const again = new pulumi.ErrorHook("again", () => ++attempts <= 2);
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

/** What a program is told whose language host passes on none: that which is built from Go modules is of 3.65. */
const NO_HOOKS = "unknown method RegisterErrorHook";

/** Engines before 3.274 answer a hook by another create, those from there on by an update. */
describe("a migration with an error hook that lets it run twice more", function () {
  this.timeout(300_000);
  let folder: string;
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "error-hook-"));
    shop = await openShop(
      { command: JSON.stringify(["succeed-after", "2", join(folder, "first")]) },
      {},
      PROGRAM,
    );
  });
  after(async () => {
    await shop.close();
    await rm(folder, { recursive: true });
  });

  const exitCodes = () =>
    shop.migrations().map(({ containers = [] }) => containers.map(({ exitCode }) => exitCode).join());

  it("runs until it succeeds, in one up", async function () {
    const up = await shop.project.up("--skip-preview");
    if (up.stdout.includes(NO_HOOKS)) {
      console.log(
        "Skipped: the CLI was built from Go modules, of which the language host is too old for error hooks",
      );
      this.skip();
    }

    assert.equal(up.code, 0, up.stdout + up.stderr);
    assert.deepStrictEqual(exitCodes(), ["1", "1", "0"]);
    assert.equal((await shop.project.outputs()).outcome, "SUCCEEDED");
    assert.equal((await shop.project.resource("migrate"))?.initErrors, undefined);
  });

  it("does not run again when nothing changed", async function () {
    if (shop.migrations().length === 0) this.skip();
    const up = await shop.project.up("--skip-preview");

    assert.equal(up.code, 0, up.stdout + up.stderr);
    assert.equal(shop.migrations().length, 3);
  });

  it("runs again in an update, and fails with the reason once the hook has had enough", async function () {
    if (shop.migrations().length === 0) this.skip();
    await shop.project.setConfig("command", JSON.stringify(["exit", "7"]));

    const up = await shop.project.up("--skip-preview");

    assert.notEqual(up.code, 0);
    assert.match(up.stdout, /container "app" exited with code 7/);
    assert.deepStrictEqual(exitCodes().slice(3), ["7", "7", "7"]);
    assert.equal((await shop.project.resource("migrate"))?.outputs?.phase, "FAILED");
  });
});
