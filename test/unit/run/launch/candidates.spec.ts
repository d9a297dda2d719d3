import assert from "node:assert/strict";
import type { Task } from "@aws-sdk/client-ecs";
import { seenTask } from "../../../../src/aws/seen-task";
import { isThisRun, sortCandidates } from "../../../../src/run/launch/candidates";
import { orderOf } from "../../../../src/run/order/order";
import type { TaskInputs } from "../../../../src/inputs/task-inputs";
import type { TaskRecord } from "../../../../src/outcome/task-record";

const inputs: TaskInputs = {
  taskDefinition: "app:1",
  overrides: { containerOverrides: [{ name: "app", command: ["migrate"] }] },
};
const RUN = { identity: "IDENTITY1234", life: "life", generation: 2 };
const orderFor = (of: TaskInputs) => ({ ...orderOf(of, RUN, "eu-central-1"), proof: "marker" });
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
const sort = (tasks: readonly Task[], of = inputs, taken: readonly string[] = []) => {
  const found = sortCandidates(tasks.map(seenTask), orderFor(of), (taskArn) => taken.includes(taskArn));
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

  const family = "arn:aws:ecs:eu-central-1:123456789012:task-definition/";

  it("are another run when they run another revision, unless the order names none", () => {
    const of = (revision: string): Task => ({
      ...ours,
      taskArn: revision,
      taskDefinitionArn: family + revision,
    });
    const tasks = [of("app:1"), of("app:2"), of("other:1")];

    assert.deepStrictEqual(sort(tasks).adoptable, ["app:1"]);
    assert.deepStrictEqual(sort(tasks, { ...inputs, taskDefinition: "app" }).adoptable, ["app:1", "app:2"]);
  });

  it("are with a key this run whatever the revision, and another one when a value differs", () => {
    const keyed = (value: string): TaskInputs => ({
      ...inputs,
      idempotencyKey: "v1",
      overrides: { containerOverrides: [{ name: "app", environment: { DATABASE: value } }] },
    });
    const task: Task = {
      ...ours,
      taskArn: "a",
      taskDefinitionArn: `${family}app:7`,
      overrides: { containerOverrides: [{ name: "app", environment: [{ name: "DATABASE", value: "one" }] }] },
    };

    assert.deepStrictEqual(sort([task], keyed("one")).adoptable, ["a"]);
    assert.deepStrictEqual(sort([task], keyed("another")).inTheWay, ["a"]);
    assert.deepStrictEqual(sort([{ ...task, startedBy: "another" }], keyed("one")).adoptable, []);
  });

  it("are not known by a startedBy of the user's own, which says nothing of what was asked for", () => {
    const own = { ...inputs, startedBy: "me" };
    const { proof } = orderOf(own, RUN, "eu-central-1");
    const isKnown = (startedBy: string) =>
      isThisRun(seenTask({ ...ours, startedBy }), orderOf(own, RUN, "eu-central-1"));

    assert.deepStrictEqual([isKnown("me"), isKnown(proof)], [false, true]);
    assert.equal(proof, orderOf(inputs, RUN, "eu-central-1").marker);
  });

  it("are another run's when they belong to another resource of this process, or are in another place", () => {
    const tasks = [
      { ...ours, taskArn: "alive" },
      { ...ours, taskArn: "over", lastStatus: "STOPPED" },
    ];

    const { adoptable, ended, inTheWay } = sort(tasks, inputs, ["alive", "over"]);

    assert.deepStrictEqual([adoptable, ended, inTheWay], [[], [], ["alive"]]);
  });
});
