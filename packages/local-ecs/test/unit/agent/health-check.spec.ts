import assert from "node:assert/strict";
import { afterCheck, planHealthCheck, unknownHealth } from "../../../src/agent/health-check";

const plan = planHealthCheck({ healthCheck: { command: ["CMD", "ok"], retries: 2, startPeriod: 10 } })!;

/** The statuses after checks that pass (+) or fail (-), one each five seconds. */
function statuses(checks: string): readonly string[] {
  let health = unknownHealth;
  return Array.from(checks, (check, index) => {
    health = afterCheck(plan, health, { hasPassed: check === "+", ageMs: 5000 * (index + 1) });
    return health.status;
  });
}

describe("planHealthCheck", () => {
  it("runs CMD as it is and CMD-SHELL by a shell, with AWS's defaults", () => {
    assert.deepEqual(planHealthCheck({ healthCheck: { command: ["CMD", "curl", "-f", "x"] } }), {
      command: ["curl", "-f", "x"],
      intervalMs: 30_000,
      timeoutMs: 5000,
      retries: 3,
      startPeriodMs: 0,
    });
    assert.deepEqual(planHealthCheck({ healthCheck: { command: ["CMD-SHELL", "a || b"] } })!.command, [
      "sh",
      "-c",
      "a || b",
    ]);
  });

  it("is none without a command", () => {
    assert.equal(planHealthCheck({}), undefined);
    assert.equal(planHealthCheck({ healthCheck: { command: ["NONE"] } }), undefined);
  });
});

describe("afterCheck", () => {
  it("counts no failure in the start period, and then as many in a row as there are retries", () => {
    assert.deepEqual(statuses("---"), ["UNKNOWN", "UNKNOWN", "UNHEALTHY"]);
  });

  it("ends the start period with the first success", () => {
    assert.deepEqual(statuses("+--"), ["HEALTHY", "HEALTHY", "UNHEALTHY"]);
  });

  it("begins to count anew after a success, and forgives", () => {
    assert.deepEqual(statuses("+-+--+"), [
      "HEALTHY",
      "HEALTHY",
      "HEALTHY",
      "HEALTHY",
      "UNHEALTHY",
      "HEALTHY",
    ]);
  });
});
