import assert from "node:assert/strict";
import { join } from "node:path";
import { hasStopped } from "../support/lab";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { newResource } from "../support/resource";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("a resource", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
  });

  after(() => stopMigrations(m));

  it("that failed runs its next generation at the next up, with another token", async () => {
    const resource = newResource(m);
    const inputs = resource.inputs(["exit", "1"]);
    const failed = await initErrorOf(m.host.create(inputs));

    const again = await initErrorOf(m.host.update(failed.id, failed.properties, inputs));

    assert.deepStrictEqual([failed.properties.generation, again.properties.generation], [1, 2]);
    assert.notEqual(again.properties.taskArn, failed.properties.taskArn);
    assert.equal(resource.tasks().length, 2);
  });

  it("that failed can be refreshed and destroyed with nothing but what its error carried", async () => {
    const resource = newResource(m);
    const failed = await initErrorOf(m.host.create(resource.inputs(["exit", "1"])));

    const { id, state } = await m.host.read(failed.id, failed.properties);
    await m.host.delete(id, state);

    assert.equal(typeof failed.properties.__provider, "string");
    assert.deepStrictEqual([id, state.phase], [failed.id, "FAILED"]);
  });

  it("that is created again by an onError hook runs again, and a stale update after it is none", async () => {
    const resource = newResource(m);
    const failed = await initErrorOf(m.host.create(resource.inputs(["exit", "1"])));
    const inputs = resource.inputs(["exit", "0"]);
    const { id, state } = await m.host.create(inputs);

    const stale = await m.host.update(id, state, inputs);

    assert.equal(id, failed.id);
    assert.deepStrictEqual(stale, state);
    assert.equal(resource.tasks().length, 2);
  });

  it("that is updated by an onError hook, as engines from 3.274 on do, runs again", async () => {
    const resource = newResource(m);
    const inputs = resource.inputs(["exit", "1"]);
    const first = await initErrorOf(m.host.create(inputs));
    const second = await initErrorOf(m.host.update(first.id, first.properties, inputs));

    const state = await m.host.update(second.id, second.properties, resource.inputs(["exit", "0"]));

    assert.deepStrictEqual([second.id, state.phase, state.outcome], [first.id, "SETTLED", "SUCCEEDED"]);
    assert.equal(resource.tasks().length, 3);
  });

  it("that is updated once more by an onError hook runs again, although the engine gives the record from before", async () => {
    const resource = newResource(m);
    const { id, state } = await m.host.create(resource.inputs(["exit", "0"]));
    const news = resource.inputs(["succeed-after", "2", join(m.lab.layout, "tries")]);
    const first = await initErrorOf(m.host.update(id, state, news));
    const second = await initErrorOf(m.host.update(id, state, news));

    const third = await m.host.update(id, state, news);

    const generations = [first.properties, second.properties, third].map(({ generation }) => generation);
    assert.deepStrictEqual(generations, [2, 3, 4]);
    assert.deepStrictEqual(
      [third.phase, third.outcome, resource.tasks().length],
      ["SETTLED", "SUCCEEDED", 4],
    );
  });

  it("that is compared after a failed update is updated from the record that is given, whoever was asked before", async () => {
    const resource = newResource(m);
    const { id, state } = await m.host.create(resource.inputs(["exit", "0"]));
    const news = resource.inputs(["exit", "1"]);
    const first = await initErrorOf(m.host.update(id, state, news));

    await m.host.diff(id, state, news);
    const second = await initErrorOf(m.host.update(id, state, news));

    assert.deepStrictEqual([first.properties.generation, second.properties.generation], [2, 2]);
  });

  it("that is deleted twice, as a pending replacement is, is gone all the same", async () => {
    const resource = newResource(m);
    const { id, state } = await m.host.create(resource.inputs(["run"], { waitFor: "RUNNING" }));

    await m.host.delete(id, state);
    await m.host.delete(id, state);

    assert.ok(resource.tasks().every(hasStopped));
  });

  it("that was destroyed and is made again within the hour runs again", async () => {
    const resource = newResource(m);
    const inputs = resource.inputs(["exit", "0"]);
    const first = await m.host.create(inputs);
    await m.host.delete(first.id, first.state);

    const second = await m.host.create(inputs);

    assert.equal(second.state.outcome, "SUCCEEDED");
    assert.notEqual(second.state.taskArn, first.state.taskArn);
    assert.equal(resource.tasks().length, 2);
  });

  it("that is replaced while its task runs stops it first, and never takes it for the new one", async () => {
    const resource = newResource(m);
    const inputs = resource.inputs(["run"], { waitFor: "RUNNING" });
    const old = await m.host.create(inputs);

    await m.host.delete(old.id, old.state);
    const { id, state } = await m.host.create(inputs);
    const [first, second] = resource.tasks();
    await m.host.delete(id, state);

    assert.deepStrictEqual([first?.taskArn, second?.taskArn], [old.state.taskArn, state.taskArn]);
    assert.ok(first?.stoppedAt && second?.createdAt && first.stoppedAt <= second.createdAt);
  });

  it("with values that a preview does not know yet costs no call and is no error", async () => {
    const resource = newResource(m);
    const { id, state } = await m.host.create(resource.inputs(["exit", "0"]));
    const unknown = resource.inputs([], { taskDefinition: UNKNOWN, overrides: UNKNOWN });
    const before = m.lab.lines.length;

    const first = await m.host.check({}, unknown);
    const { failures } = await m.host.check(resource.inputs(["exit", "0"]), unknown);
    const { changes } = await m.host.diff(id, state, unknown);

    assert.deepStrictEqual([first.failures, failures, changes], [[], [], true]);
    assert.deepStrictEqual(m.lab.lines.slice(before), []);
  });
});
