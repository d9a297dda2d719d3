import assert from "node:assert/strict";
import { EcsApiError } from "../../../src/ecs/ecs-gateway";
import { EcsTaskError } from "../../../src/errors";
import { launch, type Launch, type LaunchOrder } from "../../../src/run/launch";
import { normaliseInputs } from "../../../src/task/normalise-inputs";
import type { TaskInputs } from "../../../src/task/task-inputs";
import { TASK_ARN } from "../../support/builders";
import { ScriptedEcs } from "../../support/scripted-ecs";
import { scriptedPorts } from "../../support/scripted-ports";

const started = { tasks: [{ taskArn: TASK_ARN, lastStatus: "PROVISIONING" }], failures: [] };
const noMemory = {
  arn: "arn:aws:ecs:r:1:container-instance/i",
  reason: "RESOURCE:MEMORY",
  detail: "asked 512",
};

async function launchWith(
  answers: ScriptedEcs["runTaskAnswers"],
  inputs: Partial<TaskInputs> = {},
  lookAgain: LaunchOrder["lookAgain"] = () => Promise.resolve([]),
) {
  const ecs = new ScriptedEcs();
  ecs.runTaskAnswers = answers;
  const ports = scriptedPorts(ecs);
  const run = { identity: "i", life: "l", generation: 1 };
  const normal = normaliseInputs({ taskDefinition: "app:1", ...inputs });
  const result = await launch(ports, {
    inputs: normal,
    run,
    marker: "pulumi-i-1-x",
    redact: (text) => text,
    adopted: [],
    firstAttempt: 0,
    lookAgain,
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
    const { ports, result } = await launchWith(["broken", "unreachable"]);

    assert.ok(!(result instanceof Error));
    assert.equal(result.kind, "unknown");
    assert.ok(ports.clock.nowMs() <= 60_000);
  });

  it("knows that nothing was started when no call arrived", async () => {
    const { result } = await launchWith(["unreachable"]);

    assert.ok(result instanceof EcsTaskError);
    assert.equal(result.code, "API_FAILED");
    assert.match(result.message, /Check the network, the region and the endpoint\. Nothing was started\.$/);
  });

  it("does not know when ECS refuses to repeat what it may have accepted", async () => {
    const { result } = await launchWith(["broken", "denied"]);

    assert.ok(!(result instanceof Error));
    assert.equal(result.kind, "unknown");
  });

  it("takes the tasks that its token has started, also while ECS does not show them", async () => {
    const conflict = new EcsApiError("RunTask", "rejected", "ConflictException", "other parameters", {
      resourceIds: [TASK_ARN],
    });

    const { ecs, result } = await launchWith([conflict]);

    assert.ok(!(result instanceof Error) && result.kind === "launched");
    assert.deepStrictEqual(
      result.tasks.map(({ taskArn }) => taskArn),
      [TASK_ARN],
    );
    assert.equal(ecs.launches.length, 1);
  });

  it("asks StartTask, which knows no token, again only after a look that shows that nothing runs", async () => {
    const inputs = { containerInstances: ["i"] };
    const blind = await launchWith(["broken", started], inputs, () => Promise.resolve(undefined));
    const lost = await launchWith(["broken", started], inputs, () =>
      Promise.reject(new EcsApiError("ListTasks", "broken", "ServerException", "later")),
    );
    const seen = await launchWith(["broken", started], inputs);

    for (const { ecs, result } of [blind, lost]) {
      assert.ok(!(result instanceof Error));
      assert.deepStrictEqual([result.kind, ecs.starts], ["unknown", 1]);
    }
    assert.ok(!(seen.result instanceof Error));
    assert.deepStrictEqual([seen.result.kind, seen.ecs.starts], ["launched", 2]);
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

  it("has words for an answer that holds neither task nor failure", async () => {
    const { result } = await launchWith([{ tasks: [], failures: [] }]);

    assert.match((result as Error).message, /it gave neither a task nor a reason/);
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
