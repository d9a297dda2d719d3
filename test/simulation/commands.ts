import fc from "fast-check";
import type { TaskInputs } from "../../src/task/task-inputs";
import type { Crash, Fault } from "./provider-process";
import type { Weather } from "./virtual-engine";
import type { TaskPlan } from "./virtual-task";
import type { Beginning, World } from "./world";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** A step of a sequence: what it does, and how it reads. */
class Step implements fc.AsyncCommand<World, World> {
  readonly #words: string;
  readonly #act: (world: World) => unknown;
  readonly #isPossible: (world: World) => boolean;

  constructor(
    words: string,
    act: (world: World) => unknown,
    isPossible: (world: World) => boolean = () => true,
  ) {
    this.#words = words;
    this.#act = act;
    this.#isPossible = isPossible;
  }

  check(world: Readonly<World>): boolean {
    return this.#isPossible(world as World);
  }

  async run(world: World): Promise<void> {
    world.journal.push(this.#words);
    await this.#act(world);
  }

  toString(): string {
    return this.#words;
  }
}

const plan = (words: string, over: Partial<TaskPlan>) => ({
  words,
  plan: { pendingMs: 5000, runMs: 10_000, exitCode: 0, exitCodeDelayMs: 0, ...over },
});

const plans = fc.constantFrom(
  plan("tasks exit 0 after 15 s", {}),
  plan("tasks exit 3 after 15 s", { exitCode: 3 }),
  plan("tasks exit 0 after 15 s, told 2 s later", { exitCodeDelayMs: 2000 }),
  plan("tasks exit 3 after 15 s, told 2 s later", { exitCode: 3, exitCodeDelayMs: 2000 }),
  plan("tasks exit 0 after 5 min", { runMs: 5 * MINUTE_MS }),
  plan("tasks exit 3 after 2 min", { exitCode: 3, runMs: 2 * MINUTE_MS }),
  plan("tasks exit 0 after 26 h", { runMs: 26 * HOUR_MS }),
  plan("tasks' container cannot be started", { exitCode: undefined }),
  plan("tasks stay PROVISIONING", { pendingMs: 30 * HOUR_MS }),
  plan("tasks exit 0 after 55 s, and the last of several stays PROVISIONING", {
    runMs: 50_000,
    stragglerMs: 30 * HOUR_MS,
  }),
);

const times = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 5, max: 40 }));
const after = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 6 }));

const faults: fc.Arbitrary<Fault> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      call: fc.constant("launch" as const),
      kind: fc.constantFrom(
        "throttled" as const,
        "unreachable" as const,
        "denied" as const,
        "rejected" as const,
        "lost before it arrives" as const,
        "answer lost" as const,
        "no room" as const,
        "room for one" as const,
      ),
      after: fc.integer({ min: 0, max: 2 }),
      times,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      call: fc.constantFrom("describeTasks" as const, "listTasks" as const, "stopTask" as const),
      kind: fc.constantFrom(
        "throttled" as const,
        "unreachable" as const,
        "answer lost" as const,
        "denied" as const,
      ),
      after,
      times,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      call: fc.constant("describeTaskDefinition" as const),
      kind: fc.constant("denied" as const),
      after: fc.constant(0),
      times: fc.constant(9),
    }),
  },
);

const crashes: fc.Arbitrary<Crash> = fc.oneof(
  fc.record({
    when: fc.constantFrom("before" as const, "after" as const),
    call: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 60 })),
  }),
  fc.constant("before its result is recorded" as const),
);

const weathers: fc.Arbitrary<Weather> = fc.record({
  faults: fc.oneof(fc.constant([]), fc.array(faults, { maxLength: 3 })),
  crash: fc.oneof(fc.constant(undefined), crashes),
});

/** Changes of the program. A member that is `undefined` goes back to the default. */
const EDITS: readonly { readonly [Name in keyof TaskInputs]?: TaskInputs[Name] | undefined }[] = [
  { taskDefinition: "app:1" },
  { taskDefinition: "app:2" },
  { triggers: ["other"] },
  { triggers: undefined },
  { overrides: { containerOverrides: [{ name: "app", environment: { MODE: "other" } }] } },
  { overrides: undefined },
  { successExitCodes: [0, 3] },
  { successExitCodes: undefined },
  { waitFor: "RUNNING" },
  { waitFor: "NONE" },
  { waitFor: undefined },
  { onTimeout: "STOP" },
  { onTimeout: undefined },
  { timeoutSeconds: 400 },
  { timeoutSeconds: 60 },
  { tags: { owner: "other" } },
  { tags: undefined },
];

