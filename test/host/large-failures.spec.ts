import assert from "node:assert/strict";
import { ListTasksCommand } from "@aws-sdk/client-ecs";
import type { TaskState } from "../../src/run/task-state";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import { monsterState } from "../support/monster-state";
import { InitError, ProviderHost, type Properties } from "../support/provider-host";

/** Prints what a bundler made of a program, and fails. */
const BUNDLE = `
  for (let line = 1; line <= 30; line += 1) console.log(line + ":" + "é{x}".repeat(20_000));
  process.exitCode = 3;
`;

describe("a failure that is larger than an answer may be", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
    const config = { WorkingDir: "/app", Entrypoint: ["node", "main.mjs"] };
    await m.lab.image("shop/bundle:1", { "app/main.mjs": BUNDLE }, config);
  });

  after(() => stopMigrations(m));

  it("is recorded for each of eight tasks that print minified code, and shows the last of it", async () => {
    const options = {
      "awslogs-group": "/shop",
      "awslogs-region": m.lab.local.region,
      "awslogs-stream-prefix": "ecs",
    };
    const logConfiguration = { logDriver: "awslogs" as const, options };
    const taskDefinition = await m.lab.define(
      [{ name: "app", image: "shop/bundle:1", logConfiguration }],
      "bundle",
    );
    const inputs = m.inputs([], { taskDefinition, overrides: {}, count: 8 });

    const error = await initErrorOf(m.host.create(inputs));

    const lines = error.message.split("\n");
    assert.equal(lines[0], '8 of 8 tasks failed: container "app" exited with code 3');
    assert.match(lines.at(-1) ?? "", /^ {2}What to do \(CONTAINER_FAILED\): /);
    assert.equal(lines.filter((line) => /^ {4}\| 30:é\{x\}.* characters left out\) … /.test(line)).length, 8);
    assert.equal(
      lines.filter((line) => /^ {4}… 1\d lines left out; the whole log: https:/.test(line)).length,
      8,
    );
    assert.ok(Buffer.byteLength(error.message) <= 16 * 1024);
    assert.ok(lines.every((line) => line.length <= 2000));
    assert.equal((error.properties.tasks as unknown[]).length, 8);
    assert.equal(error.properties.phase, "FAILED");
    const { taskArns } = await m.lab.ecs.send(
      new ListTasksCommand({ desiredStatus: "STOPPED", family: "bundle" }),
    );
    assert.deepStrictEqual([...taskArns!].sort(), [...(error.properties.taskArns as string[])].sort());
  });

  it("is recorded with all that decides when the record itself is near the limits of ECS", async () => {
    const environment = { DATABASE_URL: "u".repeat(8000) };
    const overrides = { containerOverrides: [{ name: "container-1", environment }] };
    const tags = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`tag-${index}`, `value ${index}`]),
    );
    const news: Properties = { ...m.inputs([]), overrides, tags, count: 10 };
    const state = monsterState(news as unknown as TaskState) as unknown as Properties;
    // Judged again, so that no task is launched.
    const inputs = { ...news, successExitCodes: [77] };

    const error = await initErrorOf(m.host.update("0123456789ab", state, inputs));
    const refreshed = await m.host.read(error.id, error.properties);

    const { tasks, taskArns, marker, phase } = error.properties;
    assert.deepStrictEqual([taskArns, marker, phase], [state.taskArns, state.marker, "FAILED"]);
    assert.deepStrictEqual([error.properties.overrides, error.properties.tags], [overrides, tags]);
    const digests = (some: unknown) =>
      (some as TaskState["tasks"]).map((task) =>
        task.containers.map(({ imageDigest, exitCode }) => [imageDigest, exitCode]),
      );
    assert.deepStrictEqual(digests(tasks), digests(state.tasks));
    assert.equal(error.properties.containers, undefined);
    assert.deepStrictEqual(refreshed.state.imageDigests, state.imageDigests);
    assert.deepStrictEqual(refreshed.state.exitCodes, state.exitCodes);
    await m.host.check(inputs, inputs);
    const before = m.host.lines.length;
    await m.host.diff(error.id, refreshed.state, inputs);
    assert.match(
      m.host.lines
        .slice(before)
        .map(({ text }) => text)
        .join(),
      /^migrate: will run again: the last run failed \(/,
    );
  });
});

describe("what is larger than an answer may be, before anything is launched", () => {
  let host: ProviderHost;

  before(async () => {
    host = await ProviderHost.start({ "aws:region": "eu-central-1" });
  });

  after(() => host.close());

  it("is told of a wrong input without most of its value", async () => {
    const { failures } = await host.check({}, { taskDefinition: "app:1", launchType: "€".repeat(400_000) });

    assert.equal(failures.length, 1);
    const reason = String(failures[0]?.reason);
    assert.match(reason, /^launchType is "€+ … \(\d+ characters left out\) … €+"; must be one of "EC2", /);
    assert.ok(reason.length <= 2000);
  });

  it("is told of an error without most of it", async () => {
    const m = await startMigrations();
    try {
      const message = `no ${"€".repeat(100_000)}`;
      m.lab.local.faults.add({ RunTask: [{ error: "InvalidParameterException", message }] });

      await assert.rejects(m.host.create(m.inputs(["exit", "0"])), (error: Error) => {
        assert.ok(!(error instanceof InitError));
        assert.match(error.message, /^ECS did not start task .*: no €+ … .* Nothing was started\.$/);
        return true;
      });
    } finally {
      await stopMigrations(m);
    }
  });

  it("is told of a line in the log without most of it", async () => {
    const triggers = ["x"];
    const news = { taskDefinition: "app:1", resourceUrn: "urn:x", triggers };
    const state = { ...news, schemaVersion: 1, phase: "FAILED", failure: "f".repeat(500_000) };

    await host.check(news, news);
    await host.diff("x", state, news);

    assert.match(
      host.lines.at(-1)?.text ?? "",
      /^will run again: the last run failed \(f+ … \(\d+ characters/,
    );
    assert.ok((host.lines.at(-1)?.text.length ?? 0) <= 2000);
  });
});
