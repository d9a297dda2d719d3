import assert from "node:assert/strict";
import { readState } from "../../../src/provider/read-state";
import {
  asRecorded,
  givenUp,
  settle,
  staysSettled,
  type Deeds,
  type Goal,
  type Seen,
} from "../../../src/outcome/settle";
import {
  container,
  neverStarted,
  overTask,
  runningTask,
  stoppedTask,
  TASK_ARN,
} from "../../support/builders";

const TO_THE_END: Goal = { waitFor: "EXITED", wanted: 1, expectation: {} };
const OTHER_ARN = `${TASK_ARN}0`;
const good = stoppedTask([container()]);
const bad = stoppedTask([container({ exitCode: 3 })]);
const pending = runningTask({ lastStatus: "PENDING" });
const told = new Set([TASK_ARN]);

interface Case {
  readonly name: string;
  readonly goal?: Partial<Goal>;
  readonly seen: Seen;
  readonly deeds?: Deeds;
  readonly phase: string;
  readonly outcome?: string;
}

const CASES: readonly Case[] = [
  // What reaches the goal.
  {
    name: "a success that was seen to its end",
    seen: { tasks: [good] },
    phase: "SETTLED",
    outcome: "SUCCEEDED",
  },
  { name: "a failure", seen: { tasks: [bad] }, phase: "FAILED" },
  {
    name: "a task that runs, when RUNNING was asked for",
    goal: { waitFor: "RUNNING" },
    seen: { tasks: [runningTask()] },
    phase: "SETTLED",
    outcome: "RUNNING",
  },
  {
    name: "a success before it was seen RUNNING",
    goal: { waitFor: "RUNNING" },
    seen: { tasks: [good] },
    phase: "SETTLED",
    outcome: "SUCCEEDED",
  },
  {
    name: "a failure before it was seen RUNNING",
    goal: { waitFor: "RUNNING" },
    seen: { tasks: [bad] },
    phase: "FAILED",
  },
  {
    name: "a task that was launched, when no more was asked for",
    goal: { waitFor: "NONE" },
    seen: { tasks: [pending] },
    phase: "SETTLED",
    outcome: "RUNNING",
  },
  {
    name: "a success after a stop that came too late",
    seen: { tasks: [good] },
    deeds: { toldToStop: told },
    phase: "SETTLED",
    outcome: "SUCCEEDED",
  },
  // What is over, before it is STOPPED.
  { name: "a success that is over", seen: { tasks: [overTask()] }, phase: "SETTLED", outcome: "SUCCEEDED" },
  {
    name: "a failure that is over",
    seen: { tasks: [overTask([container({ exitCode: 3 })])] },
    phase: "FAILED",
  },
  {
    name: "a success that is over before it was seen RUNNING",
    goal: { waitFor: "RUNNING" },
    seen: { tasks: [overTask()] },
    phase: "SETTLED",
    outcome: "SUCCEEDED",
  },
  {
    name: "a success that is over when the time is up, when STOPPED was asked for",
    goal: { waitFor: "STOPPED" },
    seen: { tasks: [overTask()], gaveUp: "timedOut" },
    phase: "RUNNING",
  },
  {
    name: "a success that was over before ECS forgot it, when STOPPED was asked for",
    goal: { waitFor: "STOPPED" },
    seen: { tasks: [overTask()], gaveUp: "vanished" },
    phase: "SETTLED",
    outcome: "SUCCEEDED",
  },
  {
    name: "a failure that was over before ECS forgot it, when STOPPED was asked for",
    goal: { waitFor: "STOPPED" },
    seen: { tasks: [overTask([container({ exitCode: 3 })])], gaveUp: "vanished" },
    phase: "FAILED",
  },
  {
    name: "a success that is over, was told to stop, and was not seen to",
    seen: { tasks: [overTask()] },
    deeds: { toldToStop: told },
    phase: "UNKNOWN",
  },
  // What does not.
  {
    name: "a task that still runs when the time is up",
    seen: { tasks: [runningTask()], gaveUp: "timedOut" },
    phase: "RUNNING",
  },
  {
    name: "a task that nobody wants to wait for",
    seen: { tasks: [runningTask()], gaveUp: "canceled" },
    phase: "RUNNING",
  },
  {
    name: "a task that may not be looked at",
    seen: { tasks: [runningTask()], gaveUp: "blind" },
    phase: "RUNNING",
  },
  { name: "a task that vanished", seen: { tasks: [runningTask()], gaveUp: "vanished" }, phase: "UNKNOWN" },
  {
    name: "a task that is not where it was waited for, whatever ended the wait",
    seen: { tasks: [runningTask()] },
    phase: "UNKNOWN",
  },
  {
    name: "a task that is PENDING, when RUNNING was asked for",
    goal: { waitFor: "RUNNING" },
    seen: { tasks: [pending] },
    phase: "UNKNOWN",
  },
  {
    name: "a task that is on its way out",
    seen: { tasks: [runningTask({ lastStatus: "DEPROVISIONING" })] },
    phase: "UNKNOWN",
  },
  // What we did.
  {
    name: "a task that was told to stop, and was not seen to",
    seen: { tasks: [runningTask()] },
    deeds: { toldToStop: told },
    phase: "UNKNOWN",
  },
  {
    name: "a task that was told to stop, was not seen to, and would have been settled",
    goal: { waitFor: "NONE" },
    seen: { tasks: [pending] },
    deeds: { toldToStop: told },
    phase: "UNKNOWN",
  },
  {
    name: "one of two that was told to stop and not seen to, beside a success",
    goal: { wanted: 2 },
    seen: { tasks: [runningTask(), { ...good, taskArn: OTHER_ARN }] },
    deeds: { toldToStop: told },
    phase: "UNKNOWN",
  },
  {
    name: "one of two that was told to stop and not seen to, beside a failure",
    goal: { wanted: 2 },
    seen: { tasks: [runningTask(), { ...bad, taskArn: OTHER_ARN }] },
    deeds: { toldToStop: told },
    phase: "UNKNOWN",
  },
  {
    name: "a task that was told to stop before it ran, and stopped",
    seen: { tasks: [stoppedTask([neverStarted()], { stopCode: "UserInitiated" })] },
    deeds: { toldToStop: told },
    phase: "FAILED",
  },
  // How many.
  { name: "one success of two", goal: { wanted: 2 }, seen: { tasks: [good] }, phase: "FAILED" },
  {
    name: "one success of two, with the reason",
    goal: { wanted: 2 },
    seen: { tasks: [good] },
    deeds: { shortfall: "no room" },
    phase: "FAILED",
  },
  { name: "no task of one", seen: { tasks: [] }, phase: "FAILED" },
  {
    name: "one failure beside a success",
    goal: { wanted: 2 },
    seen: { tasks: [good, { ...bad, taskArn: OTHER_ARN }] },
    phase: "FAILED",
  },
  {
    name: "one failure beside a task that still runs when the time is up",
    goal: { wanted: 2 },
    seen: { tasks: [bad, runningTask({ taskArn: OTHER_ARN })], gaveUp: "timedOut" },
    phase: "RUNNING",
  },
];

