import assert from "node:assert/strict";
import { redactor } from "../../../src/task/redact";
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

describe("the texts in the record of a task", () => {
  const environment = [{ name: "PASSWORD", value: "hunter22" }];

  it("are plain lines, in which a value is recognised that an escape sequence was to hide", () => {
    const reason = "::add-mask::hun\u001b[31mter22\r\n<{%reset%}>";
    const containers = [{ name: "app\u0000", reason }];
    const overrides = { containerOverrides: [{ name: "app", environment }] };

    const record = taskRecord({ stoppedReason: reason, containers }, redactor({ overrides }));

    const plain = "::add-mask::[PASSWORD] <{ %reset%}>";
    assert.equal(record.stoppedReason, plain);
    assert.deepStrictEqual(record.containers, [{ name: "app", reason: plain }]);
  });

  it("show no value of the task's own overrides, whatever the inputs are now", () => {
    const overrides = { containerOverrides: [{ name: "app", environment }] };
    const containers = [{ name: "app", reason: "no hunter22" }];

    const record = taskRecord({ overrides, stoppedReason: "not hunter22", containers }, asIs);

    assert.equal(record.stoppedReason, "not [PASSWORD]");
    assert.equal(record.containers[0]?.reason, "no [PASSWORD]");
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
