import assert from "node:assert/strict";
import type {
  LaunchError,
  LaunchEvent,
  LaunchRules,
  Progress,
} from "../../../../src/run/launch/launch-state";
import { beginLaunch, nextLaunchStep } from "../../../../src/run/launch/launch-retries";
import { runningTask, TASK_ARN } from "../../../support/builders";

const RULES: LaunchRules = {
  wanted: 1,
  capacityMs: 600_000,
  isStartTask: false,
  spent: new Set(),
  pauseMs: (attempt) => attempt * 100,
};
const one = runningTask();
const other = runningTask({ taskArn: `${TASK_ARN}0` });
const noRoom = { reason: "RESOURCE:MEMORY" };

function error(over: Partial<LaunchError> = {}): LaunchError {
  return {
    message: "no",
    code: "ClientException",
    kind: "rejected",
    isPassing: false,
    resourceIds: [],
    ...over,
  };
}

const lost = error({ code: "TimeoutError", kind: "broken", isPassing: true });

type Event = LaunchEvent<LaunchError>;
const answered = (tasks: readonly (typeof one)[], failures: readonly object[] = []): Event => ({
  kind: "answered",
  tasks,
  failures,
});
const failed = (why: LaunchError): Event => ({ kind: "failed", error: why });
const SLEPT: Event = { kind: "slept" };

/** Plays events from the beginning, a second each. @returns the last step. */
function play(events: readonly Event[], rules: Partial<LaunchRules> = {}, adopted = [] as (typeof one)[]) {
  const all = { ...RULES, ...rules };
  let progress: Progress<LaunchError> = beginLaunch(all, adopted, 0);
  events.forEach((event, index) => {
    progress = nextLaunchStep(progress.launching, event, (index + 1) * 1000);
  });
  return progress.step;
}

const launchOf = (step: ReturnType<typeof play>) => (step.kind === "done" ? step.launch : undefined);

describe("the first step of a launch", () => {
  it("asks for what is missing", () => {
    assert.deepStrictEqual(play([], { wanted: 3 }, [one]), { kind: "ask", attempt: 0, count: 2 });
  });

  it("asks nothing when all tasks are there", () => {
    assert.deepStrictEqual(launchOf(play([], {}, [one])), { kind: "launched", tasks: [one], failures: [] });
  });
});

