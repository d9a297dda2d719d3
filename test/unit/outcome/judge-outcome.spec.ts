import assert from "node:assert/strict";
import { judgeOutcome, type Expectation } from "../../../src/outcome/judge-outcome";
import type { Dependency } from "../../../src/outcome/container-dependencies";
import type { ContainerRecord, TaskRecord } from "../../../src/outcome/task-record";
import { container, neverStarted, runningTask, stoppedTask, TASK_ARN } from "../../support/builders";

interface Case {
  readonly name: string;
  readonly tasks: readonly TaskRecord[];
  readonly expectation?: Expectation;
  /** `SUCCEEDED`, `RUNNING`, or the texts of the reasons it failed for. */
  readonly judged: string | readonly string[];
}

const sidecar = container({ name: "side", exitCode: 137 });
const oom = { exitCode: 137, reason: "OutOfMemoryError: Container killed due to memory usage" };

const cases: readonly Case[] = [
  {
    name: "succeeds when the container exited with 0",
    tasks: [stoppedTask([container()])],
    judged: "SUCCEEDED",
  },
  {
    name: "fails when the container exited with another code",
    tasks: [stoppedTask([container({ exitCode: 3 })])],
    judged: ['container "app" exited with code 3'],
  },
  {
    name: "fails when a container has no exit code, whatever else is said",
    tasks: [stoppedTask([neverStarted()])],
    judged: ['container "app" did not run to its end'],
  },
  {
    name: "names each failed container",
    tasks: [stoppedTask([container({ exitCode: 1 }), container({ name: "other", exitCode: 2 })])],
    judged: ['container "app" exited with code 1', 'container "other" exited with code 2'],
  },
  {
    name: "fails when a person stopped the task, although the container exited with 0",
    tasks: [stoppedTask([container()], { stopCode: "UserInitiated" })],
    judged: ["was stopped before it ended by itself (UserInitiated)"],
  },
  {
    name: "fails when spot capacity was taken away",
    tasks: [stoppedTask([container()], { stopCode: "SpotInterruption" })],
    judged: ["was stopped before it ended by itself (SpotInterruption)"],
  },
  {
    name: "succeeds when ECS says no stop code",
    tasks: [{ ...runningTask({ lastStatus: "STOPPED" }), containers: [container()] }],
    judged: "SUCCEEDED",
  },
  {
    name: "succeeds when an essential sidecar was stopped because the work had ended well",
    tasks: [stoppedTask([container(), sidecar])],
    expectation: { decidingContainers: ["app", "side"], workContainers: ["app"] },
    judged: "SUCCEEDED",
  },
  {
    name: "fails when nobody can tell which of two essential containers ended first",
    tasks: [stoppedTask([container(), sidecar])],
    expectation: { decidingContainers: ["app", "side"] },
    judged: ['container "side" was killed (exit code 137), and nobody can tell which container ended first'],
  },
  {
    name: "fails when the work was killed because an essential sidecar had ended first",
    tasks: [stoppedTask([container({ name: "migrate", exitCode: 137 }), container({ name: "proxy" })])],
    judged: [
      'container "migrate" was killed (exit code 137), and nobody can tell which container ended first',
    ],
  },
  {
    name: "fails when a sidecar's good end got the container killed that has the work",
    tasks: [stoppedTask([container({ exitCode: 143 }), container({ name: "side" })])],
    expectation: { decidingContainers: ["app", "side"], workContainers: ["app"] },
    judged: ['container "app" exited with code 143'],
  },
  {
    name: "fails when one of two work containers was killed, whatever the other did",
    tasks: [stoppedTask([container(), sidecar])],
    expectation: { decidingContainers: ["app", "side"], workContainers: ["app", "side"] },
    judged: ['container "side" exited with code 137'],
  },
  {
    name: "forgives no sidecar while a work container failed",
    tasks: [stoppedTask([container({ exitCode: 3 }), sidecar])],
    expectation: { decidingContainers: ["app", "side"], workContainers: ["app"] },
    judged: ['container "app" exited with code 3', 'container "side" exited with code 137'],
  },
  {
    name: "forgives no sidecar where the work container is not in the task",
    tasks: [stoppedTask([container(), sidecar])],
    expectation: { decidingContainers: ["app", "side"], workContainers: ["gone"] },
    judged: ['container "side" exited with code 137'],
  },
  ...[129, 130, 131, 137, 143, -1_073_741_510, 3_221_225_786].map((exitCode): Case => ({
    name: `succeeds when an essential sidecar was stopped with code ${exitCode}`,
    tasks: [stoppedTask([container(), { ...sidecar, exitCode }])],
    expectation: { workContainers: ["app"] },
    judged: "SUCCEEDED",
  })),
  ...[1, 138, 139].map((exitCode): Case => ({
    name: `fails when an essential sidecar exited with ${exitCode}, which no stop has`,
    tasks: [stoppedTask([container(), { ...sidecar, exitCode }])],
    expectation: { workContainers: ["app"] },
    judged: [`container "side" exited with code ${exitCode}, although the work ended well`],
  })),
  ...[
    [3010, 3010],
    [-1, 4_294_967_295],
    [4_294_967_295, -1],
  ].map(([exitCode = 0, success = 0]): Case => ({
    name: `succeeds with exit code ${exitCode} where ${success} means success`,
    tasks: [stoppedTask([container({ exitCode })])],
    expectation: { successExitCodes: [0, success] },
    judged: "SUCCEEDED",
  })),
  {
    name: "fails with an exit code whose low bits alone mean success",
    tasks: [stoppedTask([container({ exitCode: 256 })])],
    judged: ['container "app" exited with code 256'],
  },
  {
    name: "succeeds when an essential sidecar never ran, and the work ended well",
    tasks: [stoppedTask([container(), neverStarted({ name: "side" })])],
    expectation: { workContainers: ["app"] },
    judged: "SUCCEEDED",
  },
  {
    name: "fails when an essential sidecar could not be started, although the work ended well",
    tasks: [stoppedTask([container(), neverStarted({ name: "side", reason: "CannotStartContainerError" })])],
    expectation: { workContainers: ["app"] },
    judged: ['container "side" did not run to its end, although the work ended well'],
  },
  {
    name: "fails when a sidecar ran and has no exit code, although the work ended well",
    tasks: [stoppedTask([container(), neverStarted({ name: "side", runtimeId: "r" })])],
    expectation: { workContainers: ["app"] },
    judged: ['container "side" did not run to its end, although the work ended well'],
  },
  {
    name: "fails when a sidecar never ran, where the work is not known",
    tasks: [stoppedTask([container(), neverStarted({ name: "side" })])],
    judged: ['container "side" did not run to its end'],
  },
  {
    name: "fails when a sidecar ended with a code of its own",
    tasks: [stoppedTask([container(), { ...sidecar, exitCode: 1 }])],
    judged: ['container "side" exited with code 1'],
  },
  {
    name: "fails when all were killed and none did the work",
    tasks: [stoppedTask([container({ exitCode: 137 }), sidecar])],
    judged: ['container "app" exited with code 137', 'container "side" exited with code 137'],
  },
  {
    name: "fails with 0 where only another exit code was said to be a success",
    tasks: [stoppedTask([container({ exitCode: 3 })]), stoppedTask([container()])],
    expectation: { successExitCodes: [3] },
    judged: ['container "app" exited with code 0'],
  },
  {
    name: "succeeds when the image is the expected one",
    tasks: [stoppedTask([container({ imageDigest: "sha256:1" })])],
    expectation: { expectedImageDigests: { app: "sha256:1" } },
    judged: "SUCCEEDED",
  },
  {
    name: "fails when another image ran, whatever its exit code",
    tasks: [stoppedTask([container({ imageDigest: "sha256:2" }), container({ name: "side" })])],
    expectation: { expectedImageDigests: { app: "sha256:1", side: "sha256:3", gone: "sha256:4" } },
    judged: [
      'container "app" ran image sha256:2, expected was sha256:1',
      'container "side" ran an image of unknown digest, expected was sha256:3',
      'container "gone" ran an image of unknown digest, expected was sha256:4',
    ],
  },
  {
    name: "names the containers and leaves out what stopped the task, where containers failed",
    tasks: [stoppedTask([container({ exitCode: 137 })], { stopCode: "UserInitiated" })],
    judged: ['container "app" exited with code 137'],
  },
  {
    name: "fails when a sidecar ran out of memory",
    tasks: [stoppedTask([container(), { ...sidecar, ...oom }])],
    judged: ['container "side" exited with code 137'],
  },
  {
    name: "names the culprit before containers that were killed because of it",
    tasks: [
      stoppedTask([
        container({ name: "agent", exitCode: 143 }),
        container({ name: "app", exitCode: 137 }),
        container({ name: "migrate", exitCode: 1 }),
      ]),
    ],
    expectation: { workContainers: ["app"] },
    judged: [
      'container "migrate" exited with code 1',
      'container "app" exited with code 137',
      'container "agent" exited with code 143',
    ],
  },
  {
    name: "names a container that has the work before others that failed as it did",
    tasks: [
      stoppedTask([
        container({ name: "agent", exitCode: 1 }),
        container({ name: "migrate", exitCode: 1 }),
        neverStarted({ name: "web" }),
      ]),
    ],
    expectation: { workContainers: ["migrate", "web"] },
    judged: [
      'container "migrate" exited with code 1',
      'container "agent" exited with code 1',
      'container "web" did not run to its end',
    ],
  },
  {
    name: "names the culprit first in whichever of several tasks it is",
    tasks: [stoppedTask([container({ exitCode: 137 })]), stoppedTask([container({ exitCode: 3 })])],
    judged: ['container "app" exited with code 3', 'container "app" exited with code 137'],
  },
  {
    name: "ignores a container that is not essential",
    tasks: [stoppedTask([container(), container({ name: "side", exitCode: 1 })])],
    expectation: { decidingContainers: ["app"] },
    judged: "SUCCEEDED",
  },
  {
    name: "fails when none of the deciding containers is in the task",
    tasks: [stoppedTask([container()])],
    expectation: { decidingContainers: ["gone"] },
    judged: ["stopped without a container that could decide"],
  },
  { name: "is undecided while the task runs", tasks: [runningTask()], judged: "RUNNING" },
  {
    name: "is undecided while one of two tasks runs and the other ended well",
    tasks: [stoppedTask([container()]), runningTask()],
    judged: "RUNNING",
  },
  {
    name: "fails as soon as one of two tasks has failed",
    tasks: [stoppedTask([container({ exitCode: 1 })]), runningTask()],
    judged: ['container "app" exited with code 1'],
  },
  {
    name: "takes DELETED for stopped, as DescribeTasks may show it",
    tasks: [stoppedTask([container()], { lastStatus: "DELETED" })],
    judged: "SUCCEEDED",
  },
];

