import type { EcsGateway } from "../../src/ecs/ecs-gateway";
import { diffInputs } from "../../src/task/diff-inputs";
import type { TaskInputs } from "../../src/task/task-inputs";
import { randomOf } from "./random-of";
import { OPERATIONS, VirtualEngine, type CommandEnd, type Operations, type Weather } from "./virtual-engine";
import { VirtualEcs } from "./virtual-ecs";
import type { TaskPlan } from "./virtual-task";
import { VirtualTime } from "./virtual-time";
import { Witness } from "./witness";

/** Something broken in place of what is judged, to see that the simulation notices. */
export interface Mutation {
  readonly gateway?: (ecs: EcsGateway) => EcsGateway;
  readonly operations?: Partial<Operations>;
}

/** How a world begins. */
export interface Beginning {
  readonly seed: number;
  readonly inputs: TaskInputs;
  /** By how much the answers of ECS lag behind, in milliseconds. */
  readonly lagMs: number;
}

const CALM: Weather = { faults: [], crash: undefined };
const DAY_MS = 24 * 60 * 60_000;
const QUICK: TaskPlan = { pendingMs: 5000, runMs: 10_000, exitCode: 0, exitCodeDelayMs: 0 };
const ENDLESS: TaskPlan = { pendingMs: 0, runMs: 10_000 * DAY_MS, exitCode: 0, exitCodeDelayMs: 0 };

/** Between two commands the CLI ends and starts again. */
const BETWEEN_COMMANDS_MS = 2000;

/** A stack with one `EcsTask`, an ECS, and somebody who gives commands and changes the program. */
export class World {
  readonly engine: VirtualEngine;
  readonly journal: string[] = [];
  inputs: TaskInputs;
  readonly #time = new VirtualTime();
  readonly #ecs: VirtualEcs;
  readonly #witness: Witness;
  readonly #willDo: Operations["willDo"];

  constructor({ seed, inputs, lagMs }: Beginning, mutation: Mutation = {}) {
    const random = randomOf(seed);
    this.inputs = inputs;
    this.#ecs = new VirtualEcs(this.#time, random);
    this.#ecs.lagMs = lagMs;
    const operations = { ...OPERATIONS, ...mutation.operations };
    this.#willDo = operations.willDo;
    this.engine = new VirtualEngine({
      time: this.#time,
      random,
      ecs: this.#ecs,
      gateway: mutation.gateway?.(this.#ecs) ?? this.#ecs,
      operations,
    });
    this.#startForeignTasks();
    this.#witness = new Witness(this.#time, this.#ecs, this.engine);
    this.journal.push(`(${JSON.stringify(inputs)}; answers lag up to ${lagMs} ms)`);
  }

  up(plan: TaskPlan, weather: Weather): Promise<CommandEnd> {
    this.#ecs.plan = plan;
    return this.#command("up", () => this.engine.up(this.inputs, weather));
  }

  replace(plan: TaskPlan, weather: Weather): Promise<CommandEnd> {
    this.#ecs.plan = plan;
    return this.#command("up", () => this.engine.replace(this.inputs, weather));
  }

  refresh(weather: Weather): Promise<CommandEnd> {
    return this.#command("refresh", () => this.engine.refresh(weather));
  }

  destroy(weather: Weather): Promise<CommandEnd> {
    return this.#command("destroy", () => this.engine.destroy(weather));
  }

  deleteState(): void {
    this.engine.recorded = undefined;
  }

  pass(ms: number): void {
    this.#time.pass(ms);
  }

  /** I4, and that there is a way out of everything: when all is well again, a few ups lead to success, and then to rest. */
  async comesToRest(): Promise<void> {
    this.journal.push("(all faults are gone; two days later)");
    this.#ecs.lagMs = 0;
    this.pass(2 * DAY_MS);
    const ends: string[] = [];
    while (ends.at(-1) !== "succeeded" && ends.at(-1) !== "unchanged" && ends.length < 5)
      ends.push((await this.up(QUICK, CALM)).kind);
    const atRest = await this.up(QUICK, CALM);
    if (atRest.kind !== "unchanged")
      this.#fail([`ups never come to rest: ${[...ends, atRest.kind].join(", ")}`]);
    const gone = await this.destroy(CALM);
    if (gone.kind !== "succeeded") this.#fail(["a record cannot be destroyed"]);
  }

  async #command(name: "up" | "refresh" | "destroy", act: () => Promise<CommandEnd>): Promise<CommandEnd> {
    this.pass(BETWEEN_COMMANDS_MS);
    this.#witness.expect(this.inputs);
    const known = this.#ecs.tasks.length;
    const startMs = this.#time.nowMs();
    const end = await act();
    const launched = this.#ecs.tasks.slice(known).map(({ taskArn }) => taskArn.slice(-4));
    const launches = launched.length > 0 ? `, launched ${launched.join(" and ")}` : "";
    const seconds = `${Math.round(startMs / 1000)}-${Math.round(this.#time.nowMs() / 1000)} s`;
    this.journal.push(`    [${seconds}] ${endText(end)}${launches}; ${this.#recordText()}`);
    this.#fail([...this.#witness.judge(name, end), ...this.#forecastViolations()]);
    return end;
  }

  #forecastViolations(): string[] {
    const state = this.engine.recorded?.state;
    if (!state) return [];
    const forecast = this.#willDo(state, this.inputs);
    const isDue = state.phase !== "SETTLED" || diffInputs(state, this.inputs).length > 0;
    if (isDue && forecast === undefined) return [`a preview says nothing of a run that is ${state.phase}`];
    return !isDue && forecast !== undefined ? [`a preview says "${forecast}" of a settled run`] : [];
  }

  #fail(violations: readonly string[]): void {
    if (violations.length > 0) throw new Violation(violations.join("\n"), this.journal);
  }

  #recordText(): string {
    const recorded = this.engine.recorded;
    if (!recorded) return "nothing is recorded";
    const { generation, phase, outcome, taskArns } = recorded.state;
    const tasks = taskArns.map((arn) => {
      const truth = this.#ecs.taskOf(arn)?.lastStatus(this.#time.nowMs()) ?? "unheard of";
      return `${arn.slice(-4)} (${truth})`;
    });
    const pending = recorded.isPendingReplacement ? ", to be replaced" : "";
    return `recorded run ${generation}: ${phase} ${outcome}, tasks ${tasks.join(", ") || "none"}${pending}`;
  }

  /** Tasks of a service, and of another resource whose identity looks alike: neither is ours. */
  #startForeignTasks(): void {
    this.#ecs.plan = ENDLESS;
    for (const startedBy of ["ecs-svc/1234567890", "pulumi-OtherOne1234-1-0123456789"])
      void this.#ecs.runTask({ taskDefinition: "app:1", startedBy }, startedBy);
  }
}

/** Something happened that must not. */
export class Violation extends Error {
  override readonly name = "Violation";

  constructor(message: string, journal: readonly string[]) {
    super(`${message}\n  ${journal.join("\n  ")}`);
  }
}

function endText(end: CommandEnd): string {
  switch (end.kind) {
    case "succeeded":
    case "unchanged":
    case "crashed":
    case "hung":
      return end.kind;
    case "initFailed":
      return `failed, recorded: ${end.problem.slice(0, 100)}`;
    case "failed":
      return `failed, not recorded: ${end.error.message.slice(0, 100)}`;
  }
}
