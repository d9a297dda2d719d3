import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DescribeTasksCommand, StopTaskCommand } from "@aws-sdk/client-ecs";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { InitError, type Properties } from "../support/provider-host";

describe("the provider in Pulumi's host", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
  });

  after(() => stopMigrations(m));

  it("runs a task, waits for its end and reports what ran", async () => {
    const { id, state } = await m.host.create(m.inputs(["exit", "0"]));

    assert.match(id, /^[0-9A-Za-z]{12}$/);
    assert.deepStrictEqual(
      [state.phase, state.outcome, state.generation, state.schemaVersion],
      ["SETTLED", "SUCCEEDED", 1, 1],
    );
    assert.deepStrictEqual(state.imageDigests, { app: m.digest });
    assert.deepStrictEqual(state.exitCodes, { app: 0 });
    assert.deepStrictEqual(state.taskArns, [state.taskArn]);
    assert.equal(state.taskDefinitionArn, m.taskDefinition);
    assert.match(String(state.marker), new RegExp(`^pulumi-${id}-1-[0-9A-Za-z]{10}$`));
    assert.ok(String(state.createdAt) <= String(state.stoppedAt));
  });

  it("keeps a failed run in state and says what failed, with the last lines and what to do", async () => {
    const error = await initErrorOf(m.host.create(m.inputs(["exit", "3"])));

    assert.match(error.reasons.join(), /^Task [0-9a-f]{32} failed: container "app" exited with code 3\n/);
    assert.match(error.message, /last log line of container "app":\n {4}\| migrating nothing\n/);
    assert.match(error.message, /What to do \(CONTAINER_FAILED\): .* run `pulumi up` again/);
    assert.deepStrictEqual([error.properties.phase, error.properties.outcome], ["FAILED", "FAILED"]);
    assert.deepStrictEqual(error.properties.exitCodes, { app: 3 });
    assert.deepStrictEqual(error.properties.imageDigests, { app: m.digest });
    assert.equal(typeof error.properties.__provider, "string");
  });

  it("keeps a failed run in state, too, when its last lines may not be read, and says what to permit", async () => {
    m.lab.local.faults.add({ GetLogEvents: [{ error: "AccessDeniedException" }] });

    const error = await initErrorOf(m.host.create(m.inputs(["exit", "3"])));

    assert.match(
      error.message,
      / reading \/shop ecs\/app\/[0-9a-f]{32} is not permitted; allow logs:GetLogEvents /,
    );
    assert.doesNotMatch(error.message, /migrating nothing/);
    assert.deepStrictEqual([error.properties.phase, error.properties.outcome], ["FAILED", "FAILED"]);
    assert.deepStrictEqual(m.lab.local.faults.pending(), {});
  });

  it("records nothing when ECS refuses the task", async () => {
    const refused = m.host.create({ taskDefinition: "nowhere:1", resourceUrn: "urn:x" });

    await assert.rejects(refused, (error: Error) => {
      assert.ok(!(error instanceof InitError));
      assert.match(error.message, /^ECS did not start task nowhere:1 on cluster default: ClientException: /);
      assert.match(error.message, /Nothing was started\.$/);
      return true;
    });
  });

  it("runs a new task when an input changes, under the same id and in the next generation", async () => {
    const first = await m.host.create(m.inputs(["exit", "0"]));

    const second = await m.host.update(first.id, first.state, m.inputs(["exit", "0"], { triggers: ["v2"] }));

    assert.equal(second.generation, 2);
    assert.equal(second.life, first.state.life);
    assert.notEqual(second.taskArn, first.state.taskArn);
    assert.deepStrictEqual(second.triggers, ["v2"]);
  });

  it("runs no task when only the behaviour changes", async () => {
    const first = await m.host.create(m.inputs(["exit", "0"]));

    const second = await m.host.update(
      first.id,
      first.state,
      m.inputs(["exit", "0"], { timeoutSeconds: 60 }),
    );

    assert.deepStrictEqual(second, { ...first.state, timeoutSeconds: 60 });
  });

  it("runs again after a failure, also when a refresh came in between", async () => {
    const inputs = m.inputs(["exit", "3"]);
    const failed = await initErrorOf(m.host.create(inputs));
    const refreshed = await m.host.read(failed.id, failed.properties);

    const diff = await m.host.diff(failed.id, refreshed.state, inputs);
    const again = await initErrorOf(m.host.update(failed.id, refreshed.state, inputs));

    assert.deepStrictEqual(diff, { changes: true, replaces: [] });
    assert.equal(again.properties.generation, 2);
    assert.equal(again.id, failed.id);
  });

  it("leaves a task running after a timeout and goes on waiting for the same one", async () => {
    const go = join(m.lab.layout, "go");
    const inputs = m.inputs(["wait", go], { timeoutSeconds: 5 });
    const timedOut = await initErrorOf(m.host.create(inputs));
    const diff = await m.host.diff(timedOut.id, timedOut.properties, inputs);
    await writeFile(go, "");

    const resumed = await m.host.update(timedOut.id, timedOut.properties, inputs);

    assert.match(
      timedOut.message,
      /^Gave up waiting for task [0-9a-f]{32} after 5 s: last status RUNNING \("app" is RUNNING\)\./,
    );
    assert.equal(timedOut.properties.phase, "RUNNING");
    assert.equal(diff.changes, true);
    assert.equal(resumed.outcome, "SUCCEEDED");
    assert.equal(resumed.taskArn, timedOut.properties.taskArn);
    assert.equal(resumed.generation, 1);
  });

  it("stops a task after a timeout when told to, which is a failure", async () => {
    const inputs = m.inputs(["run"], { timeoutSeconds: 1, onTimeout: "STOP" });

    const error = await initErrorOf(m.host.create(inputs));

    assert.match(
      error.message,
      /^Stopped after 1 s, as onTimeout says, last seen [A-Z]+ \("app" is [A-Z]+\); task [0-9a-f]{32} failed: /,
    );
    assert.deepStrictEqual([error.properties.phase, error.properties.lastStatus], ["FAILED", "STOPPED"]);
    assert.equal(error.properties.stopCode, "UserInitiated");
  });

  it("waits for RUNNING or for nothing when asked to, and destroy stops what still runs", async () => {
    for (const waitFor of ["RUNNING", "NONE"]) {
      const { id, state } = await m.host.create(m.inputs(["run"], { waitFor }));
      await m.host.delete(id, state);

      const task = await taskOf(m, state);

      assert.deepStrictEqual([state.phase, state.outcome], ["SETTLED", "RUNNING"], waitFor);
      assert.equal(task?.lastStatus, "STOPPED", waitFor);
    }
  });

  it("stops a task that should only run before it starts the next one", async () => {
    const first = await m.host.create(m.inputs(["run"], { waitFor: "RUNNING" }));

    const news = m.inputs(["run"], { waitFor: "RUNNING", triggers: [2] });
    const second = await m.host.update(first.id, first.state, news);
    const [old, recent] = [await taskOf(m, first.state), await taskOf(m, second)];
    await m.host.delete(first.id, second);

    assert.equal(recent?.lastStatus, "RUNNING");
    assert.ok(old?.stoppedAt && recent.createdAt && old.stoppedAt <= recent.createdAt);
  });

  it("deletes a record whose task ECS has forgotten or whose cluster is gone", async () => {
    const { id, state } = await m.host.create(m.inputs(["exit", "0"], { waitFor: "NONE" }));
    const unknown = `${String(state.taskArn).slice(0, -4)}0000`;
    const tasks = (state.tasks as Properties[]).map((task) => ({ ...task, taskArn: unknown }));
    const elsewhere = tasks.map((task) => ({ ...task, clusterArn: "nowhere" }));

    await m.host.delete(id, { ...state, tasks });
    await m.host.delete(id, { ...state, tasks: elsewhere });
  });

  it("never touches the task of another resource", async () => {
    const one = await m.host.create(m.inputs(["run"], { waitFor: "RUNNING" }));
    const other = await m.host.create(m.inputs(["run"], { waitFor: "RUNNING", resourceUrn: "urn:other" }));

    await m.host.delete(one.id, one.state);
    const left = await taskOf(m, other.state);
    await m.host.delete(other.id, other.state);

    assert.notEqual(one.id, other.id);
    assert.equal(left?.lastStatus, "RUNNING");
  });

  it("refuses state of a newer version with one clear sentence", async () => {
    const { id, state } = await m.host.create(m.inputs(["exit", "0"]));

    await assert.rejects(
      m.host.diff(id, { ...state, schemaVersion: 99 }, m.inputs(["exit", "0"])),
      /written by a newer version of pulumi-ecs-task .* Upgrade the package/,
    );
  });
});

