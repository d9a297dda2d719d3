import assert from "node:assert/strict";
import fc from "fast-check";
import {
  laterGoal,
  nextTaskStatus,
  taskGoals,
  taskStatuses,
  type TaskGoal,
  type TaskStatus,
} from "../../../../src/state/tasks/task-status";

interface Way {
  readonly goal: TaskGoal;
  readonly hasRun?: boolean;
  readonly hasNetworkInterface?: boolean;
  readonly wasStopped?: boolean;
  readonly from?: TaskStatus;
}

/** All statuses from `from` on until the task waits or has ended. */
function walk({
  goal,
  hasRun = false,
  hasNetworkInterface = true,
  wasStopped = false,
  from = "PROVISIONING",
}: Way): readonly TaskStatus[] {
  const way = [from];
  for (let lastStatus = from; ;) {
    const next = nextTaskStatus({ lastStatus, goal, hasRun, wasStopped, hasNetworkInterface });
    if (next === undefined) return way;
    way.push(next);
    lastStatus = next;
  }
}

describe("nextTaskStatus", () => {
  const ways: readonly ({ readonly name: string; readonly expected: string } & Way)[] = [
    { name: "waits as PENDING for the agent", goal: "PENDING", expected: "PROVISIONING PENDING" },
    {
      name: "is ACTIVATING while the image is pulled",
      goal: "ACTIVATING",
      expected: "PROVISIONING PENDING ACTIVATING",
    },
    {
      name: "stays RUNNING",
      goal: "RUNNING",
      hasRun: true,
      expected: "PROVISIONING PENDING ACTIVATING RUNNING",
    },
    {
      name: "passes every status of a task that ended by itself before anybody looked",
      goal: "STOPPED",
      hasRun: true,
      expected: "PROVISIONING PENDING ACTIVATING RUNNING DEPROVISIONING STOPPED",
    },
    {
      name: "passes every status when a task that ran was stopped",
      goal: "STOPPED",
      hasRun: true,
      wasStopped: true,
      expected: taskStatuses.join(" "),
    },
    {
      name: "never shows RUNNING for a task that did not run",
      goal: "STOPPED",
      expected: "PROVISIONING DEPROVISIONING STOPPED",
    },
    {
      name: "waits as STOPPING for the agent to confirm a stop",
      from: "RUNNING",
      goal: "STOPPING",
      hasRun: true,
      expected: "RUNNING DEACTIVATING STOPPING",
    },
    {
      name: "waits as PENDING for the agent to confirm a stop of what never started",
      from: "PENDING",
      goal: "STOPPING",
      expected: "PENDING",
    },
    {
      name: "deprovisions nothing when there is no network interface",
      from: "RUNNING",
      goal: "STOPPED",
      hasRun: true,
      hasNetworkInterface: false,
      expected: "RUNNING STOPPED",
    },
    {
      name: "passes what a stop passes, when there is no network interface",
      from: "RUNNING",
      goal: "STOPPED",
      hasRun: true,
      wasStopped: true,
      hasNetworkInterface: false,
      expected: "RUNNING DEACTIVATING STOPPING STOPPED",
    },
  ];
  for (const { name, expected, ...way } of ways)
    it(name, () => {
      assert.equal(walk(way).join(" "), expected);
    });

  const position = fc.record({
    from: fc.constantFrom(...taskStatuses),
    hasRun: fc.boolean(),
    wasStopped: fc.boolean(),
    hasNetworkInterface: fc.boolean(),
  });

  it("ends as STOPPED from everywhere once that is the goal", () => {
    fc.assert(fc.property(position, (start) => walk({ ...start, goal: "STOPPED" }).at(-1) === "STOPPED"));
  });

  it("only ever goes forward, and never leaves STOPPED", () => {
    fc.assert(
      fc.property(position, fc.constantFrom(...taskGoals), (start, goal) => {
        const ranks = walk({ ...start, goal }).map((status) => taskStatuses.indexOf(status));
        return ranks.every((rank, index) => index === 0 || rank > ranks[index - 1]!);
      }),
    );
  });
});

describe("laterGoal", () => {
  it("never takes back a goal, in whatever order they come", () => {
    const goals = fc.array(fc.constantFrom(...taskGoals), { minLength: 1 });
    fc.assert(
      fc.property(goals, (heard) => {
        const furthest = Math.max(...heard.map((goal) => taskGoals.indexOf(goal)));
        return heard.reduce(laterGoal) === taskGoals[furthest];
      }),
    );
  });
});
