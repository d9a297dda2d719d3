import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../support/eventually";
import { hasStopped, isRunning } from "../support/lab";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { newResource } from "../support/resource";

const HOUR_MS = 60 * 60_000;

describe("a task that is waited for", () => {
  let m: Migrations;
  let files = 0;

  before(async () => {
    // ECS is eventually consistent: a new task is unknown for a while.
    m = await startMigrations({ lagMs: { DescribeTasks: 1500, ListTasks: 1500 } });
  });

  afterEach(() => {
    m.lab.local.faults.clear();
  });

  after(() => stopMigrations(m));

  const newFile = () => join(m.lab.layout, `go${(files += 1)}`);

  it("may be unknown to ECS at first", async () => {
    const resource = newResource(m);

    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.equal(state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
  });

  it("that never started has failed, with ECS's reason", async () => {
    const reason = "CannotPullContainerError: pull access denied";
    m.lab.local.tasks.plan({ failToStart: reason });

    const error = await initErrorOf(m.host.create(newResource(m).inputs(["exit", "0"])));

    assert.ok(error.message.includes(reason), error.message);
    assert.deepStrictEqual([error.properties.phase, error.properties.outcome], ["FAILED", "FAILED"]);
    assert.deepStrictEqual(error.properties.exitCodes, {});
  });

  it("that was interrupted has failed", async () => {
    m.lab.local.tasks.plan({ interrupt: { stopCode: "SpotInterruption" } });

    const error = await initErrorOf(m.host.create(newResource(m).inputs(["run"])));

    assert.match(error.message, /Your Spot Task was interrupted/);
    assert.deepStrictEqual(
      [error.properties.phase, error.properties.stopCode],
      ["FAILED", "SpotInterruption"],
    );
  });

  describe("beside an essential sidecar that ECS then killed with 137", () => {
    let taskDefinition: string;

    before(async () => {
      const side = { name: "side", image: "shop/migrate:1", command: ["run"] };
      const app = { name: "app", image: "shop/migrate:1", command: ["exit", "0"] };
      taskDefinition = await m.lab.define([app, side], "with-sidecar");
    });

    it("has succeeded when its command shows that it has the work", async () => {
      const { state } = await m.host.create(newResource(m).inputs(["exit", "0"], { taskDefinition }));

      assert.deepStrictEqual([state.outcome, state.exitCodes], ["SUCCEEDED", { app: 0, side: 137 }]);
    });

    it("has failed when nothing shows which of the two has the work", async () => {
      const inputs = newResource(m).inputs([], { taskDefinition, overrides: undefined });

      const { message } = await initErrorOf(m.host.create(inputs));

      assert.match(message, /container "side" was killed \(exit code 137\), and nobody can tell which/);
      assert.match(message, /What to do \(WORK_UNKNOWN\): .*successContainers/);
    });
  });

  it("when the credentials expire, is RUNNING in state, neither failed nor succeeded, and the next up goes on", async () => {
    const resource = newResource(m);
    const go = newFile();
    const inputs = resource.inputs(["wait", go]);
    const blind = initErrorOf(m.host.create(inputs));
    await resource.until(1, isRunning);
    m.lab.local.faults.add({
      DescribeTasks: [
        { error: "ExpiredTokenException", message: "The security token is expired", times: "always" },
      ],
    });
    const error = await blind;
    m.lab.local.faults.clear();
    await writeFile(go, "");

    const state = await m.host.update(error.id, error.properties, inputs);

    assert.match(error.message, /ExpiredTokenException.*\. It may still be running\./);
    assert.deepStrictEqual([error.properties.phase, error.properties.outcome], ["RUNNING", "RUNNING"]);
    assert.equal(state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
  });

  it("is waited for through answers that are malformed, a proxy's page, late or cut off", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({
      DescribeTasks: [
        { body: '{"tasks":[' },
        { body: "<html>Bad Gateway</html>", status: 502 },
        { delayMs: 300 },
        { drop: "after" },
      ],
    });

    const go = newFile();
    const creating = m.host.create(resource.inputs(["wait", go]));
    await eventually(() => Object.keys(m.lab.local.faults.pending()).length === 0);
    await writeFile(go, "");
    const { state } = await creating;

    assert.equal(state.outcome, "SUCCEEDED");
  });

  it("is not confused with nine others that run at the same time, one of which fails", async () => {
    const resources = Array.from({ length: 10 }, () => newResource(m));

    const ends = await Promise.allSettled(
      resources.map((resource, index) => m.host.create(resource.inputs(["exit", index === 4 ? "3" : "0"]))),
    );

    ends.forEach((end, index) => {
      const tasks = resources[index]!.tasks();
      assert.equal(tasks.length, 1);
      if (end.status === "fulfilled") assert.equal(end.value.state.taskArn, tasks[0]?.taskArn);
      assert.equal(end.status === "fulfilled", index !== 4);
      assert.deepStrictEqual(tasks[0]?.containers?.[0]?.exitCode, index === 4 ? 3 : 0);
    });
  });

  it("and is forgotten by ECS stays in state through a refresh, and the next up does not call it a success", async () => {
    const resource = newResource(m);
    const go = newFile();
    const inputs = resource.inputs(["wait", go], { timeoutSeconds: 1 });
    const timedOut = await initErrorOf(m.host.create(inputs));
    await writeFile(go, "");
    await resource.until(1, hasStopped);
    m.lab.local.advanceClock(2 * HOUR_MS);

    const { id, state } = await m.host.read(timedOut.id, timedOut.properties);
    const { changes } = await m.host.diff(id, state, inputs);
    const unknown = await initErrorOf(m.host.update(id, state, resource.inputs(["wait", go])));
    const runAgain = await m.host.update(id, unknown.properties, resource.inputs(["wait", go]));

    assert.deepStrictEqual([id, state.taskArn, changes], [timedOut.id, timedOut.properties.taskArn, true]);
    assert.deepStrictEqual([unknown.properties.phase, unknown.properties.outcome], ["UNKNOWN", "UNKNOWN"]);
    assert.match(unknown.message, /vanished: ECS does not know it any more/);
    // Still missing at one more look, it is replaced by a new run in the same up.
    assert.deepStrictEqual([runAgain.phase, runAgain.generation], ["SETTLED", 2]);
    assert.notEqual(runAgain.taskArn, state.taskArn);
  });
});
