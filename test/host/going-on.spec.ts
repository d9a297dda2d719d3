import assert from "node:assert/strict";
import { RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { fargate } from "../../packages/local-ecs/test/support/fargate-definition";
import { eventually } from "../support/eventually";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { newResource, type Resource } from "../support/resource";
import type { Properties } from "../support/provider-host";

/** So long that no test sees it end, unless it moves the clock. */
const NETWORK_MS = 60 * 60_000;

describe("a task on Fargate whose work is done", function () {
  // A failure waits for the last lines.
  this.timeout(20_000);
  let m: Migrations;
  let taskDefinition: string;
  let resource: Resource;

  before(async () => {
    m = await startMigrations({ phaseMs: { DEPROVISIONING: NETWORK_MS } });
    const registered = await m.lab.ecs.send(
      new RegisterTaskDefinitionCommand({
        ...fargate,
        executionRoleArn: "arn:aws:iam::123456789012:role/execution",
        containerDefinitions: [m.container],
      }),
    );
    taskDefinition = registered.taskDefinition?.taskDefinitionArn ?? "";
  });

  after(() => stopMigrations(m));

  beforeEach(() => {
    resource = newResource(m);
  });

  const inputs = (command: readonly string[], others: Properties = {}) =>
    resource.inputs(command, {
      taskDefinition,
      launchType: "FARGATE",
      networkConfiguration: { subnets: ["subnet-1"] },
      ...others,
    });

  const statuses = () => resource.tasks().map(({ lastStatus }) => lastStatus);
  const networkIsGone = () => {
    m.lab.local.advanceClock(NETWORK_MS);
  };

  it("has succeeded while it is DEPROVISIONING, and a refresh asks nothing and shows no drift", async () => {
    const { id, state } = await m.host.create(inputs(["exit", "0"]));

    assert.deepStrictEqual(statuses(), ["DEPROVISIONING"]);
    assert.deepStrictEqual(
      [state.phase, state.outcome, state.lastStatus],
      ["SETTLED", "SUCCEEDED", "DEPROVISIONING"],
    );
    assert.deepStrictEqual([state.exitCodes, state.imageDigests], [{ app: 0 }, { app: m.digest }]);
    assert.ok(String(state.startedAt) <= String(state.executionStoppedAt));
    assert.equal(state.stoppedAt, undefined);
    assert.equal(typeof state.durationSeconds, "number");

    networkIsGone();
    m.lab.local.faults.add({ DescribeTasks: [{ error: "AccessDeniedException" }] });
    assert.deepStrictEqual((await m.host.read(id, state)).state, state);
    m.lab.local.faults.clear();
  });

  it("has failed while it is DEPROVISIONING, with its last lines, and the next run does not wait for it", async () => {
    const failed = await initErrorOf(m.host.create(inputs(["exit", "3"])));

    assert.deepStrictEqual(statuses(), ["DEPROVISIONING"]);
    assert.match(failed.message, /exited with code 3\n[^]*\| migrating nothing/);

    const state = await m.host.update(failed.id, failed.properties, inputs(["exit", "0"]));
    assert.deepStrictEqual([state.phase, statuses()], ["SETTLED", ["DEPROVISIONING", "DEPROVISIONING"]]);
    networkIsGone();
  });

  it("is waited for until it is STOPPED where that is asked for", async () => {
    const creating = m.host.create(inputs(["exit", "0"], { waitFor: "STOPPED" }));

    await resource.until(1, ({ lastStatus }) => lastStatus === "DEPROVISIONING");
    networkIsGone();

    assert.equal((await creating).state.lastStatus, "STOPPED");
  });

  it("runs nothing when STOPPED is asked for afterwards, and is waited for", async () => {
    const { id, state } = await m.host.create(inputs(["exit", "0"]));
    const updating = m.host.update(id, state, inputs(["exit", "0"], { waitFor: "STOPPED" }));
    networkIsGone();

    const updated = await updating;

    assert.deepStrictEqual(
      [updated.phase, updated.lastStatus, statuses()],
      ["SETTLED", "STOPPED", ["STOPPED"]],
    );
  });

  it("is deleted when it is STOPPED, and is not told to stop", async () => {
    const { id, state } = await m.host.create(inputs(["exit", "0"]));
    let isDeleted = false;
    const deleting = m.host.delete(id, state).then(() => (isDeleted = true));
    const looks = () => m.lab.lines.filter((line) => line.includes("DescribeTasks")).length;
    const before = looks();
    await eventually(() => looks() > before + 1);
    assert.equal(isDeleted, false);

    networkIsGone();
    await deleting;

    assert.deepStrictEqual(statuses(), ["STOPPED"]);
    assert.equal(resource.tasks()[0]?.stopCode, "EssentialContainerExited");
  });
});
