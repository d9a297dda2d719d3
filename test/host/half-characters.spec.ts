import assert from "node:assert/strict";
import { StopTaskCommand } from "@aws-sdk/client-ecs";
import { AwsDoor } from "../support/aws-door";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";

/** Half of a surrogate pair, as JSON writes it, and what becomes of it. */
const HALF = String.raw`\ud83d`;
const REPLACED = "\ufffd";

describe("texts of AWS that hold half of a character", () => {
  let m: Migrations;
  let door: AwsDoor;

  before(async () => {
    m = await startMigrations();
    // Nothing that is valid UTF-8 can hold one, so no program can print one: they are put into the answers.
    door = await AwsDoor.open(m.lab.local.url, (answer) => answer.replaceAll("HALF", HALF));
  });

  after(async () => {
    await door.close();
    await stopMigrations(m);
  });

  const inputs = (command: readonly string[]) => m.inputs(command, { endpoint: door.url });

  it("shows log lines that hold one", async () => {
    const override = { name: "app", command: ["exit", "3"], environment: { DATABASE_URL: "HALF" } };

    const error = await initErrorOf(
      m.host.create({ ...inputs([]), overrides: { containerOverrides: [override] } }),
    );

    assert.match(error.message, new RegExp(`\n    migrating ${REPLACED}\n`));
    assert.equal(error.properties.phase, "FAILED");
  });

  it("records a reason that holds one", async () => {
    const creating = initErrorOf(m.host.create(inputs(["run"])));
    const task = await m.running();
    await m.lab.ecs.send(new StopTaskCommand({ task, reason: "stopped by HALF of us" }));

    const error = await creating;

    assert.match(error.message, new RegExp(`stopped by ${REPLACED} of us`));
    assert.equal(error.properties.stoppedReason, `stopped by ${REPLACED} of us`);
  });

  it("tells an error that holds one", async () => {
    m.lab.local.faults.add({ RunTask: [{ error: "InvalidParameterException", message: "no HALF subnet" }] });

    await assert.rejects(m.host.create(inputs(["exit", "0"])), new RegExp(`no ${REPLACED} subnet`));
  });

  it("tells a failure that holds one", async () => {
    m.lab.local.faults.add({ RunTask: [{ failures: [{ reason: "HALF", detail: "HALF a detail" }] }] });

    await assert.rejects(m.host.create(inputs(["exit", "0"])), new RegExp(REPLACED));
  });
});