const dependsOn = (container: string, on: string, condition: string) => ({ container, on, condition });

/** A task whose deciding container "app" never ran, and what became of those that it waited for. */
const waiting: readonly {
  readonly name: string;
  readonly others: readonly ContainerRecord[];
  readonly dependencies: readonly Dependency[];
  readonly culprit?: string;
}[] = [
  {
    name: "an init container that had to succeed",
    others: [container({ name: "init", exitCode: 7 })],
    dependencies: [dependsOn("app", "init", "SUCCESS")],
    culprit: 'container "init" exited with code 7',
  },
  {
    name: "an init container that could not be started",
    others: [neverStarted({ name: "init", reason: "CannotPullContainerError: …" })],
    dependencies: [dependsOn("app", "init", "COMPLETE")],
    culprit: 'container "init" did not run to its end',
  },
  {
    name: "an init container that had to succeed and could not be started",
    others: [neverStarted({ name: "init", reason: "CannotPullContainerError: …" })],
    dependencies: [dependsOn("app", "init", "SUCCESS")],
    culprit: 'container "init" did not run to its end',
  },
  {
    name: "a database that was never healthy",
    others: [container({ name: "db", exitCode: 137, healthStatus: "UNHEALTHY" })],
    dependencies: [dependsOn("app", "db", "HEALTHY")],
    culprit: 'container "db" did not become healthy (exit code 137)',
  },
  {
    name: "a database that is unhealthy still",
    others: [{ name: "db", healthStatus: "UNHEALTHY", runtimeId: "r" }],
    dependencies: [dependsOn("app", "db", "HEALTHY")],
    culprit: 'container "db" did not become healthy',
  },
  {
    name: "the first of a row of containers, each of which waited for the one before",
    others: [container({ name: "a", exitCode: 2 }), neverStarted({ name: "b" })],
    dependencies: [dependsOn("app", "b", "COMPLETE"), dependsOn("b", "a", "SUCCESS")],
    culprit: 'container "a" exited with code 2',
  },
  {
    name: "nobody where those that were waited for never ran either",
    others: [neverStarted({ name: "init" }), neverStarted({ name: "db" })],
    dependencies: [
      dependsOn("app", "init", "SUCCESS"),
      dependsOn("app", "db", "HEALTHY"),
      dependsOn("init", "app", "START"),
    ],
  },
  {
    name: "nobody where what was waited for came about, or is not in the task",
    others: [container({ name: "init", exitCode: 3 })],
    dependencies: [dependsOn("app", "init", "COMPLETE"), dependsOn("app", "gone", "SUCCESS")],
  },
];

