import assert from "node:assert/strict";
import { DescribeTasksCommand, type Task } from "@aws-sdk/client-ecs";
import { initErrorOf, startMigrations, stopMigrations, type Migrations } from "../support/migrations";
import type { Properties } from "../support/provider-host";

describe("an input", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
  });

  after(() => stopMigrations(m));

  async function taskOf(state: Properties): Promise<Task | undefined> {
    const { tasks } = await m.lab.ecs.send(
      new DescribeTasksCommand({ tasks: [String(state.taskArn)], include: ["TAGS"] }),
    );
    return tasks?.[0];
  }

  it("count runs several tasks, and all must succeed", async () => {
    const { state } = await m.host.create(m.inputs(["exit", "0"], { count: 3 }));

    assert.equal((state.taskArns as string[]).length, 3);
    assert.equal((state.tasks as Properties[]).length, 3);
    assert.deepStrictEqual([state.exitCodes, state.imageDigests], [{ app: 0 }, { app: m.digest }]);
    assert.deepStrictEqual(state.logs, {});
  });

  it("group, tags, startedBy and overrides arrive at the task", async () => {
    const others = { group: "migrations", tags: { team: "shop" }, startedBy: "release-7" };

    const { state } = await m.host.create(m.inputs(["exit", "0"], others));
    const task = await taskOf(state);

    assert.deepStrictEqual([task?.group, task?.startedBy], ["migrations", "release-7"]);
    assert.deepStrictEqual(task?.tags, [{ key: "team", value: "shop" }]);
    assert.deepStrictEqual(task.overrides?.containerOverrides?.[0]?.command, ["exit", "0"]);
    assert.equal(state.startedBy, "release-7");
  });

  it("successExitCodes says what success is, and a change judges the recorded run without running anything", async () => {
    const inputs = m.inputs(["exit", "3"], { successExitCodes: [0, 3] });
    const { id, state } = await m.host.create(inputs);

    const strict = await initErrorOf(m.host.update(id, state, m.inputs(["exit", "3"])));
    const lenient = await m.host.update(id, strict.properties, inputs);

    assert.deepStrictEqual(
      [state.outcome, strict.properties.outcome, lenient.outcome],
      ["SUCCEEDED", "FAILED", "SUCCEEDED"],
    );
    assert.deepStrictEqual([strict.properties.taskArn, lenient.taskArn], [state.taskArn, state.taskArn]);
  });

  it("successContainers names whose exit code decides", async () => {
    const error = await initErrorOf(m.host.create(m.inputs(["exit", "0"], { successContainers: ["other"] })));

    assert.match(error.message, /failed: stopped without a container that could decide/);
  });

  it("expectedImageDigests fails a task that ran another image", async () => {
    const expected = `sha256:${"0".repeat(64)}`;

    const right = await m.host.create(m.inputs(["exit", "0"], { expectedImageDigests: { app: m.digest } }));
    const wrong = await initErrorOf(
      m.host.create(m.inputs(["exit", "0"], { expectedImageDigests: { app: expected } })),
    );

    assert.equal(right.state.outcome, "SUCCEEDED");
    assert.ok(
      wrong.message.includes(`failed: container "app" ran image ${m.digest}, expected was ${expected}`),
      wrong.message,
    );
    assert.match(wrong.message, /What to do \(WRONG_IMAGE\): /);
  });

  it("idempotencyKey takes the success of an earlier run that is equal in what counts, and never a failure", async () => {
    const resourceUrn = "urn:keyed";
    const keyed = (command: string[], over: object = {}, environment?: Record<string, string>) => {
      const overrides = { containerOverrides: [{ name: "app", command, environment }] };
      return m.inputs(command, { idempotencyKey: "v1", resourceUrn, overrides, ...over });
    };
    /** As a new `up` does that knows nothing of the last one. */
    const createAgain = async (inputs: Properties) => {
      await m.crash();
      return m.host.create(inputs);
    };
    const failed = await initErrorOf(m.host.create(keyed(["exit", "1"])));
    const failedAgain = await initErrorOf(m.host.create(keyed(["exit", "1"])));
    const first = await m.host.create(keyed(["exit", "0"]));
    const triggered = await createAgain(keyed(["exit", "0"], { triggers: [2] }));
    const otherDatabase = await createAgain(keyed(["exit", "0"], {}, { DATABASE: "another" }));
    const thirdDatabase = await createAgain(keyed(["exit", "0"], {}, { DATABASE: "a third" }));
    const otherKey = await createAgain(keyed(["exit", "0"], { idempotencyKey: "v2" }));

    assert.notEqual(failedAgain.properties.taskArn, failed.properties.taskArn);
    assert.equal(triggered.state.taskArn, first.state.taskArn);
    const others = [first, otherDatabase, thirdDatabase, otherKey].map(({ state }) => state.taskArn);
    assert.equal(new Set(others).size, others.length);
  });

  it("idempotencyKey counts a task for one resource, though another one of this identity runs at the same time", async () => {
    const inputs = m.inputs(["exit", "0"], { idempotencyKey: "v1", resourceUrn: "urn:twice" });

    const [one, other] = await Promise.all([m.host.create(inputs), m.host.create(inputs)]);

    assert.notEqual(one.state.taskArn, other.state.taskArn);
  });

  it("showLogs STREAM shows each line as it comes, redacted, and OFF none", async () => {
    const overrides = {
      containerOverrides: [
        { name: "app", command: ["exit", "1"], environment: { DATABASE_URL: "postgres://secret" } },
      ],
    };
    m.host.lines.length = 0;

    const streamed = await initErrorOf(m.host.create(m.inputs([], { overrides, showLogs: "STREAM" })));
    const off = await initErrorOf(m.host.create(m.inputs([], { overrides, showLogs: "OFF" })));

    const shown = m.host.lines.filter((line) => !line.ephemeral).map(({ text }) => text);
    assert.deepStrictEqual(shown, ["app | migrating [DATABASE_URL]"]);
    assert.doesNotMatch(streamed.message + off.message, /log lines/);
  });
});

