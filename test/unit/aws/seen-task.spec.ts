import assert from "node:assert/strict";
import { seenTask } from "../../../src/aws/seen-task";

const OVERRIDES = {
  containerOverrides: [
    { name: "app", command: ["migrate"], environment: [] },
    { name: "side", environmentFiles: [] },
  ],
  inferenceAcceleratorOverrides: [],
};

describe("the record of a task", () => {
  it("holds what ECS said, with times in ISO 8601 and containers in the order of their names", () => {
    const record = seenTask({
      taskArn: "t",
      taskDefinitionArn: "d",
      clusterArn: "c",
      lastStatus: "STOPPED",
      createdAt: new Date(0),
      containers: [{ name: "b", exitCode: 0 }, { name: "a" }],
    }).record;

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
    const record = seenTask({
      taskArn: "t",
      stopCode: "" as never,
      stoppedReason: "",
      startedAt: new Date(NaN),
    }).record;

    assert.deepStrictEqual(record, { taskArn: "t", lastStatus: "UNKNOWN", containers: [] });
  });
});

describe("the texts in the record of a task", () => {
  const environment = [{ name: "PASSWORD", value: "hunter22" }];

  it("are plain lines, in which a value is recognised that an escape sequence was to hide", () => {
    const reason = "::add-mask::hun\u001b[31mter22\r\n<{%reset%}>";
    const containers = [{ name: "app\u0000", reason }];
    const overrides = { containerOverrides: [{ name: "app", environment }] };

    const record = seenTask({ overrides, stoppedReason: reason, containers }).record;

    const plain = "::add-mask::[PASSWORD] <{ %reset%}>";
    assert.equal(record.stoppedReason, plain);
    assert.deepStrictEqual(record.containers, [{ name: "app", reason: plain }]);
  });

  it("show no value of the task's own overrides, whatever the inputs are now", () => {
    const overrides = { containerOverrides: [{ name: "app", environment }] };
    const containers = [{ name: "app", reason: "no hunter22" }];

    const record = seenTask({ overrides, stoppedReason: "not hunter22", containers }).record;

    assert.equal(record.stoppedReason, "not [PASSWORD]");
    assert.equal(record.containers[0]?.reason, "no [PASSWORD]");
  });
});

describe("the overrides of a task", () => {
  it("are in the form of the inputs, without ECS's empty lists", () => {
    assert.deepStrictEqual(
      seenTask({ overrides: { ...OVERRIDES, ephemeralStorage: { sizeInGiB: 50 } } }).overrides,
      {
        containerOverrides: [{ name: "app", command: ["migrate"] }, { name: "side" }],
        ephemeralStorage: { sizeInGib: 50 },
      },
    );
    assert.equal(seenTask({}).overrides, undefined);
  });
});
