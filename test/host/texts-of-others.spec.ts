import assert from "node:assert/strict";
import { StopTaskCommand } from "@aws-sdk/client-ecs";
import { AwsDoor } from "../support/aws-door";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";

/** What must not reach a terminal, a CI system or state, as JSON writes it, and what becomes of it. */
const HOSTILE = String.raw`\ud83d\u001b]52;c;eA==\u0007\u0000<{%nonsense%}>##[add-mask]\r::add-mask::x`;
const LINES = ["\ufffd<{ %nonsense%}># #[add-mask]", "::add-mask::x"] as const;
const LINE = LINES.join(" ");

describe("texts of AWS that act on terminals and CI systems, or hold half of a character", () => {
  let m: Migrations;
  let door: AwsDoor;

  before(async () => {
    m = await startMigrations();
    // They are put into the answers: no program can print half of a character, for it is no valid UTF-8.
    door = await AwsDoor.open(m.lab.local.url, (answer) => answer.replaceAll("HOSTILE", HOSTILE));
  });

  after(async () => {
    await door.close();
    await stopMigrations(m);
  });

  const inputs = (command: readonly string[]) => m.inputs(command, { endpoint: door.url });

  it("shows log lines", async () => {
    const override = { name: "app", command: ["exit", "3"], environment: { DATABASE_URL: "HOSTILE" } };

    const error = await initErrorOf(
      m.host.create({ ...inputs([]), overrides: { containerOverrides: [override] } }),
    );

    assert.ok(error.message.includes(`\n    | migrating ${LINES[0]}\n    | ${LINES[1]}\n`), error.message);
    assert.equal(error.properties.phase, "FAILED");
  });

  it("records a reason", async () => {
    const creating = initErrorOf(m.host.create(inputs(["run"])));
    const task = await m.running();
    await m.lab.ecs.send(new StopTaskCommand({ task, reason: "stopped by HOSTILE of us" }));

    const error = await creating;

    assert.ok(error.message.includes(`stopped by ${LINE} of us`), error.message);
    assert.equal(error.properties.stoppedReason, `stopped by ${LINE} of us`);
  });

  it("tells an error", async () => {
    m.lab.local.faults.add({
      RunTask: [{ error: "InvalidParameterException", message: "no HOSTILE subnet" }],
    });

    await assert.rejects(m.host.create(inputs(["exit", "0"])), says(`no ${LINE} subnet`));
  });

  it("tells a failure", async () => {
    m.lab.local.faults.add({ RunTask: [{ failures: [{ reason: "HOSTILE", detail: "HOSTILE a detail" }] }] });

    await assert.rejects(m.host.create(inputs(["exit", "0"])), says(`${LINE} (${LINE} a detail)`));
  });
});

function says(text: string): (error: Error) => true {
  return ({ message }) => {
    assert.ok(message.includes(text), message);
    return true;
  };
}
