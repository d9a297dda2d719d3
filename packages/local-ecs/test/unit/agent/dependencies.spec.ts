import assert from "node:assert/strict";
import fc from "fast-check";
import {
  resolveAll,
  resolveDependency,
  type Dependency,
  type DependencyState,
  type Resolution,
} from "../../../src/agent/dependencies";

const pending: DependencyState = {
  status: "PENDING",
  exitCode: undefined,
  isHealthy: false,
  isLate: false,
  hasNotStarted: false,
};
const running: DependencyState = { ...pending, status: "RUNNING" };
const ended = (exitCode: number): DependencyState => ({ ...pending, status: "STOPPED", exitCode });
const resolve = (condition: Dependency["condition"], state: DependencyState | undefined) => {
  const resolution = resolveDependency("app", { containerName: "db", condition }, state);
  return typeof resolution === "string" ? resolution : "impossible";
};

describe("resolveDependency", () => {
  const states = {
    pending,
    running,
    healthy: { ...running, isHealthy: true },
    late: { ...running, isLate: true },
    "ended well": ended(0),
    "ended badly": ended(1),
    "never started": { ...pending, status: "STOPPED" as const, hasNotStarted: true },
    absent: undefined,
  };
  const table: Record<keyof typeof states, readonly string[]> = {
    //             START         COMPLETE      SUCCESS       HEALTHY
    pending: ["waiting", "waiting", "waiting", "waiting"],
    running: ["met", "waiting", "waiting", "waiting"],
    healthy: ["met", "waiting", "waiting", "met"],
    late: ["met", "impossible", "impossible", "impossible"],
    "ended well": ["met", "met", "met", "waiting"],
    "ended badly": ["met", "met", "impossible", "waiting"],
    "never started": ["impossible", "impossible", "impossible", "impossible"],
    absent: ["impossible", "impossible", "impossible", "impossible"],
  };
  for (const [name, expected] of Object.entries(table))
    it(`knows what a dependency that is ${name} means for START, COMPLETE, SUCCESS and HEALTHY`, () => {
      const state = states[name as keyof typeof states];

      assert.deepEqual(
        (["START", "COMPLETE", "SUCCESS", "HEALTHY"] as const).map((condition) => resolve(condition, state)),
        expected,
      );
    });
});

describe("resolveAll", () => {
  it("is met when all are, and impossible when one is, in whatever order they come", () => {
    const one = fc.constantFrom<Resolution>("met", "waiting", { impossible: "never" });
    fc.assert(
      fc.property(fc.array(one), (resolutions) => {
        const all = resolveAll(resolutions);
        const isImpossible = resolutions.some((resolution) => typeof resolution === "object");
        assert.equal(typeof all === "object", isImpossible);
        assert.equal(
          all === "met",
          resolutions.every((resolution) => resolution === "met"),
        );
        assert.deepEqual(all, resolveAll(resolutions.toReversed()));
      }),
    );
  });
});
