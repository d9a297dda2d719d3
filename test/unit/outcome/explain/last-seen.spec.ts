import assert from "node:assert/strict";
import { lastSeenText } from "../../../../src/outcome/explain/last-seen";
import { container, neverStarted, runningTask } from "../../../support/builders";

const db = { name: "db", lastStatus: "RUNNING", runtimeId: "r", healthStatus: "UNHEALTHY" };
const app = neverStarted({ lastStatus: "PENDING" });
const task = runningTask({ lastStatus: "PENDING", containers: [app, db] });

describe("where tasks were last seen", () => {
  it("is told with who waits for whom", () => {
    const dependsOn = [{ containerName: "db", condition: "HEALTHY" as const }];

    assert.equal(
      lastSeenText([task], { containerDefinitions: [{ name: "app", dependsOn }, { name: "db" }] }),
      'PENDING (container "app" waits for "db" (RUNNING, UNHEALTHY) to be HEALTHY)',
    );
  });

  it("is told with all that is seen of the containers where nobody waits, or nobody knows who", () => {
    const containers = [container({ healthStatus: "UNKNOWN" }), db];

    assert.equal(
      lastSeenText([runningTask({ containers })], undefined),
      'RUNNING ("app" is STOPPED, exit code 0, "db" is RUNNING, UNHEALTHY)',
    );
    assert.equal(lastSeenText([runningTask()], undefined), "RUNNING");
  });

  it("is told once of several tasks of which the same was seen", () => {
    const tasks = [runningTask(), { ...runningTask(), taskArn: "2" }, task];

    assert.equal(
      lastSeenText(tasks, undefined),
      '2 of 3 tasks RUNNING; 1 of 3 tasks PENDING ("app" is PENDING, "db" is RUNNING, UNHEALTHY)',
    );
  });
});
