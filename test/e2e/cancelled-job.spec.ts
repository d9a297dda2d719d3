import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { isRunning } from "../support/lab";
import { eventually } from "../support/eventually";
import { requirePulumi } from "../support/pulumi-required";
import { openShop, type Shop } from "../support/shop";

const WORKFLOW = join(__dirname, "../../examples/github-actions/.github/workflows/deploy.yml");

interface Workflow {
  readonly jobs: {
    readonly up: { readonly steps: readonly { readonly name?: string; readonly run?: string }[] };
  };
}

/** The step of the example that runs `pulumi up`, as it stands there. */
function stepOfUp(): string {
  const { steps } = (parse(readFileSync(WORKFLOW, "utf8")) as Workflow).jobs.up;
  const step = steps.find(({ name }) => name === "Up");
  assert.ok(step?.run);
  return step.run;
}

describe("the job of the example github-actions that is cancelled while a migration runs", function () {
  this.timeout(300_000);
  const script = stepOfUp();
  let shop: Shop;

  before(requirePulumi);
  beforeEach(async () => {
    shop = await openShop({});
    await shop.project.setConfig("command", JSON.stringify(["wait", join(shop.lab.layout, "go")]));
  });
  afterEach(() => shop.close());

  const startJob = () => shop.project.startStep(script, { DIGEST: shop.digest });
  async function jobThatRuns() {
    const job = await startJob();
    await eventually(() => shop.migrations().some(isRunning));
    return job;
  }
  const endMigration = () => writeFile(join(shop.lab.layout, "go"), "");

  it("records it when it ends between SIGINT and SIGTERM", async () => {
    const job = await jobThatRuns();

    job.kill("SIGINT");
    await job.saw(/cancelling/);
    await endMigration();
    const { code } = await job.result;

    assert.notEqual(code, 0);
    assert.equal((await shop.project.resource("migrate"))?.outputs?.phase, "SETTLED");
  });

  it("leaves it running at SIGTERM, and the next job goes on with it", async () => {
    const job = await jobThatRuns();

    job.kill("SIGINT");
    await job.saw(/cancelling/);
    job.kill("SIGTERM");
    const { code } = await job.result;
    const [left] = shop.migrations();
    const next = await startJob();
    await next.saw(/found task [0-9a-f]{32} of this very run/);
    await endMigration();
    const result = await next.result;

    assert.notEqual(code, 0);
    assert.equal(left?.desiredStatus, "RUNNING");
    assert.equal(result.code, 0, result.stdout + result.stderr);
    assert.equal(shop.migrations().length, 1);
  });

  it("leaves it running when the runner is lost, and the next job goes on with it once the lock is taken away", async () => {
    const job = await jobThatRuns();

    job.kill("SIGKILL");
    await job.result;
    const locked = await (await startJob()).result;
    await shop.project.cancel();
    const next = await startJob();
    await next.saw(/found task [0-9a-f]{32} of this very run/);
    await endMigration();
    const result = await next.result;

    assert.match(locked.stdout + locked.stderr, /the stack is currently locked by/);
    assert.equal(result.code, 0, result.stdout + result.stderr);
    assert.equal(shop.migrations().length, 1);
  });
});