describe("judgeOutcome, of a container that was never started", () => {
  for (const { name, others, dependencies, culprit } of waiting) {
    it(`names ${name}`, () => {
      const tasks = [stoppedTask([neverStarted(), ...others])];

      const outcome = judgeOutcome(tasks, { decidingContainers: ["app"], dependencies });

      assert.ok(outcome.kind === "FAILED");
      const [first, last] = outcome.reasons.map(({ text }) => text);
      assert.equal(first, culprit ?? 'container "app" did not run to its end');
      if (culprit)
        assert.match(last ?? "", /^container "app" was not started, because it waited for "\w+" to be/);
    });
  }

  it("names the one it waited for, though the agent gives the exit code 143 to a container that it never started", () => {
    const reason =
      "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [init] for target [app] as dependency did not exit successfully.";
    const containers = [neverStarted({ exitCode: 143, reason }), container({ name: "init", exitCode: 7 })];
    const dependencies = [dependsOn("app", "init", "SUCCESS")];

    const outcome = judgeOutcome([stoppedTask(containers)], { decidingContainers: ["app"], dependencies });

    assert.deepStrictEqual(outcome.kind === "FAILED" && outcome.reasons.map(({ text }) => text), [
      'container "init" exited with code 7',
      'container "app" was not started, because it waited for "init" to be SUCCESS',
    ]);
  });

  it("names it behind what was killed, also when ECS gives a reason why it was not started", () => {
    const reason = "Container app was not started because of a failed dependency";
    const containers = [
      neverStarted({ reason }),
      container({ name: "agent", exitCode: 143 }),
      container({ name: "init", exitCode: 7 }),
    ];
    const dependencies = [dependsOn("app", "init", "SUCCESS")];

    const outcome = judgeOutcome([stoppedTask(containers)], { dependencies, workContainers: ["app"] });

    assert.deepStrictEqual(
      outcome.kind === "FAILED" && outcome.reasons.map(({ container: failed }) => failed?.name),
      ["init", "agent", "app"],
    );
  });

  it("names a culprit that decides itself once only, and before what has nothing to do with it", () => {
    const containers = [
      container({ name: "agent", exitCode: 143 }),
      neverStarted(),
      container({ name: "init", exitCode: 7 }),
    ];
    const dependencies = [dependsOn("app", "init", "SUCCESS"), dependsOn("agent", "init", "START")];

    const outcome = judgeOutcome([stoppedTask(containers)], { dependencies, workContainers: ["app"] });

    assert.deepStrictEqual(outcome.kind === "FAILED" && outcome.reasons.map(({ text }) => text), [
      'container "init" exited with code 7',
      'container "agent" exited with code 143',
      'container "app" was not started, because it waited for "init" to be SUCCESS',
    ]);
  });
});

