import assert from "node:assert/strict";
import { REGIONS } from "./ecs/places";
import { INPUTS } from "./people/beginnings";
import { AFTER_LAUNCH, beginning, crash, edit, ENDLESS, LONG, QUICK, TWO, up } from "./people/in-short";
import { elsewhere, plain, restoring, waiting } from "./people/steps";
import { CALM } from "./process/fault";
import type { Scenario } from "./scenarios";
import { worldAfter } from "./simulate";

/** What nobody can know, and how many tasks are launched because of it. */
interface Window extends Scenario {
  readonly launches: number;
}

const UNRECORDED = crash("before its result is recorded");

const TAGGED_AFTER_A_CRASH = [
  up(),
  edit(TWO),
  up(QUICK, UNRECORDED),
  edit({ tags: { owner: "other" } }),
  waiting("1 min", 60_000),
  up(),
];

const WINDOWS: readonly Window[] = [
  {
    name: "a first up dies, and its task ends unwatched: it runs once more",
    beginning: beginning(),
    steps: [up(QUICK, UNRECORDED), waiting("1 min", 60_000), up()],
    launches: 2,
  },
  {
    name: "the same with an idempotencyKey: it does not",
    beginning: beginning({ idempotencyKey: "one" }),
    steps: [up(QUICK, UNRECORDED), waiting("1 min", 60_000), up()],
    launches: 1,
  },
  ...[{ taskDefinition: "other:1" }, { cluster: "blue" }, { region: REGIONS[1] }].map((place): Window => ({
    name: `a first up dies, and then ${JSON.stringify(place)} is asked for: two tasks run`,
    beginning: beginning(),
    steps: [up(ENDLESS, AFTER_LAUNCH), edit(place), up()],
    launches: 2,
  })),
  {
    name: "a re-run dies on another cluster, and then a third cluster is asked for: two tasks run",
    beginning: beginning(),
    steps: [up(), edit({ cluster: "blue" }), up(ENDLESS, AFTER_LAUNCH), edit({ cluster: "green" }), up()],
    launches: 3,
  },
  {
    name: "a re-run dies on another family, and then a third family is asked for: the token finds its task",
    beginning: beginning({ timeoutSeconds: 400 }),
    steps: [
      up(),
      edit({ taskDefinition: "other:1" }),
      up(LONG, AFTER_LAUNCH),
      edit({ taskDefinition: "third:1" }),
      up(),
    ],
    launches: 3,
  },
  {
    name: "the state is restored from a backup while a task runs on another cluster: two tasks run",
    beginning: beginning(),
    steps: [up(), edit({ cluster: "blue" }), up(ENDLESS), restoring(1), edit({ cluster: "green" }), up()],
    launches: 3,
  },
  {
    name: "a re-run with a startedBy of one's own dies, and other tags are asked for: its ended task is run again",
    beginning: beginning({ startedBy: "me" }),
    steps: TAGGED_AFTER_A_CRASH,
    launches: 3,
  },
  {
    name: "the same with the name that we give: it is not",
    beginning: beginning(),
    steps: TAGGED_AFTER_A_CRASH,
    launches: 2,
  },
  {
    name: "the state is restored from a backup, with a startedBy of one's own and other tags: its ended task is run again",
    beginning: beginning({ startedBy: "me" }),
    steps: [up(), edit(TWO), up(), edit({ tags: { owner: "other" } }), restoring(1), up()],
    launches: 3,
  },
  {
    name: "two backends have an equal stack: the task of one counts for both while it runs",
    beginning: beginning({}, { twin: "in another backend", twinInputs: INPUTS }),
    steps: [up(LONG), elsewhere("up", QUICK, CALM)],
    launches: 1,
  },
  {
    name: "a re-run dies, and the inputs are made what they were: nothing is asked of ECS, and its task runs on",
    beginning: beginning({ triggers: ["one"] }),
    steps: [up(), edit({ triggers: ["two"] }), up(ENDLESS, AFTER_LAUNCH), edit({ triggers: ["one"] }), up()],
    launches: 2,
  },
  {
    name: "a first up dies, and destroy knows of no task: it runs on",
    beginning: beginning(),
    steps: [up(ENDLESS, AFTER_LAUNCH), plain("destroy", CALM)],
    launches: 1,
  },
];

describe("what nobody can know", () => {
  for (const window of WINDOWS) {
    it(window.name, async () => {
      const world = await worldAfter(window);

      assert.equal(world.launches, window.launches, world.journal.join("\n"));
    });
  }
});
