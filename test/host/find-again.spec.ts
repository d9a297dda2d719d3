import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasStopped, isRunning } from "../support/lab";
import { eventually } from "../support/eventually";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import type { Properties } from "../support/provider-host";
import { newResource } from "../support/resource";

const HOUR_MS = 60 * 60_000;
/** Holds the answer of a call, which has acted, for longer than its provider lives. */
const HELD = { delayMs: 1_000_000_000 };

describe("after a crash", () => {
  let m: Migrations;
  let files = 0;

  before(async () => {
    m = await startMigrations();
  });

  afterEach(() => {
    m.lab.local.faults.clear();
  });

  after(() => stopMigrations(m));

  const newFile = () => join(m.lab.layout, `go${(files += 1)}`);

  /** Kills the provider as soon as it is so, in the middle of a call. */
  async function crashWhen(call: Promise<unknown>, isSo: Promise<unknown>): Promise<void> {
    const lost = assert.rejects(call);
    await isSo;
    await m.crash();
    await lost;
  }

  /** Waits until the provider says that it has found a task of an earlier up. */
  const adopted = () =>
    eventually(() =>
      m.host.lines.some(({ text }) => text.includes(" of this very run, started by an earlier ")),
    );

  it("a task is found by its family's listing: no filter by startedBy is needed, which ECS may refuse", async () => {
    const resource = newResource(m);
    const go = newFile();
    const inputs = resource.inputs(["wait", go]);
    await crashWhen(m.host.create(inputs), resource.until(1, isRunning));
    m.lab.local.faults.add({
      ListTasks: [
        {
          error: "InvalidParameterException",
          times: "always",
          match: { startedBy: resource.tasks()[0]!.startedBy! },
        },
      ],
    });

    const again = m.host.create(inputs);
    await adopted();
    await writeFile(go, "");

    assert.equal((await again).state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
  });

  it("a task that is listed and that DescribeTasks does not know yet is asked for again, and is adopted", async () => {
    const resource = newResource(m);
    const go = newFile();
    const inputs = resource.inputs(["wait", go]);
    await crashWhen(m.host.create(inputs), resource.until(1, isRunning));
    m.lab.local.faults.add({ DescribeTasks: [{ body: '{"tasks":[],"failures":[]}' }] });

    const again = m.host.create(inputs);
    await adopted();
    await writeFile(go, "");

    assert.equal((await again).state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
  });

  it("a re-run that the listing does not show yet is asked for with the same token, and is the same task", async () => {
    const resource = newResource(m);
    const { id, state } = await m.host.create(resource.inputs(["exit", "0"]));
    const go = newFile();
    const news = resource.inputs(["wait", go]);
    await crashWhen(m.host.update(id, state, news), resource.until(2, isRunning));
    // What runs, and what has stopped.
    m.lab.local.faults.add({ ListTasks: [{ body: '{"taskArns":[]}', times: 2 }] });
    const launches = () => m.lab.lines.filter((line) => line.startsWith("RunTask ")).length;
    const before = launches();

    const again = m.host.update(id, state, news);
    await m.faultsHappened();
    await writeFile(go, "");

    assert.equal((await again).outcome, "SUCCEEDED");
    assert.deepStrictEqual([launches() - before, resource.tasks().length], [1, 2]);
  });

  it("a re-run in flight is adopted", async () => {
    const resource = newResource(m);
    const failed = await initErrorOf(m.host.create(resource.inputs(["exit", "1"])));
    const go = newFile();
    const news = resource.inputs(["wait", go]);
    await crashWhen(m.host.update(failed.id, failed.properties, news), resource.until(2, isRunning));

    const again = m.host.update(failed.id, failed.properties, news);
    await adopted();
    await writeFile(go, "");
    const state = await again;

    assert.deepStrictEqual([state.outcome, state.generation], ["SUCCEEDED", 2]);
    assert.equal(resource.tasks().length, 2);
  });

  it("a re-run that ended while nobody watched gives its result, within the hour", async () => {
    const resource = newResource(m);
    const { id, state } = await m.host.create(resource.inputs(["exit", "0"]));
    const news = resource.inputs(["exit", "0"], { triggers: [2] });
    m.lab.local.faults.add({ RunTask: [HELD] });
    await crashWhen(m.host.update(id, state, news), resource.until(2, hasStopped));
    m.lab.local.faults.clear();
    m.lab.local.advanceClock(HOUR_MS / 2);

    const again = await m.host.update(id, state, news);

    assert.deepStrictEqual([again.outcome, again.generation], ["SUCCEEDED", 2]);
    assert.deepStrictEqual([again.taskArn, resource.tasks().length], [resource.tasks()[1]?.taskArn, 2]);
  });

  it("a first run that ended while nobody watched runs once more: nobody can know it", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({ RunTask: [HELD] });
    await crashWhen(m.host.create(resource.inputs(["exit", "0"])), resource.until(1, hasStopped));
    m.lab.local.faults.clear();

    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.equal(state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 2);
  });

  it("a first run with an idempotencyKey that ended while nobody watched gives its result, within the hour", async () => {
    const resource = newResource(m);
    const inputs = resource.inputs(["exit", "0"], { idempotencyKey: "release 7" });
    m.lab.local.faults.add({ RunTask: [HELD] });
    await crashWhen(m.host.create(inputs), resource.until(1, hasStopped));
    m.lab.local.faults.clear();
    m.lab.local.advanceClock(HOUR_MS / 2);

    const { state } = await m.host.create(inputs);

    assert.equal(state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
  });

  it("a first run of which ECS has forgotten everything runs again", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({ RunTask: [HELD] });
    await crashWhen(m.host.create(resource.inputs(["exit", "0"])), resource.until(1, hasStopped));
    const [forgotten] = resource.tasks();
    m.lab.local.faults.clear();
    m.lab.local.advanceClock(2 * HOUR_MS);

    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.equal(state.outcome, "SUCCEEDED");
    assert.notEqual(state.taskArn, forgotten?.taskArn);
  });

  it("a task that still runs after a day, when its token has expired, is adopted", async () => {
    const resource = newResource(m);
    const go = newFile();
    await crashWhen(m.host.create(resource.inputs(["wait", go])), resource.until(1, isRunning));
    m.lab.local.advanceClock(25 * HOUR_MS);

    const again = m.host.create(resource.inputs(["wait", go]));
    await adopted();
    await writeFile(go, "");

    assert.equal((await again).state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
  });

  it("with other inputs, the task of the old ones is waited for before the new one runs", async () => {
    const resource = newResource(m);
    const go = newFile();
    await crashWhen(m.host.create(resource.inputs(["wait", go])), resource.until(1, isRunning));

    m.host.lines.length = 0;
    const news = m.host.create(resource.inputs(["exit", "0"]));
    await eventually(() => m.host.lines.some(({ text }) => text.endsWith("of an earlier run to end")));
    const beside = resource.tasks().length;
    await writeFile(go, "");
    const { state } = await news;
    const [old, recent] = resource.tasks();

    assert.deepStrictEqual([beside, resource.tasks().length], [1, 2]);
    assert.deepStrictEqual([state.outcome, state.taskArn], ["SUCCEEDED", recent?.taskArn]);
    assert.ok(old?.stoppedAt && recent?.createdAt && old.stoppedAt <= recent.createdAt);
  });

  it("the task of an equal resource in another stack is not taken for its own", async () => {
    const resource = newResource(m);
    const other = newResource(m);
    const go = newFile();
    await crashWhen(m.host.create(resource.inputs(["wait", go])), resource.until(1, isRunning));

    const { state } = await m.host.create(other.inputs(["wait", go], { waitFor: "RUNNING" }));
    await writeFile(go, "");
    await resource.until(1, hasStopped);

    assert.equal(state.taskArn, other.tasks()[0]?.taskArn);
    assert.notEqual(state.taskArn, resource.tasks()[0]?.taskArn);
  });

  it("or after its state was deleted, a task in flight is adopted", async () => {
    const resource = newResource(m);
    const go = newFile();
    const timedOut = await initErrorOf(m.host.create(resource.inputs(["wait", go], { timeoutSeconds: 1 })));

    m.host.lines.length = 0;
    const again = m.host.create(resource.inputs(["wait", go]));
    await adopted();
    await writeFile(go, "");

    assert.equal((await again).state.taskArn, timedOut.properties.taskArn);
    assert.equal(resource.tasks().length, 1);
  });

  it("in a retry that a hook asked for, the retry's task is adopted, not the failed one before", async () => {
    const resource = newResource(m);
    const go = newFile();
    const inputs = resource.inputs(["wait", go]);
    const failed = initErrorOf(m.host.create(inputs));
    const first = await resource.until(1, isRunning);
    m.lab.local.tasks.interrupt(first, { stopCode: "SpotInterruption" });
    await failed;
    await crashWhen(m.host.create(inputs), resource.until(2, isRunning));

    const again = m.host.create(inputs);
    await adopted();
    await writeFile(go, "");

    assert.equal((await again).state.taskArn, resource.tasks()[1]?.taskArn);
    assert.equal(resource.tasks().length, 2);
  });

  it("in a retry of an update that a hook asked for, the retry's task is waited for, and its result is taken by the next up", async () => {
    const resource = newResource(m);
    const { id, state } = await m.host.create(resource.inputs(["exit", "0"]));
    const go = newFile();
    const news = resource.inputs(["wait", go]);
    const failed = initErrorOf(m.host.update(id, state, news));
    const first = await resource.until(2, isRunning);
    m.lab.local.tasks.interrupt(first, { stopCode: "SpotInterruption" });
    await failed;
    await crashWhen(m.host.update(id, state, news), resource.until(3, isRunning));

    const again = initErrorOf(m.host.update(id, state, news));
    await writeFile(go, "");
    const { properties } = await again;
    const next = await m.host.update(id, properties, news);

    assert.deepStrictEqual([properties.taskArn, properties.generation], [first, 2]);
    assert.deepStrictEqual([next.taskArn, next.generation], [resource.tasks()[2]?.taskArn, 3]);
    assert.deepStrictEqual([next.outcome, resource.tasks().length], ["SUCCEEDED", 3]);
  });

  it("and with 250 tasks of the same family beside it, a task is found", async () => {
    const resource = newResource(m);
    const go = newFile();
    // Before its own, because the listing begins with the oldest.
    m.lab.local.tasks.plan({ holdAt: "PENDING", times: 250 });
    const launches = Array.from({ length: 25 }, () => m.lab.run(m.taskDefinition, { count: 10 }));
    await Promise.all(launches);
    await crashWhen(m.host.create(resource.inputs(["wait", go])), resource.until(1, isRunning));

    const again: Promise<{ state: Properties }> = m.host.create(resource.inputs(["wait", go]));
    await adopted();
    await writeFile(go, "");

    assert.equal((await again).state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
  });
});
