import assert from "node:assert/strict";
import { once } from "node:events";
import { eventually } from "../support/eventually";
import { startMigrations, stopMigrations, type Migrations } from "../support/migrations";

describe("when the engine is killed", () => {
  let m: Migrations;

  beforeEach(async () => {
    m = await startMigrations();
  });

  afterEach(() => stopMigrations(m));

  it("the provider ends by itself, although it still waits for the task, which it leaves running", async () => {
    const creating = m.host.create(m.inputs(["run"]));
    const lost = assert.rejects(creating);
    const task = await m.running();
    const exited = once(m.host.process, "exit");

    m.host.process.stdout?.destroy();
    m.host.process.stderr?.destroy();
    m.host.process.stdin?.end();
    const [code, signal] = (await exited) as [number | null, string | null];
    await lost;

    const after = await m.lab.until(task, (seen) => seen.lastStatus === "RUNNING");
    assert.equal(after.desiredStatus, "RUNNING");
    assert.deepStrictEqual([code, signal], [0, null]);
  });

  it("the provider ends also while it streams logs, and whatever it would still have to say", async () => {
    const creating = m.host.create(m.inputs(["run"], { showLogs: "STREAM" }));
    const lost = assert.rejects(creating);
    await eventually(() => m.host.lines.some(({ text }) => text === "app | migrating nothing"));
    const exited = once(m.host.process, "exit");

    m.host.process.stdout?.destroy();
    m.host.process.stderr?.destroy();
    m.host.process.stdin?.end();
    const [code] = (await exited) as [number | null];
    await lost;

    assert.equal(code, 0);
  });
});
