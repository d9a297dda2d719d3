import assert from "node:assert/strict";
import type { FaultPlan } from "local-ecs";
import { hasStopped } from "../support/lab";
import { openShop, type Shop } from "../support/shop";
import { requirePulumi } from "../support/pulumi-required";

const OPERATIONS = [
  "RunTask",
  "ListTasks",
  "DescribeTasks",
  "StopTask",
  "DescribeTaskDefinition",
  "DescribeClusters",
  "GetLogEvents",
];

/** No call is answered: the connections stay open. */
const SILENCE: FaultPlan = Object.fromEntries(
  OPERATIONS.map((operation) => [operation, [{ hang: "before", times: "always" }]]),
);

describe("an ECS that answers nothing", function () {
  this.timeout(600_000);
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({ command: '["exit","0"]' });
  });
  after(() => shop.close());

  /** Runs a command in the silence. */
  async function inSilence(command: () => Promise<{ code: number | null; stdout: string }>) {
    shop.lab.local.faults.add(SILENCE);
    const startMs = performance.now();
    const { code, stdout } = await command();
    shop.lab.local.faults.clear();
    return { code, stdout, seconds: (performance.now() - startMs) / 1000 };
  }

  it("holds up no preview: it says what it knows within ten seconds and the CLI's own five", async () => {
    const { code, stdout, seconds } = await inSilence(() => shop.project.preview());

    assert.equal(code, 0, stdout);
    assert.match(stdout, /migrate .*will run a task/);
    assert.ok(seconds < 15, `${seconds} s`);
  });

  it("fails a first up within three minutes, which says that nothing was started", async () => {
    const { code, stdout, seconds } = await inSilence(() => shop.project.up("--skip-preview"));

    assert.notEqual(code, 0);
    assert.match(stdout, /ListTasks failed: .*No task was started\./);
    assert.ok(seconds < 180, `${seconds} s`);
    assert.equal(shop.migrations().length, 0);
    assert.equal(await shop.project.resource("migrate"), undefined);
  });

  it("fails an up that goes on with a recorded task, and a destroy, which stay in state and then succeed", async () => {
    await shop.project.setConfig("command", '["run"]');
    await shop.project.setConfig("options", '{"timeoutSeconds":5}');
    const leftRunning = await shop.project.up("--skip-preview");
    await shop.project.setConfig("options", '{"timeoutSeconds":600}');
    const up = await inSilence(() => shop.project.up("--skip-preview"));
    const destroy = await inSilence(() => shop.project.destroy("--skip-preview"));
    const kept = await shop.project.resource("migrate");
    const again = await shop.project.destroy("--skip-preview");

    assert.match(leftRunning.stdout, /Gave up waiting for task/);
    assert.notEqual(up.code, 0);
    assert.match(up.stdout, /Cannot see what became of task [0-9a-f]{32}: DescribeTasks /);
    assert.ok(up.seconds < 180, `${up.seconds} s`);
    assert.notEqual(destroy.code, 0);
    assert.match(destroy.stdout, /StopTask failed: .*The task may still run, and the resource stays/);
    assert.ok(destroy.seconds < 300, `${destroy.seconds} s`);
    assert.equal(kept?.outputs?.phase, "RUNNING");
    assert.equal(again.code, 0, again.stdout);
    assert.ok(shop.migrations().every(hasStopped));
  });
});

describe("a launch that ECS never answers", function () {
  this.timeout(300_000);
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({ command: '["run"]' });
  });
  after(() => shop.close());

  it("is recorded as UNKNOWN, and its task is waited for before another family runs", async () => {
    shop.lab.local.faults.add({ RunTask: [{ hang: "after", times: "always" }] });
    const unknown = await shop.project.up("--skip-preview");
    shop.lab.local.faults.clear();
    const recorded = await shop.project.resource("migrate");
    const other = await shop.lab.define([{ name: "app", image: "shop/migrate:1" }], "another");
    await shop.project.setConfig("taskDefinition", other);
    await shop.project.setConfig("command", '["exit","0"]');
    await shop.project.setConfig("options", '{"timeoutSeconds":3}');

    const inTheWay = await shop.project.up("--skip-preview");
    const alive = shop.migrations().filter((task) => !hasStopped(task));

    assert.match(unknown.stdout, /\* ECS did not answer whether it started the task: RunTask /);
    assert.equal(recorded?.outputs?.phase, "UNKNOWN");
    assert.equal(alive.length, 1);
    assert.match(
      inTheWay.stdout,
      /No new task was started, because task [0-9a-f]{32} of an earlier run is still RUNNING/,
    );
    assert.equal(shop.migrations().length, 1);
  });
});

describe("a task that was told to stop and is not seen to", function () {
  this.timeout(300_000);
  let shop: Shop;

  before(requirePulumi);
  before(async () => {
    shop = await openShop({ command: '["run"]', options: '{"timeoutSeconds":3,"onTimeout":"STOP"}' });
  });
  after(() => shop.close());

  it("fails the up, and nothing that depends on it is made", async () => {
    const notFound = { error: "InvalidParameterException", message: "The referenced task was not found." };
    const missing = { body: '{"tasks":[],"failures":[]}', times: "always" } as const;
    shop.lab.local.faults.add({ StopTask: [{ ...notFound, times: "always" }] });
    const running = shop.project.startUp("--skip-preview");
    await running.saw(/RUNNING/);
    shop.lab.local.faults.add({ DescribeTasks: [missing] });

    const { code, stdout } = await running.result;
    const after = await shop.project.resource("after");
    const recorded = await shop.project.resource("migrate");

    assert.notEqual(code, 0);
    assert.equal(recorded?.outputs?.phase, "UNKNOWN", stdout);
    assert.equal(after, undefined);
    assert.match(stdout, /Task|task [0-9a-f]{32}/);
  });
});
