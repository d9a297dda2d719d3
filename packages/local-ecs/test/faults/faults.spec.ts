import assert from "node:assert/strict";
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSServiceException,
  ListTasksCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
} from "@aws-sdk/client-ecs";
import type { FaultPlan } from "../../src/api/index";
import { startLab, type Lab } from "../support/lab";
import { eventually } from "../support/eventually";

/** Every call of these tests meets its fault through the SDK; `lab.once` does not try again. */
describe("faults of the local ECS", function () {
  // Real processes: generous where the machine is busy, met at once where it is not.
  this.timeout(10_000);
  let lab: Lab;
  let taskDefinition: string;

  before(async () => {
    lab = await startLab();
    await lab.image("app:1", { "/long.js": "setInterval(() => {}, 1000)" });
    const container = { name: "app", image: "app:1", command: ["node", "/long.js"], stopTimeout: 0 };
    taskDefinition = await lab.define([container]);
    await lab.define([container], "other");
  });
  after(async () => {
    await lab.close();
  });
  afterEach("every planned fault was met", () => {
    const left = lab.local.faults.pending();
    lab.local.faults.clear();
    assert.deepEqual(left, {});
  });

  const plan = (faults: FaultPlan): void => {
    lab.local.faults.add(faults);
  };
  const run = (input: Partial<RunTaskCommandInput> = {}) =>
    lab.once.send(new RunTaskCommand({ taskDefinition, ...input }));
  const startedBy = async (who: string) =>
    (await lab.ecs.send(new ListTasksCommand({ startedBy: who }))).taskArns!;

  it("cut the connection before the operation acts", async () => {
    plan({ RunTask: [{ drop: "before" }] });

    await assert.rejects(run({ startedBy: "before" }), { code: "ECONNRESET" });
    assert.deepEqual(await startedBy("before"), []);
  });

  it("cut the connection after the operation has acted", async () => {
    plan({ RunTask: [{ drop: "after" }] });

    await assert.rejects(run({ startedBy: "after" }), { code: "ECONNRESET" });
    assert.equal((await startedBy("after")).length, 1);
  });

  it("leave one task where the SDK repeats a request whose answer was lost twice", async () => {
    plan({ RunTask: [{ drop: "after", times: 2 }] });
    const { tasks } = await lab.ecs.send(new RunTaskCommand({ taskDefinition, startedBy: "twice" }));

    assert.deepEqual(await startedBy("twice"), [tasks![0]!.taskArn]);
  });

  it("answer with an error of the API, by default with its own status", async () => {
    plan({
      RunTask: [
        { error: "AccessDeniedException", message: "not allowed here" },
        { error: "ServerException" },
        { error: "ExpiredTokenException", status: 403 },
      ],
    });

    for (const [name, status] of [
      ["AccessDeniedException", 400],
      ["ServerException", 500],
      ["ExpiredTokenException", 403],
    ] as const)
      await assert.rejects(run(), (error) => {
        assert.ok(error instanceof ECSServiceException);
        assert.deepEqual([error.name, error.$metadata.httpStatusCode], [name, status]);
        return true;
      });
  });

  it("let the operation act behind an error, when told to", async () => {
    plan({ RunTask: [{ error: "ServerException", acts: true }] });

    await assert.rejects(run({ startedBy: "behind" }), { name: "ServerException" });
    assert.equal((await startedBy("behind")).length, 1);
  });

  it("answer with a text that is no JSON", async () => {
    plan({ DescribeTasks: [{ body: "<html>Bad Gateway</html>", status: 502 }] });

    await assert.rejects(lab.once.send(new DescribeTasksCommand({ tasks: ["0".repeat(32)] })), (error) => {
      assert.equal((error as ECSServiceException).$metadata.httpStatusCode, 502);
      assert.ok(error instanceof SyntaxError);
      return true;
    });
  });

  it("hold back an answer until its time has come", async () => {
    plan({ RunTask: [{ delayMs: 3_600_000 }] });
    let isAnswered = false;
    const answer = run({ startedBy: "slow" }).finally(() => (isAnswered = true));
    // It acts at once; other calls are answered meanwhile.
    await eventually(async () => (await startedBy("slow")).length === 1);
    assert.equal(isAnswered, false);
    lab.local.advanceClock(3_600_000);

    assert.deepEqual([(await answer).tasks![0]!.taskArn], await startedBy("slow"));
  });

  it("put failures in the place of tasks, and repeat them for the same clientToken", async () => {
    const failures = [{ reason: "RESOURCE:MEMORY" }];
    plan({ RunTask: [{ failures }] });
    const first = await run({ clientToken: "failing", count: 2, startedBy: "failing" });
    const replay = await run({ clientToken: "failing", count: 2, startedBy: "failing" });

    assert.equal(first.tasks!.length, 1);
    assert.deepEqual(first.failures, failures);
    assert.deepEqual(replay.failures, failures);
    assert.deepEqual(await startedBy("failing"), [first.tasks![0]!.taskArn]);
  });

  it("with failures wait for a call that a token does not answer", async () => {
    await run({ clientToken: "early" });
    plan({ RunTask: [{ failures: [{ reason: "AGENT" }] }] });
    const before = lab.lines.length;
    const replay = await run({ clientToken: "early" });
    assert.ok(!lab.lines.slice(before).some((line) => line.includes("by fault plan")));
    const next = await run();

    assert.deepEqual([replay.failures, next.failures], [[], [{ reason: "AGENT" }]]);
  });

  it("make DescribeTasks miss the task that they name, once somebody asks for it", async () => {
    const [seen, missed] = (await run({ count: 2 })).tasks!.map(({ taskArn }) => taskArn!);
    plan({ DescribeTasks: [{ failures: [{ arn: missed!, reason: "MISSING" }] }] });
    assert.deepEqual((await lab.once.send(new DescribeTasksCommand({ tasks: [seen!] }))).failures, []);
    const { tasks, failures } = await lab.once.send(new DescribeTasksCommand({ tasks: [seen!, missed!] }));

    assert.deepEqual(
      tasks!.map(({ taskArn }) => taskArn),
      [seen],
    );
    assert.deepEqual(failures, [{ arn: missed, reason: "MISSING" }]);
  });

  it("meet only calls that they match", async () => {
    await lab.once.send(new CreateClusterCommand({ clusterName: "elsewhere" }));
    const [mine, yours] = (await run({ count: 2 })).tasks!.map(({ taskArn }) => taskArn!);
    const { tasks } = await run({ taskDefinition: "other" });
    const other = tasks![0]!.taskArn!;
    const describe = (task: string) => lab.once.send(new DescribeTasksCommand({ tasks: [task] }));
    const error = { name: "ServerException" };

    plan({ DescribeTasks: [{ error: "ServerException", match: { task: mine!.split("/").at(-1)! } }] });
    await describe(yours!);
    await assert.rejects(describe(mine!), error);

    plan({ DescribeTasks: [{ error: "ServerException", match: { family: "other" } }] });
    await describe(mine!);
    await assert.rejects(describe(other), error);

    plan({ RunTask: [{ error: "ServerException", match: { family: "other", startedBy: "me" } }] });
    await run({ taskDefinition: "other" });
    await run({ startedBy: "me" });
    await assert.rejects(run({ taskDefinition: "other:1", startedBy: "me" }), error);

    plan({ RunTask: [{ error: "ServerException", match: { cluster: "elsewhere" } }] });
    await run();
    await assert.rejects(run({ cluster: "elsewhere" }), error);
  });

  it("name themselves in the log, and say nothing of the request", async () => {
    plan({ RunTask: [{ error: "AccessDeniedException" }, { drop: "before" }] });
    const before = lab.lines.length;
    await assert.rejects(run({ startedBy: "secret" }));
    await assert.rejects(run({ startedBy: "secret" }));

    assert.deepEqual(
      lab.lines
        .slice(before)
        .filter((line) => line.startsWith("RunTask"))
        .map((line) => line.replace(/\d+ ms/, "… ms")),
      [
        "RunTask 400 … ms AccessDeniedException, by fault plan",
        "RunTask - … ms cut before it acted, by fault plan",
      ],
    );
  });

  it("are refused when they make no sense, and then change nothing", () => {
    plan({ RunTask: [{ drop: "before" }] });
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [{ RunTsk: [{ drop: "after" }] }, /names "RunTsk", which is no operation of the local ECS/],
      [{ RunTask: [{ delayMS: 5 }] }, /Fault 1 of RunTask has no member "delayMS", only drop, hang/],
      [
        { RunTask: [{ drop: "after" }, {}] },
        /Fault 2 of RunTask needs one of drop, hang, error, body, failures, delayMs, pace/,
      ],
      [{ RunTask: [{ drop: "after", error: "X" }] }, /has drop and error, which exclude each other/],
      [{ RunTask: [{ drop: "after", status: 500 }] }, /has status or acts, which belong to error and body/],
      [{ RunTask: [{ drop: "after", hang: "after" }] }, /has drop and hang, which exclude each other/],
      [{ RunTask: [{ hang: "after", delayMs: 5 }] }, /has delayMs, which makes no difference to hang/],
      [{ RunTask: [{ pace: "slow" }] }, /has a member pace that must be "half" or "drip"/],
      [{ RunTask: [{ drop: "after", pace: "half" }] }, /has pace, which belongs to an answer with a body/],
      [{ RunTask: [{ hang: "after", pace: "half" }] }, /has pace, which belongs to an answer with a body/],
      [{ RunTask: [{ body: "", pace: "drip" }] }, /has pace, which belongs to an answer with a body/],
      [{ RunTask: [{ error: "X", times: 0 }] }, /times that must be a whole number, 1 or more, or "always"/],
      [{ RunTask: [{ failures: [{ arn: "a" }] }] }, /failures that has an item that needs reason/],
      [
        { StopTask: [{ failures: [{ reason: "X" }] }] },
        /Fault 1 of StopTask has failures, which only RunTask, S/,
      ],
      [{ RunTask: { drop: "after" } }, /The faults of RunTask must be a list/],
    ];
    for (const [faults, message] of cases)
      assert.throws(() => {
        plan(faults as FaultPlan);
      }, message);

    assert.deepEqual(lab.local.faults.pending(), { RunTask: [{ drop: "before", times: 1 }] });
    lab.local.faults.clear();
  });
});
