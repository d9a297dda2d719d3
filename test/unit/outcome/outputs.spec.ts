import assert from "node:assert/strict";
import { seenTask } from "../../../src/aws/seen-task";
import { projectOutputs } from "../../../src/outcome/outputs";
import { container, stoppedTask } from "../../support/builders";

describe("projectOutputs", () => {
  it("maps containers to their digests, whatever order ECS gave them in, and leaves out what it did not say", () => {
    const task = seenTask({
      taskArn: "arn",
      containers: [
        { name: "side", image: "side:1" },
        { name: "app", image: "app:1", imageDigest: "sha256:a", exitCode: 0 },
      ],
    }).record;

    const outputs = projectOutputs([task], "SUCCEEDED", {});

    assert.deepStrictEqual(outputs.imageDigests, { app: "sha256:a" });
    assert.deepStrictEqual(outputs.images, { app: "app:1", side: "side:1" });
    assert.deepStrictEqual(outputs.exitCodes, { app: 0 });
  });

  it("shows of several tasks only what all agree in", () => {
    const one = stoppedTask([container({ imageDigest: "sha256:a" })], { taskArn: "1" });
    const other = stoppedTask([container({ imageDigest: "sha256:b" })], {
      taskArn: "2",
      stopCode: "UserInitiated",
    });

    const outputs = projectOutputs([one, other], "FAILED", {});

    assert.deepStrictEqual(outputs.imageDigests, {});
    assert.deepStrictEqual(outputs.exitCodes, { app: 0 });
    assert.deepStrictEqual(outputs.taskArns, ["1", "2"]);
    assert.deepStrictEqual(
      [outputs.taskArn, outputs.lastStatus, outputs.stopCode],
      ["1", "STOPPED", undefined],
    );
  });

  it("spans from the first start to the last end", () => {
    const at = (startedAt: string, stoppedAt: string) => stoppedTask([container()], { startedAt, stoppedAt });

    const outputs = projectOutputs(
      [
        at("2026-01-01T00:00:02.000Z", "2026-01-01T00:00:09.500Z"),
        at("2026-01-01T00:00:01.000Z", "2026-01-01T00:00:03.000Z"),
      ],
      "SUCCEEDED",
      {},
    );

    assert.equal(outputs.startedAt, "2026-01-01T00:00:01.000Z");
    assert.equal(outputs.stoppedAt, "2026-01-01T00:00:09.500Z");
    assert.equal(outputs.durationSeconds, 8.5);
  });

  it("counts the seconds to the end of the containers, and not to that of the network interface", () => {
    const task = stoppedTask([container()], {
      startedAt: "2026-01-01T00:00:00.000Z",
      executionStoppedAt: "2026-01-01T00:00:02.300Z",
      stoppedAt: "2026-01-01T00:00:26.500Z",
    });

    const outputs = projectOutputs([task], "SUCCEEDED", {});

    assert.deepStrictEqual(
      [outputs.durationSeconds, outputs.executionStoppedAt, outputs.stoppedAt],
      [2.3, "2026-01-01T00:00:02.300Z", "2026-01-01T00:00:26.500Z"],
    );
  });

  it("holds nothing that Pulumi's host cannot store: no undefined, no dates", () => {
    const task = seenTask({
      taskArn: "a",
      createdAt: new Date(0),
      stoppedReason: "",
      containers: [{ name: "app" }],
    }).record;

    const outputs = projectOutputs([task], "UNKNOWN", {});

    assert.deepStrictEqual(outputs, JSON.parse(JSON.stringify(outputs)));
    assert.equal(outputs.createdAt, "1970-01-01T00:00:00.000Z");
    assert.ok(!("stoppedReason" in outputs) && !("startedAt" in outputs));
  });
});
