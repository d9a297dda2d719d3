import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasStopped, isRunning } from "../support/lab";
import type { FaultPlan } from "local-ecs";
import { eventually } from "../support/eventually";
import { openShop, type Shop } from "../support/shop";
import { requirePulumi } from "../support/pulumi-required";

/**
 * The moments of `docs/reliability.md`: where an `up` is when it is killed. Each is held by a delayed answer of
 * the local ECS, so that the kill hits it and nothing else.
 */
interface Moment {
  readonly name: string;
  /** Holds the provider at this moment. */
  readonly faults: FaultPlan;
  /** How the migration goes: to its end at once, until it is told to end, or to an end that the provider sees. */
  readonly task: "ends" | "runs" | "is seen to end";
  /** How many tasks the killed `up` has launched. */
  readonly launched: 0 | 1;
}

const HELD = { delayMs: 600_000 } as const;

const MOMENTS: readonly Moment[] = [
  { name: "while it looks for tasks", faults: { ListTasks: [HELD, HELD] }, task: "ends", launched: 0 },
  {
    name: "before RunTask has acted",
    faults: { RunTask: [{ ...HELD, error: "ServerException" }] },
    task: "ends",
    launched: 0,
  },
  { name: "after RunTask was accepted", faults: { RunTask: [HELD] }, task: "runs", launched: 1 },
  { name: "while it waits for the task", faults: {}, task: "runs", launched: 1 },
  {
    name: "when it has seen the task's end",
    // Of the two that ask, the second one judges the run.
    faults: { DescribeTaskDefinition: [HELD, HELD] },
    task: "is seen to end",
    launched: 1,
  },
];

/** Under CI all are killed; elsewhere two, because each takes half a minute. */
function isSkipped(kind: "first run" | "re-run", moment: Moment, victim: "provider" | "CLI"): boolean {
  if (process.env.CI !== undefined) return false;
  const isSample = kind === "first run" ? "after RunTask was accepted" : "when it has seen the task's end";
  return moment.name !== isSample || victim !== (kind === "first run" ? "CLI" : "provider");
}

describe("an up that is killed", function () {
  this.timeout(120_000);
  let shop: Shop;
  let go: string;
  let release = 0;

  before(requirePulumi);
  before(async () => {
    if (process.env.CI === undefined)
      console.log("      (2 of 20 cases; with CI=true all of them, ten minutes)");
    shop = await openShop({ command: '["exit","0"]' });
    go = join(shop.lab.layout, "go");
  });
  after(() => shop.close());

  /** Asks for another run: one that ends by itself, or else one that runs until `letGo`. */
  async function ask(task: Moment["task"]): Promise<void> {
    release += 1;
    const command = task === "ends" ? ["exit", "0"] : ["wait", `${go}${release}`];
    await shop.project.setConfig("command", JSON.stringify(command));
    await shop.project.setConfig("mode", `release ${release}`);
  }

  const letGo = () => writeFile(`${go}${release}`, "");

  /** Starts an `up` and lets it come to a moment. */
  async function upTo({ faults, task, launched }: Moment) {
    const before = shop.migrations().length;
    await ask(task);
    shop.lab.local.faults.add(faults);
    const run = shop.project.startUp("--skip-preview");
    const isHeld = () => Object.keys(shop.lab.local.faults.pending()).length === 0;
    await eventually(() => isHeld() && shop.migrations().length === before + launched);
    const [newest] = shop.migrations().slice(before);
    if (newest) await shop.lab.until(newest.taskArn ?? "", task === "ends" ? hasStopped : isRunning);
    if (task === "is seen to end") await showTheEnd();
    return { run, before };
  }

  /** Lets the newest task end, and waits until the provider has got an answer that shows it. */
  async function showTheEnd(): Promise<void> {
    const { faults } = shop.lab.local;
    const looks = () => shop.lab.lines.filter((line) => line.startsWith("DescribeTasks 200")).length;
    // No look is answered before the end, so the next one that is shows it.
    faults.add({ DescribeTasks: [{ error: "ThrottlingException", times: "always" }] });
    await letGo();
    await eventually(() => shop.migrations().every(hasStopped));
    const before = looks();
    // The SDK asks again what is held for long.
    faults.clear();
    faults.add({ DescribeTaskDefinition: [{ ...HELD, times: "always" }] });
    await eventually(() => looks() > before);
  }

  async function killProvider(): Promise<void> {
    const processes = await shop.project.processes();
    const provider = processes.find(({ command }) => command.includes("dynamic-provider"));
    assert.ok(provider, "there is no provider process");
    process.kill(provider.pid, "SIGKILL");
  }

  for (const kind of ["first run", "re-run"] as const) {
    describe(`in its ${kind}`, () => {
      for (const moment of MOMENTS) {
        for (const victim of ["provider", "CLI"] as const) {
          it(`${moment.name}, with its ${victim}: the next up runs what has not run, and nothing twice`, async function () {
            if (isSkipped(kind, moment, victim)) this.skip();
            const { code, stdout } = await (kind === "first run" ? nothing() : settle());
            assert.equal(code, 0, stdout);
            const { run, before } = await upTo(moment);

            if (victim === "provider") await killProvider();
            else run.kill("SIGKILL");
            await run.result;
            if (victim === "CLI") {
              await eventually(
                async () =>
                  !(await shop.project.processes()).some(({ command }) =>
                    command.includes("dynamic-provider"),
                  ),
              );
              await shop.project.cancel();
            }
            shop.lab.local.faults.clear();
            const again = shop.project.startUp("--skip-preview");
            if (moment.task === "runs") {
              await again.saw(/found task [0-9a-f]{32} of this very run/);
              await letGo();
            }
            const up = await again.result;
            const after = shop.migrations().slice(before);

            assert.equal(up.code, 0, up.stdout);
            // The documented window: a first run that ended while nobody watched is run once more.
            const inTheWindow = kind === "first run" && moment.launched === 1 && moment.task !== "runs";
            assert.equal(after.length, inTheWindow ? 2 : 1, up.stdout);
            assert.ok(after.every((task) => task.containers?.[0]?.exitCode === 0));
            assert.equal((await shop.project.outputs()).outcome, "SUCCEEDED");
          });
        }
      }
    });
  }

  /** Leaves no resource. */
  const nothing = () => shop.project.destroy("--skip-preview");

  /** An `up` with nothing in its way. */
  async function settle() {
    await ask("ends");
    return shop.project.up("--skip-preview");
  }
});
