import assert from "node:assert/strict";
import { request } from "node:http";
import { DescribeTasksCommand, RunTaskCommand } from "@aws-sdk/client-ecs";
import { hasStopped, isRunning, startLab, type Lab } from "../support/lab";

describe("the control paths of the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;
  let taskDefinition: string;

  before(async () => {
    lab = await startLab();
    await lab.image("app:1", { "/long.js": "setInterval(() => {}, 1000)" });
    taskDefinition = await lab.define([
      { name: "app", image: "app:1", command: ["node", "/long.js"], stopTimeout: 0 },
    ]);
  });
  after(() => lab.close());

  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${lab.local.url}/_local/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it("replace, extend, show and clear the fault plan", async () => {
    await ask("POST", "faults", { RunTask: [{ drop: "after" }] });
    await ask("PUT", "faults", { RunTask: [{ error: "ServerException", times: 3 }] });
    await ask("POST", "faults", { ListTasks: [{ drop: "before", times: "always" }] });
    const { status, body } = await ask("GET", "faults");

    assert.equal(status, 200);
    assert.deepEqual(body, {
      RunTask: [{ error: "ServerException", times: 3 }],
      ListTasks: [{ drop: "before", times: "always" }],
    });
    assert.deepEqual((await ask("DELETE", "faults")).body, {});
    assert.deepEqual(lab.local.faults.pending(), {});
  });

  it("keep the plan when the new one makes no sense, and say what does not", async () => {
    await ask("PUT", "faults", { RunTask: [{ drop: "after" }] });
    const refused = await ask("PUT", "faults", { RunTask: [{ drop: "sometimes" }] });

    assert.equal(refused.status, 400);
    assert.equal(
      refused.body.message,
      'Fault 1 of RunTask has a member drop that must be "before" or "after".',
    );
    assert.deepEqual(lab.local.faults.pending(), { RunTask: [{ drop: "after", times: 1 }] });
    lab.local.faults.clear();
  });

  it("move the clock forward, and only forward", async () => {
    const before = Date.parse(String((await ask("GET", "clock")).body.now));
    const moved = await ask("POST", "clock", { advanceMs: 3_600_000 });
    const refused = await ask("POST", "clock", { advanceMs: -1 });

    assert.ok(Date.parse(String(moved.body.now)) - before >= 3_600_000);
    assert.deepEqual(refused, {
      status: 400,
      body: { message: "The clock only moves forward: -1 ms is not possible." },
    });
  });

  it("plan for tasks, release, hide, show and interrupt them", async () => {
    assert.equal((await ask("POST", "tasks/plan", { holdAt: "PENDING" })).status, 200);
    const { taskArn } = await lab.run(taskDefinition);
    const reason = async () => {
      const { failures } = await lab.ecs.send(new DescribeTasksCommand({ tasks: [taskArn] }));
      return failures![0]?.reason;
    };
    await ask("POST", "tasks/release", { task: taskArn });
    await lab.until(taskArn, isRunning);
    await ask("POST", "tasks/hide", { task: taskArn });
    assert.equal(await reason(), "MISSING");
    await ask("POST", "tasks/show", { task: taskArn });
    assert.equal(await reason(), undefined);
    await ask("POST", "tasks/interrupt", { task: taskArn, stopCode: "SpotInterruption" });
    assert.equal((await lab.until(taskArn, hasStopped)).stopCode, "SpotInterruption");

    await ask("POST", "tasks/plan", { failToStart: "no", times: "always" });
    await ask("DELETE", "tasks/plan");
    const { taskArn: next } = await lab.run(taskDefinition);
    assert.equal((await lab.until(next, isRunning)).lastStatus, "RUNNING");
  });

  it("say what there is when asked for what there is not, and what is wrong with a request", async () => {
    const unknown = await ask("GET", "tasks");
    const noTask = await ask("POST", "tasks/hide", { task: "nobody" });
    const noJson = await ask("PUT", "faults", "RunTask: drop");
    const noObject = await ask("PUT", "faults", "[]");

    assert.equal(unknown.status, 404);
    assert.match(
      String(unknown.body.message),
      /^There is no GET \/_local\/tasks; there are: GET \/_local\/faults, /,
    );
    assert.deepEqual(noTask, { status: 400, body: { message: 'There is no task "nobody".' } });
    assert.equal(noJson.body.message, "The request is not valid JSON.");
    assert.deepEqual(noObject.body, { message: "The request must be a JSON object." });
  });

  it("are closed to web pages and to other host names", async () => {
    const fromPage = await ask(
      "POST",
      "faults",
      { RunTask: [{ drop: "after" }] },
      { origin: "http://example.org" },
    );
    const status = await new Promise((resolve) => {
      const asked = request(
        `${lab.local.url}/_local/faults`,
        { headers: { host: "example.org" } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      );
      asked.end();
    });

    assert.equal(fromPage.status, 400);
    assert.equal(status, 400);
    assert.deepEqual(lab.local.faults.pending(), {});
    assert.equal((await lab.ecs.send(new RunTaskCommand({ taskDefinition }))).tasks!.length, 1);
  });
});