describe("judgeOutcome", () => {
  for (const { name, tasks, expectation = {}, judged } of cases) {
    it(name, () => {
      const outcome = judgeOutcome(tasks, expectation);

      assert.deepStrictEqual(
        outcome.kind === "FAILED" ? outcome.reasons.map(({ text }) => text) : outcome.kind,
        judged,
      );
    });
  }

  it("tells a container that nobody can judge from a sidecar that failed by itself", () => {
    const codeOf = (exitCode: number, workContainers?: readonly string[]) => {
      const tasks = [stoppedTask([container(), container({ name: "side", exitCode })])];
      const outcome = judgeOutcome(tasks, { workContainers });
      return outcome.kind === "FAILED" && outcome.reasons.map(({ code }) => code);
    };

    assert.deepStrictEqual(codeOf(137), ["WORK_UNKNOWN"]);
    assert.deepStrictEqual(codeOf(3, ["app"]), ["SIDECAR_FAILED"]);
    assert.deepStrictEqual(codeOf(3), [undefined]);
  });

  it("points at the task, the container and the kind of what it found itself", () => {
    const app = container({ exitCode: 1, imageDigest: "sha256:2" });
    const outcome = judgeOutcome([stoppedTask([app])], { expectedImageDigests: { app: "sha256:1" } });

    assert.deepStrictEqual(outcome.kind === "FAILED" && outcome.reasons, [
      { taskArn: TASK_ARN, container: app, text: 'container "app" exited with code 1' },
      {
        taskArn: TASK_ARN,
        text: 'container "app" ran image sha256:2, expected was sha256:1',
        code: "WRONG_IMAGE",
      },
    ]);
  });
});
