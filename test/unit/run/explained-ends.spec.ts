import assert from "node:assert/strict";
import type { Task, TaskDefinition } from "@aws-sdk/client-ecs";
import { readState } from "../../../src/provider/read-state";
import { startRun } from "../../../src/run/start-run";
import { updateRun } from "../../../src/run/update-run";
import type { TaskInputs } from "../../../src/inputs/task-inputs";
import { TASK_ARN } from "../../support/builders";
import { told } from "../../support/told";
import { scriptedPorts } from "../../support/scripted-ports";
import { ScriptedEcs } from "../../support/scripted-ecs";

const RUN = { identity: "IDENTITY1234", life: "life", generation: 1 };
const DEFINITION_ARN = "arn:aws:ecs:eu-central-1:123456789012:task-definition/app:1";
const ARNS = ["a", "b", "c"].map((last) => TASK_ARN.slice(0, -1) + last);

/** Runs as many tasks as there are answers for, each of which is shown as `describe` says. */
async function run(
  inputs: Partial<TaskInputs>,
  describe: ScriptedEcs["describe"],
  definition?: TaskDefinition,
) {
  const ecs = new ScriptedEcs();
  const tasks = ARNS.slice(0, inputs.count ?? 1).map((taskArn): Task => ({
    taskArn,
    taskDefinitionArn: DEFINITION_ARN,
    lastStatus: "PENDING",
  }));
  ecs.runTaskAnswers = [{ tasks, failures: [] }];
  ecs.describe = describe;
  if (definition) ecs.describeTaskDefinition = () => Promise.resolve(definition);
  const written: TaskInputs = { taskDefinition: "app:1", cluster: "prod", ...inputs };
  const report = await startRun(scriptedPorts(ecs), { inputs: written, run: RUN });
  return { ecs, state: report.state, problem: told(report) };
}

const exited = (exitCode: number, over: Partial<Task> = {}): Task => ({
  taskDefinitionArn: DEFINITION_ARN,
  lastStatus: "STOPPED",
  stopCode: "EssentialContainerExited",
  containers: [{ name: "app", lastStatus: "STOPPED", runtimeId: "r", exitCode }],
  ...over,
});

const WITH_INIT = {
  containerDefinitions: [
    { name: "app", dependsOn: [{ containerName: "init", condition: "SUCCESS" as const }] },
    { name: "init", essential: false },
  ],
};

const INIT_FAILED = exited(0, {
  containers: [
    { name: "app", lastStatus: "STOPPED" },
    { name: "init", lastStatus: "STOPPED", runtimeId: "r", exitCode: 7 },
  ],
});