describe("check with a task definition that can be read", () => {
  let m: Migrations;

  before(async () => {
    m = await startMigrations();
  });

  after(() => stopMigrations(m));

  it("finds what the task definition does not have: containers, a volume, awsvpc, a task role", async () => {
    const news = m.inputs(["x"], {
      overrides: { containerOverrides: [{ name: "ap" }] },
      successContainers: ["web"],
      networkConfiguration: { subnets: ["subnet-1"] },
      volumeConfiguration: { name: "data", managedEbsVolume: { roleArn: "ecs-volumes", sizeInGb: 1 } },
      enableExecuteCommand: true,
    });

    const { failures } = await m.host.check({}, news);

    assert.deepStrictEqual(
      failures.map(({ reason }) => reason),
      [
        'overrides.containerOverrides[0].name names container "ap", which the task definition does not have; it has "app"',
        'successContainers[0] names container "web", which the task definition does not have; it has "app"',
        "networkConfiguration cannot be used, because the task definition's network mode is bridge; remove it, or make the network mode awsvpc",
        'volumeConfiguration.name names volume "data", but the task definition has no such volume with configuredAtLaunch: true; add it there, or name another one',
        "enableExecuteCommand needs a task role; set one in the task definition, or overrides.taskRoleArn",
      ],
    );
  });

  for (const { name, news } of [
    { name: "right", news: { tags: { b: "1", a: "2" }, networkConfiguration: null } },
    { name: "wrong", news: { count: 0, tags: { "aws:x": "y" } } },
  ]) {
    it(`answers the same when it is asked about what it returned, ${name} inputs`, async () => {
      const first = await m.host.check({}, m.inputs(["x"], news));
      const second = await m.host.check({}, first.inputs);

      assert.deepStrictEqual(second, first);
      assert.equal(first.failures.length, name === "right" ? 0 : 2);
    });
  }

  it("says nothing about a task definition that cannot be read: ECS says it when it runs", async () => {
    const { failures } = await m.host.check({}, { ...m.inputs(["x"]), taskDefinition: "nowhere:1" });

    assert.deepStrictEqual(failures, []);
  });
});
