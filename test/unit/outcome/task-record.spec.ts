import assert from "node:assert/strict";
import { isStopped, isStopping } from "../../../src/outcome/task-record";
import { runningTask } from "../../support/builders";

describe("a task's status", () => {
  it("is stopped as STOPPED, and as DELETED, which DescribeTasks may show in its place", () => {
    const stopped = ["RUNNING", "DEPROVISIONING", "STOPPED", "DELETED"].filter((lastStatus) =>
      isStopped(runningTask({ lastStatus })),
    );

    assert.deepStrictEqual(stopped, ["STOPPED", "DELETED"]);
  });

  it("is on its way out when it was told to stop, or is past RUNNING", () => {
    assert.equal(isStopping(runningTask()), false);
    assert.equal(isStopping(runningTask({ desiredStatus: "STOPPED" })), true);
    for (const lastStatus of ["DEACTIVATING", "STOPPING", "DEPROVISIONING"])
      assert.equal(isStopping(runningTask({ lastStatus })), true);
  });
});
