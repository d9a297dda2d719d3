import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../support/eventually";
import { EcsTask } from "../../src/index";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { registered } from "../support/registered";
import { newResource } from "../support/resource";

describe("a time limit", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
  });

  after(() => stopMigrations(m));

  for (const holdAt of ["PROVISIONING", "PENDING"] as const) {
    it(`startTimeoutSeconds stops a task that stays ${holdAt}, which is a failure`, async () => {
      const resource = newResource(m);
      const inputs = resource.inputs(["exit", "0"], { startTimeoutSeconds: 1 });
      m.lab.local.tasks.plan({ holdAt });

      const failed = await initErrorOf(m.host.create(inputs));
      // Without the limit, which this task would have to keep in real time.
      const again = await m.host.update(failed.id, failed.properties, resource.inputs(["exit", "0"]));

      assert.match(
        failed.message,
        /^Stopped, because it was not RUNNING after 1 s \(startTimeoutSeconds\), last seen [A-Z]+ \("app" is PENDING\); task [0-9a-f]{32} failed: /,
      );
      assert.match(
        failed.message,
        /What to do \(START_TIMED_OUT\): look whether the cluster has capacity, .* it starts a new task\./,
      );
      const { phase, outcome, lastStatus, startedAt, exitCodes } = failed.properties;
      assert.deepStrictEqual(
        [phase, outcome, lastStatus, startedAt, exitCodes],
        ["FAILED", "FAILED", "STOPPED", undefined, {}],
      );
      assert.deepStrictEqual([again.outcome, again.generation], ["SUCCEEDED", 2]);
      assert.equal(resource.tasks().length, 2);
    });
  }

  it("startTimeoutSeconds stops no task of which a container runs, and says who waits for whom", async () => {
    const resource = newResource(m);
    const go = join(m.lab.layout, "init-may-end");
    const image = "shop/migrate:1";
    const init = { name: "init", image, command: ["wait", go], essential: false };
    const dependsOn = [{ containerName: "init", condition: "SUCCESS" as const }];
    const taskDefinition = await m.lab.define([{ name: "app", image, dependsOn }, init], "with-init");
    const isHeldUp = ({ text }: { text: string }) => text.includes("It is not stopped");

    const creating = m.host.create(
      resource.inputs(["exit", "0"], { taskDefinition, startTimeoutSeconds: 1 }),
    );
    await eventually(() => m.host.lines.some(isHeldUp));
    await writeFile(go, "");
    const { state } = await creating;

    assert.match(
      m.host.lines.find(isHeldUp)?.text ?? "",
      /^task [0-9a-f]{32} is (PENDING|ACTIVATING) after 1 s, and a container of it has run: container "app" waits for "init" \(RUNNING\) to be SUCCESS\./,
    );
    assert.deepStrictEqual([state.outcome, state.exitCodes], ["SUCCEEDED", { app: 0, init: 0 }]);
  });

  it("startTimeoutSeconds says nothing about a task that runs", async () => {
    const inputs = newResource(m).inputs(["run"], { startTimeoutSeconds: 5, timeoutSeconds: 6 });

    const error = await initErrorOf(m.host.create(inputs));

    assert.match(
      error.message,
      /^Gave up waiting for task [0-9a-f]{32} after 6 s: last status RUNNING \("app" is RUNNING\)\./,
    );
    assert.equal(error.properties.phase, "RUNNING");
    await m.host.delete(error.id, error.properties);
  });

  it("startTimeoutSeconds stops the one of several tasks that does not start, and lets the others run on", async () => {
    const resource = newResource(m);
    const inputs = resource.inputs(["run"], { count: 2, startTimeoutSeconds: 3, timeoutSeconds: 6 });
    m.lab.local.tasks.plan({ holdAt: "PENDING" });

    const error = await initErrorOf(m.host.create(inputs));

    assert.match(
      error.message,
      /^Gave up waiting for task [0-9a-f]{32} after 6 s: last status RUNNING \("app" is RUNNING\)\./,
    );
    assert.deepStrictEqual(
      resource.tasks().map(({ lastStatus, stoppedReason }) => [lastStatus, stoppedReason]),
      [
        ["STOPPED", "pulumi-ecs-task: START_TIMED_OUT"],
        ["RUNNING", undefined],
      ],
    );
    assert.equal(error.properties.phase, "RUNNING");
    await m.host.delete(error.id, error.properties);
  });

  it("of Pulumi's customTimeouts is the provider's timeoutSeconds", async () => {
    const [resource] = await registered(() => [
      new EcsTask("migrate", { taskDefinition: m.taskDefinition }, { customTimeouts: { create: "5s" } }).urn,
    ]);
    const { timeoutSeconds, resourceUrn } = resource!.inputs;

    const error = await initErrorOf(m.host.create(m.inputs(["run"], { timeoutSeconds, resourceUrn })));

    assert.match(
      error.message,
      /^Gave up waiting for task [0-9a-f]{32} after 5 s: last status RUNNING \("app" is RUNNING\)\./,
    );
    assert.deepStrictEqual([error.properties.phase, error.properties.timeoutSeconds], ["RUNNING", 5]);
    await m.host.delete(error.id, error.properties);
  });
});
