import assert from "node:assert/strict";
import { isStopped, isStopping, taskRecord } from "../../../src/task/task-record";
import { runningTask } from "../../support/builders";

const asIs = (text: string) => text;

describe("the record of a task", () => {
  it("holds what ECS said, with times in ISO 8601 and containers in the order of their names", () => {
    const record = taskRecord(
      {
        taskArn: "t",
        taskDefinitionArn: "d",
        clusterArn: "c",
        lastStatus: "STOPPED",
        createdAt: new Date(0),
        containers: [{ name: "b", exitCode: 0 }, { name: "a" }],
      },
      asIs,
    );

    assert.deepStrictEqual(record, {
      taskArn: "t",
      taskDefinitionArn: "d",
      clusterArn: "c",
      lastStatus: "STOPPED",
      createdAt: "1970-01-01T00:00:00.000Z",
      containers: [{ name: "a" }, { name: "b", exitCode: 0 }],
    });
  });

  it("leaves out what ECS says with empty strings, and times that are none", () => {
    const record = taskRecord(
      { taskArn: "t", stopCode: "" as never, stoppedReason: "", startedAt: new Date(NaN) },
      asIs,
    );

    assert.deepStrictEqual(record, { taskArn: "t", lastStatus: "UNKNOWN", containers: [] });
  });

  it("redacts what people and containers wrote, and nothing else", () => {
    const record = taskRecord(
      {
        group: "secret",
        stoppedReason: "a secret",
        containers: [{ image: "secret", reason: "the secret" }],
      },
      (text) => text.replace("secret", "[NAME]"),
    );

    assert.equal(record.group, "secret");
    assert.equal(record.stoppedReason, "a [NAME]");
    assert.deepStrictEqual(record.containers, [{ image: "secret", reason: "the [NAME]" }]);
  });
});

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