describe("settle", () => {
  for (const { name, goal = {}, seen, deeds, phase, outcome = phase } of CASES) {
    it(`calls ${name} ${phase}`, () => {
      const verdict = settle({ ...TO_THE_END, ...goal }, seen, deeds);

      assert.deepStrictEqual([verdict.phase, verdict.outcome], [phase, outcome]);
    });
  }

  it("calls nothing settled in which one task is not where it is waited for, in no combination", () => {
    const somewhere = [good, bad, pending, runningTask(), runningTask({ lastStatus: "DEPROVISIONING" })];
    const gaveUps = [undefined, "timedOut", "canceled", "blind", "vanished"] as const;
    for (const first of somewhere)
      for (const second of somewhere)
        for (const waitFor of ["EXITED", "STOPPED", "RUNNING"] as const)
          for (const gaveUp of gaveUps) {
            const tasks = [first, { ...second, taskArn: OTHER_ARN }];
            const goal: Goal = { ...TO_THE_END, waitFor, wanted: 2 };
            const isThere = ({ lastStatus }: (typeof tasks)[number]) =>
              lastStatus === "STOPPED" || (waitFor === "RUNNING" && lastStatus === "RUNNING");
            const { phase } = settle(goal, gaveUp ? { tasks, gaveUp } : { tasks });
            if (!tasks.every(isThere)) assert.ok(phase === "RUNNING" || phase === "UNKNOWN", phase);
          }
  });
});

describe("a run that nobody can know about any more", () => {
  it("has failed, so that the next one runs, and its outcome stays unknown", () => {
    const { phase, outcome } = givenUp();

    assert.deepStrictEqual([phase, outcome], ["FAILED", "UNKNOWN"]);
  });
});

describe("a run that settled once", () => {
  const recorded = (outcome: string) =>
    readState("id", { taskDefinition: "app:1", phase: "SETTLED", outcome });

  it("stays so, and its outcome says what has become of its task since", () => {
    const outcomeOf = (tasks: Seen["tasks"], before = "RUNNING") => {
      const { phase, outcome } = staysSettled(TO_THE_END, { tasks }, recorded(before));
      return [phase, outcome];
    };

    assert.deepStrictEqual(outcomeOf([bad]), ["SETTLED", "FAILED"]);
    assert.deepStrictEqual(outcomeOf([good]), ["SETTLED", "SUCCEEDED"]);
    assert.deepStrictEqual(outcomeOf([runningTask()]), ["SETTLED", "RUNNING"]);
    assert.deepStrictEqual(outcomeOf([bad], "SUCCEEDED"), ["SETTLED", "SUCCEEDED"]);
    assert.deepStrictEqual(outcomeOf([good], "FAILED"), ["SETTLED", "FAILED"]);
  });

  it("is as recorded where nothing new is known", () => {
    const { phase, outcome } = asRecorded(recorded("RUNNING"));

    assert.deepStrictEqual([phase, outcome], ["SETTLED", "RUNNING"]);
  });
});