describe("the end of a run", () => {
  it("of several tasks that failed alike is told once", async () => {
    const { state, problem } = await run({ count: 3 }, () => exited(9));

    assert.equal(state.failure, '3 of 3 tasks: container "app" exited with code 9');
    assert.match(problem, /^3 of 3 tasks failed: container "app" exited with code 9$/m);
  });

  it("that we brought about is recorded with why we did it, and not with how the task ended then", async () => {
    const ecs = { stopped: false };
    const running: Task = {
      ...exited(0),
      lastStatus: "RUNNING",
      containers: [{ name: "app", lastStatus: "RUNNING" }],
    };
    delete running.stopCode;

    const { state, problem } = await run({ timeoutSeconds: 60, onTimeout: "STOP" }, (_arn, nth) => {
      ecs.stopped = nth > 70;
      return ecs.stopped ? exited(137, { stopCode: "UserInitiated" }) : running;
    });

    assert.equal(state.failure, "stopped after 60 s, as onTimeout says");
    assert.match(
      problem,
      /^Stopped after 60 s, as onTimeout says, last seen RUNNING \("app" is RUNNING\); task/,
    );
    assert.match(problem, /What to do \(TIMED_OUT\)/);
  });

  it("names an init container that failed, which decides nothing, first", async () => {
    const { state, problem } = await run({}, () => INIT_FAILED, WITH_INIT);

    assert.equal(
      state.failure,
      'container "init" exited with code 7, container "app" was not started, because it waited for "init" to be SUCCESS',
    );
    assert.match(problem, /^Task \w+ failed: container "init" exited with code 7\n/);
    assert.match(problem, /log lines of container "init"/);
    assert.match(problem, /What to do \(CONTAINER_FAILED\)/);
  });

  it("names that init container as well when the record alone is judged again", async () => {
    const { ecs, state } = await run({}, () => INIT_FAILED, WITH_INIT);
    const recorded = readState("id", JSON.parse(JSON.stringify(state)) as object);
    const news = { taskDefinition: "app:1", cluster: "prod", successExitCodes: [0, 3] };
    const calls = ecs.describes.length;

    const again = await updateRun(scriptedPorts(ecs), recorded, news);

    assert.deepStrictEqual([again.state.failure, again.state.phase], [state.failure, "FAILED"]);
    assert.match(told(again), /^Task \w+ failed: container "init" exited with code 7\n/);
    assert.deepStrictEqual([ecs.launches.length, ecs.describes.length], [1, calls]);
    assert.deepStrictEqual(again.state.dependencies, state.dependencies);
  });

  it("shows the last log lines as well when the record alone is judged again", async () => {
    const options = {
      "awslogs-group": "/shop",
      "awslogs-region": "eu-central-1",
      "awslogs-stream-prefix": "ecs",
    };
    const logged: TaskDefinition = {
      containerDefinitions: [{ name: "app", logConfiguration: { logDriver: "awslogs", options } }],
    };
    const { ecs, state } = await run({}, () => exited(0), logged);
    const recorded = readState("id", JSON.parse(JSON.stringify(state)) as object);
    const ports = scriptedPorts(ecs);
    const logs = { ...ports.logs, lastLines: () => Promise.resolve(["it went wrong"]) };
    const news = { taskDefinition: "app:1", cluster: "prod", successExitCodes: [5] };

    const again = await updateRun({ ...ports, logs }, recorded, news);

    assert.match(told(again), /last log line of container "app":\n +\| it went wrong\n/);
  });

  it("records who waited for whom only where that kept a container from starting", async () => {
    const failed = await run({}, () => INIT_FAILED, WITH_INIT);
    const otherwise = await run({}, () => exited(3), WITH_INIT);

    assert.deepStrictEqual(failed.state.dependencies, [
      { container: "app", on: "init", condition: "SUCCESS" },
    ]);
    assert.ok(!("dependencies" in otherwise.state));
  });

  for (const timeoutSeconds of [3600, 60])
    it(`says of a task that ECS never showed that it was accepted, in at most ${timeoutSeconds} s`, async () => {
      const { state, problem } = await run({ timeoutSeconds }, () => undefined);

      assert.deepStrictEqual([state.phase, state.failure], ["UNKNOWN", "ECS never showed its task"]);
      assert.match(
        problem,
        /^ECS accepted task \w+, and has not shown it since: [^.]* nobody can say whether it ran\./,
      );
      assert.match(problem, / Find out by its logs or its effects .* `pulumi up` again: /);
      assert.doesNotMatch(problem, /vanished|any more/);
    });

  it("says of a task that was seen before that it vanished", async () => {
    const running = { ...exited(0), lastStatus: "RUNNING" };

    const { state, problem } = await run({}, (_arn, nth) => (nth < 3 ? running : undefined));

    assert.deepStrictEqual([state.phase, state.failure], ["UNKNOWN", "ECS does not know its task any more"]);
    assert.match(problem, /^Task \w+ vanished: ECS does not know it any more/);
  });

  it("names of several tasks the one that was never shown", async () => {
    const { problem } = await run({ count: 2 }, (arn) => (arn === ARNS[1] ? undefined : exited(0)));

    assert.match(problem, /^ECS accepted task 0123456789abcdef0123456789abcdeb, /);
  });

  it("that is not waited for any longer tells who waits for whom", async () => {
    const dependsOn = [{ containerName: "db", condition: "HEALTHY" as const }];
    const definition = { containerDefinitions: [{ name: "app", dependsOn }, { name: "db" }] };
    const containers = [
      { name: "app", lastStatus: "PENDING" },
      { name: "db", lastStatus: "RUNNING", runtimeId: "r", healthStatus: "UNHEALTHY" as const },
    ];
    const pending = { ...exited(0, { containers }), lastStatus: "PENDING" };

    const { problem } = await run({ timeoutSeconds: 60 }, () => pending, definition);

    assert.match(
      problem,
      /after 60 s: last status PENDING \(container "app" waits for "db" \(RUNNING, UNHEALTHY\) to be HEALTHY\)\./,
    );
  });
});
