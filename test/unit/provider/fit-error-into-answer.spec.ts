import assert from "node:assert/strict";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import fc from "fast-check";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import {
  fitTrailer,
  statusBytes,
  TRAILER_BYTES,
  type Trailer,
} from "../../../src/provider/fit-error-into-answer";
import { readState } from "../../../src/provider/read-state";
import { willDo } from "../../../src/run/preview-text";
import { projectOutputs } from "../../../src/outcome/outputs";
import type { TaskRecord } from "../../../src/outcome/task-record";
import type { TaskState } from "../../../src/run/task-state";
import { anyInputs } from "../../support/any-inputs";
import { container, runningTask, stoppedTask } from "../../support/builders";
import { monsterState } from "../../support/monster-state";

const KEPT_OF_TASKS = [
  "taskArn",
  "taskDefinitionArn",
  "clusterArn",
  "lastStatus",
  "desiredStatus",
  "launchType",
  "containerInstanceArn",
  "startedBy",
  "stopCode",
  "createdAt",
  "pullStartedAt",
  "pullStoppedAt",
  "startedAt",
  "stoppingAt",
  "executionStoppedAt",
  "stoppedAt",
] as const;
const MADE_AGAIN = ["containers", "images", "imageDigests", "exitCodes"] as const;
const CUT = ["tasks", "stoppedReason", "failure", "logs"] as const;

function trailerOf(properties: TaskState, message = "Task 1 failed\n  What to do: look"): Trailer {
  return { id: properties.identity, message, reason: message, properties };
}

/** As Pulumi's host packs it. */
function packed({ id, message, reason, properties }: Trailer): Uint8Array {
  const detail = new messages.ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(Struct.fromJavaScript(properties as unknown as Record<string, JavaScriptValue>));
  detail.setReasonsList([reason]);
  const details = new Any();
  details.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(2);
  status.setMessage(message);
  status.addDetails(details);
  return status.serializeBinary();
}

const reason = fc.constantFrom("", "OutOfMemoryError: killed", "é€".repeat(600), "\ud83d\ude00".repeat(511));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyContainer = fc
  .record({
    name: fc.constantFrom("app", "b".repeat(255)),
    image: optional(fc.constant("shop/migrate:1")),
    imageDigest: optional(fc.constant(`sha256:${"0".repeat(64)}`)),
    exitCode: optional(fc.constantFrom(0, 1, -1_073_741_510)),
    reason: optional(reason),
    runtimeId: optional(fc.constant("r".repeat(64))),
  })
  .map((each) => container(each as Partial<TaskRecord["containers"][number]>));
const anyTask = fc
  .record({
    containers: fc.array(anyContainer, { maxLength: 10 }),
    stoppedReason: optional(reason),
    containerInstanceArn: optional(fc.constant("arn:aws:ecs:us-east-1:1:container-instance/c/1")),
    group: optional(fc.constant("g".repeat(255))),
    stoppedAt: optional(fc.constant("2026-11-27T12:34:56.789Z")),
  })
  .map((each) => stoppedTask(each.containers, each as Partial<TaskRecord>));
const anyState = fc
  .tuple(anyInputs, fc.array(anyTask, { maxLength: 10 }), fc.constantFrom(0, 30_000, 90_000))
  .map(([inputs, tasks, bytes]): TaskState => {
    const { phase, ...state } = { ...monsterState(inputs), ...projectOutputs(tasks, "FAILED", {}) };
    const triggers = bytes > 0 ? { triggers: ["t".repeat(bytes)] } : {};
    return JSON.parse(JSON.stringify({ ...state, ...triggers, phase })) as TaskState;
  });
const anyMessage = fc
  .array(fc.constantFrom("a", "€\n".repeat(9000), "\ud83d", "\n", "x".repeat(70_000)), { maxLength: 5 })
  .map((parts) => parts.join(""));

describe("the size of a failed run in the trailer", () => {
  it("is counted as protobuf has it", () => {
    const triggers = [
      "",
      "€",
      1,
      true,
      null,
      [],
      {},
      { a: [{ b: "c".repeat(20_000) }] },
      "x".repeat(127),
      "y".repeat(128),
    ];

    for (const properties of [monsterState({ taskDefinition: "app:1", triggers }), {} as TaskState]) {
      const failure = trailerOf(properties, "why €");
      assert.equal(statusBytes({ ...failure, id: "x" }), packed({ ...failure, id: "x" }).length);
    }
  });
});