describe("a launch", () => {
  it("that is canceled knows that nothing was started, unless an answer was lost", () => {
    const why = error({ code: "Canceled" });
    const canceled: Event = { kind: "canceled", error: why };

    assert.deepStrictEqual(launchOf(play([canceled])), { kind: "refused", why });
    assert.deepStrictEqual(launchOf(play([failed(lost), canceled])), {
      kind: "perhaps",
      tasks: [],
      error: lost,
    });
  });

  it("goes on to the next token when one stands for failures alone, which name no task", () => {
    const conflict = failed(error({ code: "ConflictException" }));

    assert.deepStrictEqual(play([conflict]), { kind: "sleep", ms: 250, why: { kind: "token" } });
    assert.deepStrictEqual(play([conflict, SLEPT]), { kind: "ask", attempt: 1, count: 1 });
  });

  it("asks with the next token for what is missing of the tasks of a token", () => {
    const conflict = error({ code: "ConflictException", resourceIds: [TASK_ARN] });

    assert.deepStrictEqual(play([failed(conflict)]), {
      kind: "compare",
      taskArns: [TASK_ARN],
      error: conflict,
    });
    assert.deepStrictEqual(
      play([failed(conflict), { kind: "compared", mine: [one] }, SLEPT], { wanted: 2 }),
      { kind: "ask", attempt: 1, count: 1 },
    );
    assert.deepStrictEqual(launchOf(play([failed(conflict), { kind: "compared", mine: [one] }])), {
      kind: "launched",
      tasks: [one],
      failures: [],
    });
  });

  it("does not know when it cannot be seen what a token has started", () => {
    const step = play([
      failed(error({ resourceIds: [TASK_ARN] })),
      { kind: "blind", mine: [other], error: lost },
    ]);

    assert.deepStrictEqual(launchOf(step), { kind: "perhaps", tasks: [other], error: lost });
  });

  it("by StartTask is looked for before it is sent again, because it has no token", () => {
    const named = { wanted: 2, isStartTask: true };
    const look = play([failed(lost), SLEPT], named);
    const none = play([failed(lost), SLEPT, { kind: "looked", tasks: [] }], named);
    const some = play([failed(lost), SLEPT, { kind: "looked", tasks: [one] }, SLEPT], named);

    assert.deepStrictEqual(play([failed(lost)], named), {
      kind: "sleep",
      ms: 10_000,
      why: { kind: "error", error: lost },
    });
    assert.deepStrictEqual(look, { kind: "look", error: lost });
    assert.deepStrictEqual(none, { kind: "ask", attempt: 0, count: 2 });
    assert.deepStrictEqual(some, { kind: "ask", attempt: 1, count: 1 });
  });

  it("by StartTask stays in doubt when one was lost that no look has shown, and the next one is refused", () => {
    const named = { isStartTask: true };
    const events = [failed(lost), SLEPT, { kind: "looked", tasks: [] } as const, failed(error())];

    assert.deepStrictEqual(launchOf(play(events, named)), { kind: "perhaps", tasks: [], error: lost });
  });

  it("asks for room with another token, because ECS repeats what a token was answered", () => {
    assert.deepStrictEqual(play([answered([], [noRoom])]), {
      kind: "sleep",
      ms: 100,
      why: { kind: "capacity", failures: [noRoom] },
    });
    assert.deepStrictEqual(play([answered([one], [noRoom]), SLEPT], { wanted: 2 }), {
      kind: "ask",
      attempt: 1,
      count: 1,
    });
    assert.deepStrictEqual(launchOf(play([answered([], [noRoom])], { capacityMs: 0 })), {
      kind: "refused",
      why: [noRoom],
    });
  });

  it("keeps what was started when the rest is refused, whatever says so", () => {
    const refusal = error();
    const partly = [answered([one], [noRoom]), SLEPT];

    assert.deepStrictEqual(launchOf(play([...partly, failed(refusal)], { wanted: 2 })), {
      kind: "launched",
      tasks: [one],
      failures: [],
      shortfall: refusal,
    });
    assert.deepStrictEqual(launchOf(play([...partly, failed(lost), SLEPT, failed(refusal)], { wanted: 2 })), {
      kind: "perhaps",
      tasks: [one],
      error: lost,
    });
  });

  it("counts no task twice, and none of a launch that failed", () => {
    const again = answered([one, other]);

    assert.deepStrictEqual(launchOf(play([again], { wanted: 2 }, [one])), {
      kind: "launched",
      tasks: [one, other],
      failures: [],
    });
    assert.deepStrictEqual(play([again], { wanted: 2, spent: new Set([TASK_ARN]) }), {
      kind: "sleep",
      ms: 250,
      why: { kind: "token" },
    });
  });

  it("does not know in the end when an answer was lost, and no later one told what its token has started", () => {
    const spent = new Set([TASK_ARN]);
    const events = [failed(lost), SLEPT, answered([one]), SLEPT, failed(error())];

    assert.deepStrictEqual(launchOf(play(events, { spent })), { kind: "perhaps", tasks: [], error: lost });
  });

  it("gives up in the end when every token is used up", () => {
    const conflict = failed(error({ code: "ConflictException" }));
    const events = Array.from({ length: 200 }, (_, nth) => (nth % 2 === 0 ? conflict : SLEPT));

    assert.equal(launchOf(play(events.slice(0, 197)))?.kind, undefined);
    assert.equal(launchOf(play(events.slice(0, 199)))?.kind, "refused");
  });
});
