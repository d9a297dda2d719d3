import assert from "node:assert/strict";
import type { Task } from "@aws-sdk/client-ecs";
import { overridesOf, sortFoundTasks } from "../../../src/task/found-tasks";
import type { TaskRecord } from "../../../src/task/task-record";
import { normaliseInputs } from "../../../src/task/normalise-inputs";

const inputs = normaliseInputs({
  taskDefinition: "app:1",
  overrides: { containerOverrides: [{ name: "app", command: ["migrate"] }] },
});
const ours: Task = {
  startedBy: "marker",
  lastStatus: "RUNNING",
  desiredStatus: "RUNNING",
  overrides: {
    containerOverrides: [
      { name: "app", command: ["migrate"], environment: [] },
      { name: "side", environmentFiles: [] },
    ],
    inferenceAcceleratorOverrides: [],
  },
};
const sort = (tasks: readonly Task[], of = inputs) => {
  const found = sortFoundTasks(tasks, of, "marker", (text) => text);
  const groups: readonly [string, readonly TaskRecord[]][] = Object.entries(found);
  return Object.fromEntries(groups.map(([name, records]) => [name, records.map(({ taskArn }) => taskArn)]));
};

describe("the tasks that were found for a run", () => {
  it("are sorted by what can be done about them, the newest first", () => {
    const tasks: Task[] = [
      { ...ours, taskArn: "unknown age" },
      { ...ours, taskArn: "old", createdAt: new Date(1000) },
      { ...ours, taskArn: "new", createdAt: new Date(2000) },
      { ...ours, taskArn: "told to stop", desiredStatus: "STOPPED" },
      { ...ours, taskArn: "over", lastStatus: "STOPPED", desiredStatus: "STOPPED" },
      { ...ours, taskArn: "another run's", startedBy: "another" },
      {
        ...ours,
        taskArn: "another command's",
        overrides: { containerOverrides: [{ name: "app", command: ["seed"] }] },
      },
      { ...ours, taskArn: "no overrides'", overrides: undefined },
      { ...ours, taskArn: "another's, over", startedBy: "another", lastStatus: "STOPPED" },
    ];

    assert.deepStrictEqual(sort(tasks), {
      adoptable: ["new", "old", "unknown age"],
      ending: ["told to stop"],
      ended: ["over"],
      inTheWay: ["another run's", "another command's", "no overrides'"],
    });
  });

  it("are this run's whatever they run, when a key says so", () => {
    const keyed = { ...inputs, idempotencyKey: "v1" };
    const task = { ...ours, taskArn: "a", overrides: {} };

    assert.deepStrictEqual(sort([task], keyed).adoptable, ["a"]);
    assert.deepStrictEqual(sort([{ ...task, startedBy: "another" }], keyed).adoptable, []);
  });
});

describe("the overrides of a task", () => {
  it("are in the form of the inputs, without ECS's empty lists", () => {
    assert.deepStrictEqual(
      overridesOf({ overrides: { ...ours.overrides, ephemeralStorage: { sizeInGiB: 50 } } }),
      {
        containerOverrides: [{ name: "app", command: ["migrate"] }, { name: "side" }],
        ephemeralStorage: { sizeInGib: 50 },
      },
    );
    assert.equal(overridesOf({}), undefined);
  });
});