function edited(inputs: TaskInputs, edit: (typeof EDITS)[number]): TaskInputs {
  const all = Object.entries({ ...inputs, ...edit }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as TaskInputs;
}

const editStep = (edit: (typeof EDITS)[number]) => {
  const [name, value] = Object.entries(edit)[0] ?? ["", undefined];
  return new Step(`edit: ${name} ${value === undefined ? "left out" : JSON.stringify(value)}`, (world) => {
    world.inputs = edited(world.inputs, edit);
  });
};

const keyStep = (key: string) =>
  new Step(
    `edit: idempotencyKey "${key}"`,
    (world) => (world.inputs = { ...world.inputs, idempotencyKey: key }),
    ({ inputs }) => inputs.idempotencyKey !== undefined,
  );

const WAITS: readonly (readonly [string, number])[] = [
  ["10 s", 10 * SECOND_MS],
  ["1 min", MINUTE_MS],
  ["6 min", 6 * MINUTE_MS],
  ["50 min", 50 * MINUTE_MS],
  ["61 min", 61 * MINUTE_MS],
  ["26 h", 26 * HOUR_MS],
];

const isRecorded = (world: World) => world.engine.recorded !== undefined;

const up = fc
  .tuple(plans, weathers)
  .map(
    ([{ words, plan }, weather]) =>
      new Step(`up: ${words}${weatherText(weather)}`, (world) => world.up(plan, weather)),
  );

const steps: fc.Arbitrary<Step>[] = [
  up,
  up,
  up,
  fc.constantFrom(...EDITS).map(editStep),
  fc.constantFrom(...EDITS, ...EDITS).map(editStep),
  fc.constantFrom("one", "two").map(keyStep),
  fc.constantFrom(...WAITS).map(
    ([words, ms]) =>
      new Step(`wait ${words}`, (world) => {
        world.pass(ms);
      }),
  ),
  weathers.map(
    (weather) => new Step(`refresh${weatherText(weather)}`, (world) => world.refresh(weather), isRecorded),
  ),
  weathers.map(
    (weather) => new Step(`destroy${weatherText(weather)}`, (world) => world.destroy(weather), isRecorded),
  ),
  fc
    .tuple(plans, weathers)
    .map(
      ([{ words, plan }, weather]) =>
        new Step(
          `taint, up: ${words}${weatherText(weather)}`,
          (world) => world.replace(plan, weather),
          isRecorded,
        ),
    ),
  fc.constant(
    new Step(
      "state delete",
      (world) => {
        world.deleteState();
      },
      isRecorded,
    ),
  ),
];

/** Any sequence of steps. */
export const anySteps = fc.commands(steps, { maxCommands: 16, size: "max" });

/** Any way to begin: how tasks are launched and how many, and how far the answers of ECS lag behind. */
export const anyBeginning: fc.Arbitrary<Beginning> = fc.record({
  seed: fc.integer(),
  lagMs: fc.constantFrom(0, 0, 1500, 8000),
  inputs: fc
    .constantFrom<Partial<TaskInputs>>(
      {},
      {},
      { count: 2 },
      { count: 3 },
      { idempotencyKey: "one" },
      { containerInstances: ["i-1"] },
      { containerInstances: ["i-1", "i-2"] },
    )
    .map((launch) => ({
      taskDefinition: "app:1",
      cluster: "prod",
      timeoutSeconds: 60,
      startTimeoutSeconds: 40,
      capacityRetrySeconds: 60,
      ...launch,
    })),
});

function weatherText({ faults, crash }: Weather): string {
  const faultText = ({ call, kind, after, times }: Fault) =>
    `${call} ${kind} ${times} times${after > 0 ? ` after ${after} calls` : ""}`;
  const crashText =
    typeof crash === "object" ? `crash ${crash.when} call ${crash.call}` : crash && `crash ${crash}`;
  return [...faults.map(faultText), crashText].flatMap((text) => (text ? [`; ${text}`] : [])).join("");
}
