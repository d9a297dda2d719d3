import assert from "node:assert/strict";
import fc from "fast-check";
import { decisiveDependencies, dependenciesIn } from "../../../src/outcome/container-dependencies";
import { judgeOutcome } from "../../../src/outcome/judge-outcome";
import type { ContainerRecord } from "../../../src/outcome/task-record";
import { container, neverStarted, runningTask, stoppedTask } from "../../support/builders";

describe("dependenciesIn", () => {
  it("reads who waits for whom, START where no condition is said", () => {
    const dependsOn = [
      { containerName: "init", condition: "SUCCESS" as const },
      { containerName: "db", condition: undefined },
    ];

    assert.deepStrictEqual(
      dependenciesIn({ containerDefinitions: [{ name: "app", dependsOn }, { name: "db" }] }),
      [
        { container: "app", on: "init", condition: "SUCCESS" },
        { container: "app", on: "db", condition: "START" },
      ],
    );
  });

  it("knows none where the task definition could not be read, and none by a name that is not there", () => {
    assert.deepStrictEqual(dependenciesIn(undefined), []);
    assert.deepStrictEqual(dependenciesIn({}), []);
    const nameless = { dependsOn: [{ containerName: undefined, condition: undefined }] };
    assert.deepStrictEqual(dependenciesIn({ containerDefinitions: [nameless] }), [
      { container: "", on: "", condition: "START" },
    ]);
  });
});

const NAMES = ["app", "init", "db", "agent"];

/** What can become of a container. */
const ends = fc.constantFrom<Partial<ContainerRecord>>(
  {},
  { reason: "CannotPullContainerError: …" },
  { runtimeId: "r", exitCode: 0 },
  { runtimeId: "r", exitCode: 7 },
  { runtimeId: "r", exitCode: 137, healthStatus: "UNHEALTHY" },
  { runtimeId: "r", healthStatus: "UNHEALTHY" },
);

const anyTask = fc
  .tuple(fc.boolean(), ...NAMES.map(() => ends))
  .map(([isStopped, ...all]) =>
    (isStopped ? stoppedTask : (containers: ContainerRecord[]) => runningTask({ containers }))(
      all.map((end, index) => ({ name: NAMES[index] ?? "", ...end })),
    ),
  );

const anyDependency = fc.record({
  container: fc.constantFrom(...NAMES),
  on: fc.constantFrom(...NAMES, "gone"),
  condition: fc.constantFrom("START", "COMPLETE", "SUCCESS", "HEALTHY"),
});

describe("decisiveDependencies", () => {
  const dependencies = [
    { container: "app", on: "init", condition: "SUCCESS" },
    { container: "agent", on: "db", condition: "START" },
  ];

  it("are those of a container that was never started, because what it waited for failed", () => {
    const tasks = [stoppedTask([neverStarted(), container({ name: "init", exitCode: 7 })])];

    assert.deepStrictEqual(decisiveDependencies(tasks, dependencies), dependencies.slice(0, 1));
  });

  it("are none of a task that still runs, and none where all came about", () => {
    const containers = [neverStarted(), container({ name: "init", exitCode: 7 })];
    const wellEnded = stoppedTask([container(), container({ name: "init" })]);

    assert.deepStrictEqual(decisiveDependencies([runningTask({ containers }), wellEnded], dependencies), []);
  });

  it("judge tasks as all dependencies do, whatever counts as success", () => {
    fc.assert(
      fc.property(
        fc.array(anyTask, { minLength: 1, maxLength: 3 }),
        fc.array(anyDependency, { maxLength: 6 }),
        fc.subarray(NAMES, { minLength: 1 }),
        (tasks, all, decidingContainers) => {
          const expectation = { decidingContainers, successExitCodes: [0, 7] };
          const decisive = decisiveDependencies(tasks, all);

          assert.deepStrictEqual(
            judgeOutcome(tasks, { ...expectation, dependencies: decisive }),
            judgeOutcome(tasks, { ...expectation, dependencies: all }),
          );
          // Recorded once more, they stay as they are.
          assert.deepStrictEqual(decisiveDependencies(tasks, decisive), decisive);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
