import assert from "node:assert/strict";
import { startLab, type Lab } from "../support/lab";
import { requirePulumi } from "../support/pulumi-required";
import { openShop, type Shop } from "../support/shop";

const PROGRAM = `
  const pulumi = require("@pulumi/pulumi");
  const { EcsTask } = require("pulumi-ecs-task");
  const config = new pulumi.Config();
  const overrides = { containerOverrides: [{ name: "app", command: ["run"] }] };
  new EcsTask(
    "migrate",
    { taskDefinition: config.require("taskDefinition"), overrides },
    { customTimeouts: { create: "2s" } },
  );
`;

const SECRET_KEY = "not-to-be-seen-in-any-state";

/** A second ECS stands for what the stack's configuration names after a change: there the task does not exist. */
describe("the stack's configuration of AWS", function () {
  this.timeout(300_000);
  let shop: Shop;
  let elsewhere: Lab;

  before(requirePulumi);
  before(async () => {
    const keys = { "aws:accessKey": "AKIATEST", "aws:secretKey": SECRET_KEY };
    shop = await openShop({}, keys, PROGRAM);
    elsewhere = await startLab();
  });
  after(async () => {
    await shop.close();
    await elsewhere.close();
  });

  const endpointsOf = ({ local }: Lab) => JSON.stringify([{ ecs: local.url, logs: local.url }]);

  /** Which ECS a command asks. */
  async function asked(command: () => Promise<{ readonly code: number | null }>) {
    const before = [shop.lab, elsewhere].map(({ lines }) => lines.length);
    const { code } = await command();
    const [first, second] = [shop.lab, elsewhere].map(({ lines }, at) => lines.length > (before[at] ?? 0));
    return { code, first, second };
  }

  it("is used by up, which waits as long as customTimeouts say", async () => {
    const { code, stdout } = await shop.project.up("--skip-preview");
    const migrate = await shop.project.resource("migrate");

    assert.notEqual(code, 0);
    assert.match(
      stdout,
      /\* Gave up waiting for task [0-9a-f]{32} after 2 s: last status RUNNING \("app" is RUNNING\)\./,
    );
    assert.deepStrictEqual([migrate?.outputs?.phase, migrate?.inputs?.timeoutSeconds], ["RUNNING", 2]);
  });

  it("is kept by Pulumi in its provider's part of the state, and of its keys nothing in plain text", async () => {
    const { resources } = await shop.project.stackExport();

    const kept = resources.find(({ type }) => type === "pulumi:providers:pulumi-nodejs")?.inputs ?? {};
    const others = resources.filter(({ type }) => !type.startsWith("pulumi:providers:"));
    assert.ok("aws:region" in kept && "aws:secretKey" in kept);
    assert.ok(!JSON.stringify(resources).includes(SECRET_KEY));
    assert.ok(!/aws:(accessKey|secretKey|region)/.test(JSON.stringify(others)));
  });

  it("is used by refresh as it was at the last up, unless the program is run", async () => {
    await shop.project.setConfig("aws:endpoints", endpointsOf(elsewhere));

    const refresh = await asked(() => shop.project.refresh("--skip-preview"));
    const withProgram = await asked(() => shop.project.refresh("--skip-preview", "--run-program"));

    assert.deepStrictEqual(refresh, { code: 0, first: true, second: false });
    assert.deepStrictEqual(withProgram, { code: 0, first: false, second: true });
  });

  it("is used by destroy in the same way, and the task is stopped where it runs", async () => {
    await shop.project.setConfig("aws:endpoints", endpointsOf(shop.lab));

    const destroy = await asked(() => shop.project.destroy("--skip-preview", "--run-program"));

    assert.deepStrictEqual(destroy, { code: 0, first: true, second: false });
    assert.ok(shop.lab.local.tasks.all().every(({ lastStatus }) => lastStatus === "STOPPED"));
  });
});