describe("fitTrailer", () => {
  it("changes nothing of a failure that fits", () => {
    const state = {
      ...monsterState({ taskDefinition: "app:1" }),
      ...projectOutputs([stoppedTask([container()])], "FAILED", {}),
    };
    const failure = trailerOf(state);

    assert.deepStrictEqual(fitTrailer(failure), failure);
  });

  it("first gives up what the reason says too", () => {
    const failure = trailerOf(
      monsterState({ taskDefinition: "app:1", triggers: ["t".repeat(20_000)] }),
      `Task 1 failed\n${"why\n".repeat(3500)}`,
    );
    const state = { ...failure.properties, ...projectOutputs([stoppedTask([container()])], "FAILED", {}) };

    assert.deepStrictEqual(fitTrailer({ ...failure, properties: state }), {
      ...failure,
      properties: state,
      message: "Task 1 failed",
    });
  });

  it("makes a record near the limits of ECS fit, and keeps all that decides", () => {
    const environment = { DATABASE_URL: "u".repeat(8000) };
    const tags = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`tag-${index}`, `value ${index}`]),
    );
    const overrides = { containerOverrides: [{ name: "container-1", environment }] };
    const failure = trailerOf(
      monsterState({ taskDefinition: "app:1", overrides, tags, count: 10 }),
      "why\n".repeat(9000),
    );

    const fitted = fitTrailer(failure);

    assert.ok(packed(fitted).length <= TRAILER_BYTES, `${packed(fitted).length}`);
    assert.deepStrictEqual(fitted.properties.overrides, overrides);
    const [first] = fitted.properties.tasks;
    const { name, imageDigest, exitCode } = failure.properties.tasks[0]!.containers[3]!;
    assert.deepStrictEqual(first?.containers[3], {
      name,
      imageDigest,
      exitCode,
      reason: `0 ${"because ".repeat(8).slice(0, 61)}…`,
    });
  });

  it("tells of a container without an exit code whether it ran", () => {
    const state = monsterState({ taskDefinition: "app:1" });
    const { exitCode, ...killed } = state.tasks[0]!.containers[0]!;
    assert.equal(exitCode, 0);
    const tasks = state.tasks.map((task) => ({ ...task, containers: [killed, ...task.containers.slice(1)] }));

    const [first] = fitTrailer(trailerOf({ ...state, tasks })).properties.tasks;

    const { runtimeId, lastStatus } = killed;
    assert.deepStrictEqual({ runtimeId, lastStatus, ...first?.containers[0] }, first?.containers[0]);
  });

  it("is small enough or has nothing left that it may leave out, and keeps all that it must, whatever failed", () => {
    fc.assert(
      fc.property(anyState, anyMessage, (state, message) => {
        const fitted = fitTrailer(trailerOf(state, message));
        const { properties } = fitted;

        const bytes = packed(fitted).length;
        const withoutTriggers = { ...properties, triggers: [] };
        assert.ok(
          bytes <= TRAILER_BYTES ||
            packed(fitTrailer({ ...fitted, properties: withoutTriggers })).length < bytes,
        );
        assert.ok(bytes < 1024 * 1024);
        const kept = Object.entries(state).filter(
          ([name]) => ![...MADE_AGAIN, ...CUT].some((each) => each === name),
        );
        assert.deepStrictEqual({ ...properties, ...Object.fromEntries(kept) }, properties);
        assert.equal(properties.tasks.length, state.tasks.length);
        properties.tasks.forEach((task, index) => {
          const before = state.tasks[index]!;
          for (const name of KEPT_OF_TASKS) assert.equal(task[name], before[name]);
          assert.equal(Boolean(task.stoppedReason), Boolean(before.stoppedReason));
          assert.deepStrictEqual(
            task.containers.map(({ name, exitCode, imageDigest, reason: why }) => [
              name,
              exitCode,
              imageDigest,
              Boolean(why),
            ]),
            before.containers.map(({ name, exitCode, imageDigest, reason: why }) => [
              name,
              exitCode,
              imageDigest,
              Boolean(why),
            ]),
          );
        });
      }),
      { numRuns: 50 },
    );
  });

  it("leaves a record from which the same will be done, and which has its outputs again when it is read", () => {
    fc.assert(
      fc.property(anyState, fc.constantFrom("FAILED", "RUNNING", "UNKNOWN", "SETTLED"), (state, phase) => {
        const full = { ...state, phase } as TaskState;

        const { properties } = fitTrailer(trailerOf(full, "why\n".repeat(9000)));
        const read = readState("x", JSON.parse(JSON.stringify(properties)) as object);

        const said = (each: TaskState) => willDo({ ...each, failure: "f" }, full);
        assert.equal(said(read), said(full));
        assert.deepStrictEqual([read.imageDigests, read.exitCodes], [full.imageDigests, full.exitCodes]);
      }),
      { numRuns: 50 },
    );
  });
});

describe("readState", () => {
  it("makes absent outputs again from the tasks, and leaves those that are there", () => {
    const tasks = [stoppedTask([container({ exitCode: 3, imageDigest: "sha256:1", image: "shop:1" })])];

    const read = readState("x", { tasks, outcome: "FAILED", images: { app: "other" } });

    assert.deepStrictEqual(
      [read.containers, read.images, read.imageDigests, read.exitCodes],
      [{ app: tasks[0]!.containers[0] }, { app: "other" }, { app: "sha256:1" }, { app: 3 }],
    );
    assert.deepStrictEqual(readState("x", { tasks: [runningTask()] }).containers, {});
  });
});
