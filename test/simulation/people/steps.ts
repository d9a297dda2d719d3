import fc from "fast-check";
import { CLUSTERS, REGIONS } from "../ecs/places";
import type { CommandName } from "../engine/virtual-engine";
import { weatherText, type Weather } from "../process/fault";
import { EDITS, type Edit } from "./edits";
import { plans, type NamedPlan } from "./plans";
import { weathers } from "./weathers";
import type { World } from "./world";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A step of a sequence: what it does, and how it reads. */
export class Step implements fc.AsyncCommand<World, World> {
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

const isRecorded = (world: World) => world.main.recorded !== undefined;

/** A command that may launch tasks. */
export function launching(name: CommandName, { words, plan }: NamedPlan, weather: Weather): Step {
  const possible = name === "replace" ? isRecorded : undefined;
  const title = name === "replace" ? "taint, up" : name;
  return new Step(
    `${title}: ${words}${weatherText(weather)}`,
    (world) => world.command(name, weather, plan),
    possible,
  );
}

export function plain(name: CommandName, weather: Weather): Step {
  return new Step(`${name}${weatherText(weather)}`, (world) => world.command(name, weather), isRecorded);
}

export function editing({ words, of, isPossible = () => true }: Edit): Step {
  return new Step(
    `edit: ${words}`,
    (world) => {
      world.edit(world.main, { words, of });
    },
    ({ main }) => isPossible(main.inputs),
  );
}

export function waiting(words: string, ms: number): Step {
  return new Step(`wait ${words}`, (world) => {
    world.pass(ms);
  });
}

export function settingClock(words: string, errorMs: number): Step {
  return new Step(`the machine's clock is ${words}`, (world) => {
    world.setClock(errorMs);
  });
}

export function restoring(recordsAgo: number): Step {
  return new Step(
    `the state is restored from a backup, ${recordsAgo} records ago`,
    (world) => {
      world.restore(recordsAgo);
    },
    ({ main }) => main.history.length > recordsAgo,
  );
}

export function denying(region: string, cluster: string, isDenied: boolean): Step {
  return new Step(`ListTasks is ${isDenied ? "denied" : "allowed"} on ${cluster} in ${region}`, (world) => {
    world.denyListing(region, cluster, isDenied);
  });
}

/** By default the cluster that the inputs name. */
export function deletingCluster(name?: string): Step {
  return new Step(`the cluster ${name ?? "of the inputs"} is deleted`, (world) => {
    world.deleteCluster(name);
  });
}

const deletingState = new Step(
  "state delete",
  (world) => {
    world.deleteState();
  },
  isRecorded,
);

export const joining = new Step(
  "a second resource of the same identity joins the program",
  (world) => {
    world.joinTwin();
  },
  ({ canJoin }) => canJoin,
);

const hasTwin = ({ twin }: World) => twin !== undefined;
const hasBackend = ({ twinKind }: World) => twinKind === "in another backend";

/** A command in the other backend, which has the same stack. */
export function elsewhere(name: CommandName, { words, plan }: NamedPlan, weather: Weather): Step {
  const isPossible = (world: World) =>
    hasBackend(world) && (name === "up" || world.twin?.recorded !== undefined);
  return new Step(
    `in the other backend ${name}: ${words}${weatherText(weather)}`,
    (world) => world.twin && world.command(name, weather, plan, [world.twin]),
    isPossible,
  );
}

function editingTwin({ words, of, isPossible = () => true }: Edit): Step {
  return new Step(
    `edit the second resource: ${words}`,
    (world) => {
      if (world.twin) world.edit(world.twin, { words, of });
    },
    (world) => hasTwin(world) && world.twin !== undefined && isPossible(world.twin.inputs),
  );
}

export function deletingLookUp(weather: Weather): Step {
  return new Step(`what EcsTask.get read leaves the program${weatherText(weather)}`, (world) =>
    world.deleteLookUp(weather),
  );
}

const WAITS: readonly (readonly [string, number])[] = [
  ["10 s", 10_000],
  ["1 min", MINUTE_MS],
  ["6 min", 6 * MINUTE_MS],
  ["50 min", 50 * MINUTE_MS],
  ["61 min", 61 * MINUTE_MS],
  ["3 h", 3 * HOUR_MS],
  ["26 h", 26 * HOUR_MS],
];

const CLOCKS: readonly (readonly [string, number])[] = [
  ["right", 0],
  ["3 h behind", -3 * HOUR_MS],
  ["3 h ahead", 3 * HOUR_MS],
  ["3 days behind", -72 * HOUR_MS],
];

const up = fc.tuple(plans, weathers).map(([plan, weather]) => launching("up", plan, weather));
const edit = fc.constantFrom(...EDITS).map(editing);

/** What seldom happens. */
const mishap: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(deletingState) },
  { weight: 2, arbitrary: fc.constantFrom(undefined, ...CLUSTERS).map(deletingCluster) },
  { weight: 2, arbitrary: fc.constantFrom(...CLOCKS).map(([words, ms]) => settingClock(words, ms)) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }).map(restoring) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...REGIONS), fc.constantFrom(...CLUSTERS), fc.boolean())
      .map(([region, cluster, isDenied]) => denying(region, cluster, isDenied)),
  },
  { weight: 1, arbitrary: weathers.map(deletingLookUp) },
  { weight: 2, arbitrary: fc.constant(joining) },
);

const steps: fc.Arbitrary<Step>[] = [
  up,
  up,
  up,
  up,
  edit,
  edit,
  edit,
  fc.constantFrom(...WAITS).map(([words, ms]) => waiting(words, ms)),
  weathers.map((weather) => plain("refresh", weather)),
  weathers.map((weather) => plain("destroy", weather)),
  fc.tuple(plans, weathers).map(([plan, weather]) => launching("replace", plan, weather)),
  mishap,
  fc
    .tuple(fc.constantFrom<CommandName>("up", "up", "up", "refresh", "destroy"), plans, weathers)
    .map(([name, plan, weather]) => elsewhere(name, plan, weather)),
  fc.constantFrom(...EDITS).map(editingTwin),
];

/** Any sequence of steps. */
export const anySteps = fc.commands(steps, { maxCommands: 16, size: "max" });
