import assert from "node:assert/strict";
import { EcsApiError, type EcsGateway } from "../../../../src/aws/ecs-gateway";
import { EcsTaskError } from "../../../../src/errors";
import { launch, type Launch, type LaunchFacts } from "../../../../src/run/launch/launch";
import { orderOf } from "../../../../src/run/order/order";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";
import { seenTask } from "../../../../src/aws/seen-task";
import { TASK_ARN } from "../../../support/builders";
import { ScriptedEcs } from "../../../support/scripted-ecs";
import { scriptedPorts } from "../../../support/scripted-ports";

const started = { tasks: [{ taskArn: TASK_ARN, lastStatus: "PROVISIONING" }], failures: [] };
/** Has StartTask asked instead of RunTask. */
const NAMED = { containerInstances: ["i-1"] };
const MARKER = "pulumi-i-1-x";
const noMemory = {
  arn: "arn:aws:ecs:r:1:container-instance/i",
  reason: "RESOURCE:MEMORY",
  detail: "asked 512",
};

async function launchWith(
  answers: ScriptedEcs["runTaskAnswers"],
  inputs: Partial<TaskInputs> = {},
  facts: Partial<LaunchFacts> = {},
  methods: Partial<EcsGateway> = {},
) {
  const ecs = Object.assign(new ScriptedEcs(), methods);
  ecs.runTaskAnswers = answers;
  const ports = scriptedPorts(ecs);
  const run = { identity: "i", life: "l", generation: 1 };
  const order = {
    ...orderOf({ taskDefinition: "app:1", ...inputs }, run, "eu-central-1"),
    marker: MARKER,
    proof: MARKER,
  };
  const result = await launch(ports, order, {
    adopted: [],
    spent: new Set(),
    lookAgain: () => Promise.resolve([]),
    ...facts,
  }).catch((error: unknown) => error);
  return { ecs, ports, result: result as Launch | EcsTaskError };
}