describe("refresh", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
  });

  after(() => stopMigrations(m));

  it("sees how a task ended that was left running", async () => {
    const go = join(m.lab.layout, "go");
    const error = await initErrorOf(m.host.create(m.inputs(["wait", go], { timeoutSeconds: 1 })));
    await writeFile(go, "");
    await m.lab.until(String(error.properties.taskArn), (task) => task.lastStatus === "STOPPED");

    const { id, state } = await m.host.read(error.id, error.properties);

    assert.equal(id, error.id);
    assert.deepStrictEqual(
      [state.phase, state.outcome, state.exitCodes],
      ["SETTLED", "SUCCEEDED", { app: 0 }],
    );
    assert.equal(state.failure, undefined);
  });

  it("keeps what was asked for as reached when the task ends badly later", async () => {
    const first = await m.host.create(m.inputs(["run"], { waitFor: "RUNNING" }));
    await m.lab.ecs.send(new StopTaskCommand({ task: String(first.state.taskArn) }));
    await m.lab.until(String(first.state.taskArn), (task) => task.lastStatus === "STOPPED");

    const { state } = await m.host.read(first.id, first.state);

    assert.deepStrictEqual([state.phase, state.outcome, state.lastStatus], ["SETTLED", "FAILED", "STOPPED"]);
  });

  it("keeps the record of a task that ECS has forgotten", async () => {
    const first = await m.host.create(m.inputs(["exit", "0"]));
    m.lab.local.advanceClock(2 * 60 * 60_000);

    const { id, state } = await m.host.read(first.id, first.state);

    assert.equal(id, first.id);
    assert.deepStrictEqual(state, first.state);
  });
});

async function taskOf(m: Migrations, state: Properties) {
  const { tasks } = await m.lab.ecs.send(new DescribeTasksCommand({ tasks: [String(state.taskArn)] }));
  return tasks?.[0];
}
