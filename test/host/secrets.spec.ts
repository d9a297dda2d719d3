import assert from "node:assert/strict";
import { startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { InitError } from "../support/provider-host";

const SECRET = "postgres://admin:hunter2-hunter2@db";

describe("the value of an environment override", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
  });

  after(() => stopMigrations(m));

  it("appears in no message and in no output but the echo of the input", async () => {
    const overrides = {
      containerOverrides: [{ name: "app", command: ["exit", "1"], environment: { DATABASE_URL: SECRET } }],
    };

    const error: unknown = await m.host
      .create(m.inputs([], { overrides }))
      .catch((reason: unknown) => reason);

    assert.ok(error instanceof InitError);
    const { overrides: echo, ...outputs } = error.properties;
    assert.match(error.message, /migrating \[DATABASE_URL\]/);
    assert.deepStrictEqual(echo, overrides);
    assert.ok(
      !JSON.stringify([error.message, outputs, m.host.lines, m.host.output, m.lab.lines]).includes(SECRET),
    );
  });

  it("appears in no message when ECS refuses the task", async () => {
    const overrides = { containerOverrides: [{ name: SECRET, environment: { DATABASE_URL: SECRET } }] };

    const refused = m.host.create(m.inputs([], { overrides }));

    await assert.rejects(refused, (error: Error) => {
      assert.match(error.message, /Override for container named \[DATABASE_URL\] is not a container/);
      return !error.message.includes(SECRET);
    });
  });
});
