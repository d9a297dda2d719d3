import type { EcsGateway } from "../../src/ecs/ecs-gateway";
import { readState } from "../../src/provider/state";
import { deleteRun } from "../../src/run/delete-run";
import { refreshRun } from "../../src/run/refresh-run";
import type { RunReport } from "../../src/run/run-report";
import { startRun } from "../../src/run/start-run";
import { updateRun } from "../../src/run/update-run";
import { willDo } from "../../src/task/forecast";
import { identityOf } from "../../src/task/marker";
import { readInputs } from "../../src/task/read-inputs";
import type { TaskInputs } from "../../src/task/task-inputs";
import type { TaskState } from "../../src/task/task-state";
import { ProviderProcess, type Crash, type Fault } from "./provider-process";
import type { VirtualEcs } from "./virtual-ecs";
import type { VirtualTime } from "./virtual-time";

/** What is judged by the simulation; a mutation puts something broken in place of one of them. */
export const OPERATIONS = { startRun, updateRun, refreshRun, deleteRun, willDo };
export type Operations = typeof OPERATIONS;

const IDENTITY = identityOf("urn:pulumi:prod::shop::pulumi-nodejs:dynamic/ecs:Task::migrate");

/** What Pulumi has recorded of the resource. */
export interface Recorded {
  readonly state: TaskState;
  readonly isInitFailed: boolean;
  /** It was deleted to be replaced, and nothing has taken its place yet. */
  readonly isPendingReplacement: boolean;
}

/** How a command of Pulumi's CLI ended. */
export type CommandEnd =
  | { readonly kind: "succeeded" }
  | { readonly kind: "unchanged" }
  /** The resource was recorded, and the command failed. */
  | { readonly kind: "initFailed"; readonly problem: string }
  /** The command failed and recorded nothing. */
  | { readonly kind: "failed"; readonly error: Error }
  | { readonly kind: "crashed" }
  | { readonly kind: "hung" };

/** What can happen to a command. */
export interface Weather {
  readonly faults: readonly Fault[];
  readonly crash: Crash | undefined;
}

export interface EngineWorld {
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly ecs: VirtualEcs;
  readonly gateway: EcsGateway;
  readonly operations: Operations;
}

/**
 * Pulumi's engine as far as one resource of a dynamic provider needs it: which of the provider's methods it
 * calls, and what it records of their results.
 *
 * Source: observed with engine 3.258, `pkg/resource/deploy/step.go` and `step_generator.go` of pulumi/pulumi:
 * an error with an id is recorded, one without is not; a refresh forgets that initialising failed; a replacement
 * that was not made is made at the next `up`, after another delete.
 */
export class VirtualEngine {
  readonly #world: EngineWorld;
  recorded: Recorded | undefined;
  /** The nonce of the run that is being made. */
  life = "";
  /** What the provider was told of the last run. */
  known: TaskState | undefined;
  process: ProviderProcess | undefined;
  #lives = 0;

  constructor(world: EngineWorld) {
    this.#world = world;
  }

  async up(inputs: TaskInputs, weather: Weather): Promise<CommandEnd> {
    const { recorded } = this;
    if (!recorded) return this.#create(inputs, weather);
    if (recorded.isPendingReplacement) return this.replace(inputs, weather);
    const { willDo, updateRun } = this.#world.operations;
    const state = stored(recorded.state);
    if (!recorded.isInitFailed && willDo(state, inputs) === undefined) return { kind: "unchanged" };
    this.life = state.life;
    this.known = state;
    return this.#record(weather, (process) => updateRun(process.ports, state, inputs));
  }

  async refresh(weather: Weather): Promise<CommandEnd> {
    const { recorded } = this;
    if (!recorded) return { kind: "unchanged" };
    const { refreshRun } = this.#world.operations;
    return this.#run(
      weather,
      (process) => refreshRun(process.ports, stored(recorded.state)),
      (state) => {
        this.recorded = { ...recorded, state: stored(state), isInitFailed: false };
        return { kind: "succeeded" };
      },
    );
  }

  async destroy(weather: Weather): Promise<CommandEnd> {
    const { recorded } = this;
    if (!recorded) return { kind: "unchanged" };
    return this.#run(
      weather,
      (process) => this.#world.operations.deleteRun(process.ports, stored(recorded.state)),
      () => {
        this.recorded = undefined;
        return { kind: "succeeded" };
      },
    );
  }

  /** A taint, or `--replace`: the old one is deleted first, as the constructor of `EcsTask` says. */
  async replace(inputs: TaskInputs, weather: Weather): Promise<CommandEnd> {
    const { recorded } = this;
    if (!recorded) return this.#create(inputs, weather);
    const crash = typeof weather.crash === "object" ? weather.crash : undefined;
    const deleted = await this.destroy({ ...weather, crash });
    if (deleted.kind !== "succeeded") return deleted;
    this.recorded = { ...recorded, isPendingReplacement: true };
    return this.#create(inputs, weather);
  }

  #create(inputs: TaskInputs, weather: Weather): Promise<CommandEnd> {
    this.#lives += 1;
    this.life = `life${this.#lives}`;
    this.known = undefined;
    const run = { identity: IDENTITY, life: this.life, generation: 1 };
    return this.#record(weather, (process) =>
      this.#world.operations.startRun(process.ports, { inputs: readInputs(inputs), run }),
    );
  }

  #record(weather: Weather, act: (process: ProviderProcess) => Promise<RunReport>): Promise<CommandEnd> {
    return this.#run(weather, act, ({ state, problem }) => {
      const isInitFailed = problem !== undefined;
      this.recorded = { state: stored(state), isInitFailed, isPendingReplacement: false };
      return isInitFailed ? { kind: "initFailed", problem } : { kind: "succeeded" };
    });
  }

  async #run<T>(
    { faults, crash }: Weather,
    act: (process: ProviderProcess) => Promise<T>,
    record: (value: T) => CommandEnd,
  ): Promise<CommandEnd> {
    const process = new ProviderProcess(this.#world, faults, crash);
    this.process = process;
    const crashed: CommandEnd = { kind: "crashed" };
    const ending = await this.#world.time.untilSettled(
      Promise.race([act(process).then((value) => ({ value })), process.killed.then(() => crashed)]),
    );
    process.kill();
    if (ending.kind === "hung") return ending;
    if (ending.kind === "threw") return { kind: "failed", error: ending.error as Error };
    if (!("value" in ending.value) || crash === "before its result is recorded") return crashed;
    return record(ending.value.value);
  }
}

/** What becomes of a record in Pulumi's state file and back. */
function stored(state: TaskState): TaskState {
  return readState(IDENTITY, JSON.parse(JSON.stringify(state)) as object);
}
