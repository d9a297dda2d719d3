import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../support/eventually";
import { startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { InitError } from "../support/provider-host";
import { newResource } from "../support/resource";

const THROTTLED = { error: "ThrottlingException", message: "Rate exceeded" };
const NO_MEMORY = { failures: [{ reason: "RESOURCE:MEMORY" }] };

describe("a launch", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
  });

  afterEach(() => {
    m.lab.local.faults.clear();
  });

  after(() => stopMigrations(m));

  /** The error of a launch after which nothing is recorded. */
  async function plainErrorOf(creating: Promise<unknown>): Promise<string> {
    const error: unknown = await creating.catch((reason: unknown) => reason);
    assert.ok(error instanceof Error && !(error instanceof InitError));
    return error.message;
  }

  it("whose answer was lost is asked for again, and one task runs", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({ RunTask: [{ drop: "after" }] });

    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.equal(state.outcome, "SUCCEEDED");
    assert.deepStrictEqual(m.lab.local.faults.pending(), {});
    assert.equal(resource.tasks().length, 1);
  });

  it("whose answer was a proxy's page, although ECS had started the task, runs one task", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({ RunTask: [{ body: "<html>Bad Gateway</html>", status: 502, acts: true }] });

    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.equal(state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
  });

  it("that did not arrive is sent again", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({ RunTask: [{ drop: "before" }] });

    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.equal(state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
  });

  it("comes about although listing and describing are throttled and fail for a while", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({
      ListTasks: [{ ...THROTTLED, times: 7 }],
      DescribeTasks: [{ error: "ServerException", times: 4 }],
    });

    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.equal(state.outcome, "SUCCEEDED");
    assert.deepStrictEqual(m.lab.local.faults.pending(), {});
    assert.equal(resource.tasks().length, 1);
  });

  it("that is not permitted records nothing, says what to permit, and the next up runs", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({ RunTask: [{ error: "AccessDeniedException", message: "not authorized" }] });

    const message = await plainErrorOf(m.host.create(resource.inputs(["exit", "0"])));
    const refused = resource.tasks().length;
    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.match(message, /AccessDeniedException: not authorized.* allow ecs:RunTask/);
    assert.match(message, /Nothing was started\.$/);
    assert.equal(refused, 0);
    assert.deepStrictEqual([state.outcome, resource.tasks().length], ["SUCCEEDED", 1]);
  });

  for (const error of ["ClientException", "ClusterNotFoundException", "InvalidParameterException"]) {
    it(`that ECS refuses with ${error} records nothing and gives ECS's own words`, async () => {
      const resource = newResource(m);
      m.lab.local.faults.add({ RunTask: [{ error, message: "The thing is wrong." }] });

      const message = await plainErrorOf(m.host.create(resource.inputs(["exit", "0"])));

      assert.ok(message.includes(`${error}: The thing is wrong. `), message);
      assert.match(message, /Nothing was started\.$/);
      assert.equal(resource.tasks().length, 0);
    });
  }

  it("that found no room is tried again when there is room, and one task runs", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({ RunTask: [NO_MEMORY] });

    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.equal(state.outcome, "SUCCEEDED");
    assert.equal(resource.tasks().length, 1);
    assert.ok(m.host.lines.some(({ text }) => text === "waiting for capacity: RESOURCE:MEMORY"));
  });

  it("that found no room first and was accepted then is found again after a crash", async () => {
    const resource = newResource(m);
    const inputs = resource.inputs(["run"], { waitFor: "RUNNING" });
    m.lab.local.faults.add({ RunTask: [NO_MEMORY, { delayMs: 600_000 }] });
    const lost = assert.rejects(m.host.create(inputs));
    const task = await resource.until(1, ({ lastStatus }) => lastStatus === "RUNNING");
    await m.crash();
    await lost;

    const { id, state } = await m.host.create(inputs);
    await m.host.delete(id, state);

    assert.equal(state.taskArn, task);
    assert.equal(resource.tasks().length, 1);
  });

  it("that never finds room says all reasons and records nothing", async () => {
    const resource = newResource(m);
    const failures = [{ reason: "RESOURCE:MEMORY" }, { reason: "AGENT", detail: "disconnected" }];
    m.lab.local.faults.add({ RunTask: [{ failures, times: "always" }] });

    const message = await plainErrorOf(
      m.host.create(resource.inputs(["exit", "0"], { count: 2, capacityRetrySeconds: 0 })),
    );

    assert.match(message, /: RESOURCE:MEMORY; AGENT \(disconnected\)\. /);
    assert.equal(resource.tasks().length, 0);
  });

  it("whose token stands for a task that is this very run, however it was tagged, takes it", async () => {
    const resource = newResource(m);
    const others = { waitFor: "RUNNING", idempotencyKey: "v1" };
    const first = await m.host.create(resource.inputs(["run"], others));
    await m.crash();
    // The listing lags, or it would find the task before.
    m.lab.local.faults.add({ ListTasks: [{ body: '{"taskArns":[]}', times: 2 }] });

    const again = await m.host.create(resource.inputs(["run"], { ...others, tags: { team: "shop" } }));
    await m.host.delete(again.id, again.state);

    assert.ok(m.lab.lines.some((line) => line.includes("RunTask") && line.includes("ConflictException")));
    assert.equal(again.state.taskArn, first.state.taskArn);
    assert.equal(resource.tasks().length, 1);
  });

  it("whose token stands for other work waits for its end, and then runs", async () => {
    const resource = newResource(m);
    const go = join(m.lab.layout, "go");
    const others = { waitFor: "RUNNING", idempotencyKey: "v1" };
    const first = await m.host.create(resource.inputs(["wait", go], others));
    await m.crash();
    m.lab.local.faults.add({ ListTasks: [{ body: '{"taskArns":[]}', times: 2 }] });

    const creating = m.host.create(resource.inputs(["exit", "0"], others));
    await eventually(() => m.lab.lines.some((line) => line.includes("ConflictException")));
    assert.equal(resource.tasks().length, 1);
    await writeFile(go, "");
    const { state } = await creating;

    assert.notEqual(state.taskArn, first.state.taskArn);
    assert.equal(state.outcome, "SUCCEEDED");
  });

  it("that is not permitted to look for tasks says what is not protected, and goes on", async () => {
    const resource = newResource(m);
    m.lab.local.faults.add({ ListTasks: [{ error: "AccessDeniedException", times: 2 }] });

    const { state } = await m.host.create(resource.inputs(["exit", "0"]));

    assert.equal(state.outcome, "SUCCEEDED");
    const warning = m.host.lines.find(({ warning }) => warning)?.text ?? "";
    assert.match(warning, /Allow ecs:ListTasks and ecs:DescribeTasks; until then an interrupted run can be/);
  });
});