describe("launch", () => {
  it("repeats a launch whose answer was lost with the same token, so that it starts once", async () => {
    const { ecs, result } = await launchWith(["broken", "throttled", "unreachable", started]);

    assert.ok(!(result instanceof Error));
    assert.equal(result.kind, "launched");
    assert.equal(ecs.launches.length, 4);
    assert.equal(new Set(ecs.launches.map(({ clientToken }) => clientToken)).size, 1);
  });

  it("does not know after a minute without an answer, if one call may have arrived", async () => {
    const { ecs, ports, result } = await launchWith(["broken", "unreachable"]);

    assert.ok(!(result instanceof Error));
    assert.equal(result.kind, "perhaps");
    // After 1.5, 3, 6, 12 and 22.5 seconds; another 22.5 would be more than a minute.
    assert.deepStrictEqual([ecs.launches.length, ports.clock.nowMs()], [6, 45_000]);
  });

  it("does not know when a call is refused after one that may have arrived", async () => {
    const { result } = await launchWith(["broken", "denied"]);

    assert.ok(!(result instanceof Error));
    assert.equal(result.kind, "perhaps");
  });

  it("goes on to the next token when ECS repeats a launch that failed", async () => {
    const other = { tasks: [{ taskArn: `${TASK_ARN}2`, lastStatus: "PROVISIONING" }], failures: [] };
    const { ecs, result } = await launchWith([started, other], {}, { spent: new Set([TASK_ARN]) });

    assert.ok(!(result instanceof Error));
    assert.deepEqual(
      result.tasks.map(({ taskArn }) => taskArn),
      [`${TASK_ARN}2`],
    );
    assert.equal(new Set(ecs.launches.map(({ clientToken }) => clientToken)).size, 2);
  });

  for (const { refused, answers } of [
    { refused: "in failures", answers: [{ tasks: [], failures: [noMemory] }] },
    {
      refused: "by an error",
      answers: [
        new EcsApiError({
          operation: "RunTask",
          kind: "rejected",
          code: "ClientException",
          message: "too many tasks in PROVISIONING",
        }),
      ],
    },
  ]) {
    it(`asks for room as long as capacityRetrySeconds says (refused ${refused})`, async () => {
      const { ecs, ports, result } = await launchWith(answers, { capacityRetrySeconds: 100 });

      assert.ok(result instanceof EcsTaskError);
      // After 1.5, 3, 6, 12 and three times 22.5 seconds; a fourth time would be more than 100.
      assert.deepStrictEqual([ecs.launches.length, ports.clock.nowMs()], [8, 90_000]);
    });
  }

  it("sends a StartTask again when its tasks would have been seen and were not", async () => {
    const { ecs, ports, result } = await launchWith(["broken", started], NAMED);

    assert.ok(!(result instanceof Error));
    assert.deepStrictEqual([result.kind, ecs.starts], ["launched", 2]);
    assert.equal(ports.clock.nowMs(), 10_000);
  });

  it("takes what a StartTask without an answer has started, and sends none again", async () => {
    const seen = seenTask({ taskArn: TASK_ARN, lastStatus: "PENDING" }).record;
    const lookAgain = () => Promise.resolve([seen]);

    const { ecs, result } = await launchWith(["broken", started], NAMED, { lookAgain });

    assert.ok(!(result instanceof Error));
    assert.deepStrictEqual([result.kind, result.tasks, ecs.starts], ["launched", [seen], 1]);
  });

  it("does not send a StartTask again when it cannot look for its tasks", async () => {
    const lookAgain = () =>
      Promise.reject(new EcsApiError({ operation: "ListTasks", kind: "throttled", code: "x", message: "x" }));

    const { ecs, result } = await launchWith(["broken", started], NAMED, { lookAgain });

    assert.ok(!(result instanceof Error));
    assert.deepStrictEqual([result.kind, ecs.starts], ["perhaps", 1]);
  });

  it("does not send a StartTask again when looking for its tasks is not permitted", async () => {
    const blind: Partial<LaunchFacts> = { lookAgain: () => Promise.resolve(undefined) };

    const { ecs, result } = await launchWith(["broken", started], NAMED, blind);

    assert.ok(!(result instanceof Error));
    assert.deepStrictEqual([result.kind, ecs.starts], ["perhaps", 1]);
  });

  describe("whose token has started a task by another request", () => {
    const conflictNaming = (...resourceIds: string[]) =>
      new EcsApiError({
        operation: "RunTask",
        kind: "rejected",
        code: "ConflictException",
        message: "other parameters",
        resourceIds,
      });

    /** The first token stands for a task, and each other one for a new one. */
    async function launchWithConflict(describe: ScriptedEcs["describe"]) {
      const tokens: string[] = [];
      const ecs = Object.assign(new ScriptedEcs(), { describe });
      const { result, ports } = await launchWith(
        [],
        {},
        {},
        {
          describeTasks: (...query) => ecs.describeTasks(...query),
          runTask: (_request, token) => {
            if (tokens.length === 0 || token === tokens[0]) {
              tokens.push(token);
              return Promise.reject(conflictNaming(TASK_ARN));
            }
            tokens.push(token);
            const task = seenTask({ taskArn: `${TASK_ARN}2`, lastStatus: "PENDING" });
            return Promise.resolve({ tasks: [task], failures: [] });
          },
        },
      );
      assert.ok(!(result instanceof Error));
      return { kind: result.kind, arns: result.tasks.map(({ taskArn }) => taskArn), ports };
    }

    it("takes the task when it is this very run, however it was tagged", async () => {
      const { kind, arns } = await launchWithConflict(() => ({ startedBy: MARKER, lastStatus: "RUNNING" }));

      assert.deepStrictEqual([kind, arns], ["launched", [TASK_ARN]]);
    });

    it("takes all tasks of the token when one of them is known to be of this run", async () => {
      const ecs = Object.assign(new ScriptedEcs(), {
        describe: () => ({ startedBy: "me", lastStatus: "RUNNING" }),
      });
      const adopted = [seenTask({ taskArn: TASK_ARN, lastStatus: "RUNNING" }).record];

      const { result } = await launchWith(
        [],
        { count: 2, startedBy: "me" },
        { adopted },
        {
          describeTasks: (...query) => ecs.describeTasks(...query),
          runTask: () => Promise.reject(conflictNaming(TASK_ARN, `${TASK_ARN}3`)),
        },
      );

      assert.ok(!(result instanceof Error));
      assert.deepStrictEqual(
        [result.kind, result.tasks.map(({ taskArn }) => taskArn)],
        ["launched", [TASK_ARN, `${TASK_ARN}3`]],
      );
    });

    it("waits for the end of the task when it is another run, and asks with the next token", async () => {
      const { kind, arns, ports } = await launchWithConflict((_arn, nth) => ({
        startedBy: "pulumi-i-1-other",
        lastStatus: nth < 30 ? "RUNNING" : "STOPPED",
      }));

      assert.deepStrictEqual([kind, arns], ["launched", [`${TASK_ARN}2`]]);
      assert.ok(ports.clock.nowMs() >= 29_000);
    });

    it("does not know while ECS does not show the task: it cannot be compared", async () => {
      const { kind, arns } = await launchWithConflict(() => undefined);

      assert.deepStrictEqual([kind, arns], ["perhaps", []]);
    });
  });

  it("knows that nothing was started when no call arrived", async () => {
    const { result } = await launchWith(["unreachable"]);

    assert.ok(result instanceof EcsTaskError);
    assert.equal(result.code, "API_FAILED");
    assert.match(result.message, /Check the network, the region and the endpoint\. Nothing was started\.$/);
  });

  it("never repeats what ECS refused", async () => {
    const { ecs, result } = await launchWith(["rejected"]);

    assert.ok(result instanceof EcsTaskError);
    assert.equal(result.code, "RUN_TASK_REJECTED");
    assert.equal(ecs.launches.length, 1);
  });

  it("says what to permit when it is not permitted", async () => {
    const { result } = await launchWith(["denied"]);

    assert.ok(result instanceof EcsTaskError);
    assert.equal(result.code, "ACCESS_DENIED");
    assert.match(result.message, /allow ecs:RunTask .*on the task definition and iam:PassRole/);
  });

  it("tells every failure, also one without arn and detail", async () => {
    const { result } = await launchWith([{ tasks: [], failures: [noMemory, { reason: "AGENT" }] }]);

    assert.ok(result instanceof EcsTaskError);
    assert.equal(result.code, "NO_TASK_STARTED");
    assert.match(
      result.message,
      /^ECS did not start task app:1 on cluster default: RESOURCE:MEMORY at arn:aws:ecs:r:1:container-instance\/i \(asked 512\); AGENT\. /,
    );
  });

  it("comes to an end when ECS repeats a failed launch for every token", async () => {
    const { ecs, ports, result } = await launchWith([started], {}, { spent: new Set([TASK_ARN]) });

    assert.ok(result instanceof EcsTaskError);
    assert.match(result.message, /it repeats a launch that has failed, whatever token it is asked with/);
    assert.equal(ecs.launches.length, 100);
    assert.ok(ports.clock.nowMs() >= 24_000);
  });

  it("says so as well when it has one of two tasks", async () => {
    const other = `${TASK_ARN}2`;
    const adopted = [seenTask({ taskArn: other, lastStatus: "STOPPED" }).record];

    const { result } = await launchWith([started], { count: 2 }, { adopted, spent: new Set([TASK_ARN]) });

    assert.ok(!(result instanceof Error) && result.kind === "launched");
    assert.equal(
      result.shortfall,
      "only 1 of 2 tasks were started: it repeats a launch that has failed, whatever token it is asked with",
    );
  });

  it("counts the task and not the failure when ECS reports both for one", async () => {
    const { ports, result } = await launchWith([{ ...started, failures: [noMemory] }]);

    assert.ok(!(result instanceof Error) && result.kind === "launched");
    assert.equal(result.shortfall, undefined);
    assert.equal(ports.warnings.length, 1);
  });

  it("keeps the tasks that were started when others were not", async () => {
    const { result } = await launchWith([{ ...started, failures: [noMemory] }], { count: 2 });

    assert.ok(!(result instanceof Error) && result.kind === "launched");
    assert.equal(result.tasks.length, 1);
    assert.match(result.shortfall ?? "", /^only 1 of 2 tasks were started: RESOURCE:MEMORY/);
  });
});
