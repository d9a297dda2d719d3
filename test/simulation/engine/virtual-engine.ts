import { readState } from "../../../src/provider/read-state";
import { deleteRun } from "../../../src/run/delete-run";
import { refreshRun } from "../../../src/run/refresh-run";
import type { RunResult } from "../../../src/run/run-result";
import { startRun } from "../../../src/run/start-run";
import { updateRun } from "../../../src/run/update-run";
import { willDo } from "../../../src/run/preview-text";
import { identityOf } from "../../../src/run/order/started-by-and-client-token";
import { readInputs } from "../../../src/inputs/read-inputs";
import type { TaskState } from "../../../src/run/task-state";
import { REGIONS, regionOf } from "../ecs/places";
import type { Weather } from "../process/fault";
import { ProviderProcess, type ProcessWorld } from "../process/provider-process";
import type { CommandEnd } from "./command-end";
import type { Resource } from "./resource";

/** What is judged by the simulation; a mutation puts something broken in place of one of them. */
export const OPERATIONS = { startRun, updateRun, refreshRun, deleteRun, willDo };
export type Operations = typeof OPERATIONS;

/** Of all resources: one was renamed and kept its identity, or another backend has the same stack. */
const IDENTITY = identityOf("urn:pulumi:prod::shop::pulumi-nodejs:dynamic/ecs:Task::migrate");

export type CommandName = "up" | "replace" | "refresh" | "destroy";

/**
 * Pulumi's engine as far as the resources of a dynamic provider need it: which of the provider's methods it
 * calls, and what it records of their results.
 *
 * Source: observed with engine 3.258, `pkg/resource/deploy/step.go` and `step_generator.go` of pulumi/pulumi:
 * an error with an id is recorded, one without is not; a refresh forgets that initialising failed; a replacement
 * that was not made is made at the next `up`, after another delete; the resources of a program share one process.
 */
export class VirtualEngine {
  readonly #world: ProcessWorld;
  readonly #operations: Operations;
  #lives = 0;

  constructor(world: ProcessWorld, operations: Operations) {
    this.#world = world;
    this.#operations = operations;
  }

  /**
   * Gives a command for all resources of a program.
   *
   * @param onProcess - is told of the process before anything happens in it.
   */
  async run(
    command: CommandName,
    resources: readonly Resource[],
    weather: Weather,
    onProcess: (process: ProviderProcess) => void,
  ): Promise<readonly CommandEnd[]> {
    const process = new ProviderProcess(this.#world, weather);
    onProcess(process);
    const isRecorded = weather.crash !== "before its result is recorded";
    const ends: (CommandEnd | undefined)[] = resources.map(() => undefined);
    const all = resources.map(async (resource, index) => {
      ends[index] = await this.#act(command, resource, process, isRecorded);
    });
    const ending = await this.#world.cloud.time.untilSettled(
      Promise.race([Promise.all(all), process.killed.then(() => "killed")]),
    );
    process.kill();
    const open: CommandEnd = { kind: ending.kind === "hung" ? "hung" : "crashed" };
    return ends.map((end) => end ?? open);
  }

  /** Deletes what `EcsTask.get` read, as Pulumi does when it leaves the program. */
  async deleteLookUp(taskArn: string, region: string, weather: Weather): Promise<CommandEnd> {
    const process = new ProviderProcess(this.#world, weather);
    const task = { taskArn, taskDefinitionArn: "", clusterArn: "", lastStatus: "RUNNING", containers: [] };
    const clusterArn = taskArn.replace(/:task\/([^/]*)\/.*/, ":cluster/$1");
    const outputs = {
      outcome: "RUNNING",
      taskArn,
      taskArns: [taskArn],
      clusterArn,
      tasks: [{ ...task, clusterArn }],
    };
    const deleting = this.#operations.deleteRun(
      process.ports("look-up", region),
      readState(taskArn, outputs),
    );
    const ending = await this.#world.cloud.time.untilSettled(deleting);
    process.kill();
    if (ending.kind === "hung") return { kind: "hung" };
    return ending.kind === "threw" ? { kind: "failed", error: ending.error as Error } : { kind: "succeeded" };
  }

  async #act(
    command: CommandName,
    resource: Resource,
    process: ProviderProcess,
    isRecorded: boolean,
  ): Promise<CommandEnd> {
    try {
      switch (command) {
        case "up":
          return await this.#up(resource, process, isRecorded);
        case "replace":
          return await this.#replace(resource, process, isRecorded);
        case "refresh":
          return await this.#refresh(resource, process, isRecorded);
        case "destroy":
          return await this.#destroy(resource, process, isRecorded);
      }
    } catch (error) {
      return { kind: "failed", error: error as Error };
    }
  }

  #up(resource: Resource, process: ProviderProcess, isRecorded: boolean): Promise<CommandEnd> {
    const { recorded, inputs } = resource;
    if (!recorded) return this.#create(resource, process, isRecorded);
    if (recorded.isPendingReplacement) return this.#replace(resource, process, isRecorded);
    const state = stored(recorded.state);
    if (!recorded.isInitFailed && this.#operations.willDo(state, inputs) === undefined)
      return Promise.resolve({ kind: "unchanged" });
    resource.life = state.life;
    const ports = process.ports(resource.name, inputs.region ?? REGIONS[0]);
    const updated = this.#operations.updateRun(ports, state, inputs);
    return this.#record(resource, process, isRecorded, updated);
  }

  async #refresh(resource: Resource, process: ProviderProcess, isRecorded: boolean): Promise<CommandEnd> {
    const { recorded } = resource;
    if (!recorded) return { kind: "unchanged" };
    const state = stored(recorded.state);
    const read = await this.#operations.refreshRun(process.ports(resource.name, regionIn(state)), state);
    if (!isRecorded || process.isDead) return { kind: "crashed" };
    resource.recorded = { ...recorded, state: stored(read), isInitFailed: false };
    return { kind: "succeeded" };
  }

  async #destroy(resource: Resource, process: ProviderProcess, isRecorded: boolean): Promise<CommandEnd> {
    const { recorded } = resource;
    if (!recorded) return { kind: "unchanged" };
    const state = stored(recorded.state);
    await this.#operations.deleteRun(process.ports(resource.name, regionIn(state)), state);
    if (!isRecorded || process.isDead) return { kind: "crashed" };
    resource.recorded = undefined;
    return { kind: "succeeded" };
  }

  /** A taint, or `--replace`: the old one is deleted first, as the constructor of `EcsTask` says. */
  async #replace(resource: Resource, process: ProviderProcess, isRecorded: boolean): Promise<CommandEnd> {
    const { recorded } = resource;
    if (!recorded) return this.#create(resource, process, isRecorded);
    // The deletion is recorded before the replacement is made, whatever becomes of that.
    const deleted = await this.#destroy(resource, process, true);
    if (deleted.kind === "crashed") return deleted;
    resource.recorded = { ...recorded, isPendingReplacement: true };
    return this.#create(resource, process, isRecorded);
  }

  #create(resource: Resource, process: ProviderProcess, isRecorded: boolean): Promise<CommandEnd> {
    this.#lives += 1;
    resource.life = `life${this.#lives}`;
    const run = { identity: IDENTITY, life: resource.life, generation: 1 };
    const ports = process.ports(resource.name, resource.inputs.region ?? REGIONS[0]);
    const started = this.#operations.startRun(ports, { inputs: readInputs(resource.inputs), run });
    return this.#record(resource, process, isRecorded, started);
  }

  async #record(
    resource: Resource,
    process: ProviderProcess,
    isRecorded: boolean,
    acting: Promise<RunResult>,
  ): Promise<CommandEnd> {
    const { state, failure } = await acting;
    if (!isRecorded || process.isDead) return { kind: "crashed" };
    const isInitFailed = failure !== undefined;
    resource.recorded = { state: stored(state), isInitFailed, isPendingReplacement: false };
    return failure ? { kind: "initFailed", failure } : { kind: "succeeded" };
  }
}

/** What becomes of a record in Pulumi's state file and back. */
function stored(state: TaskState): TaskState {
  return readState(IDENTITY, JSON.parse(JSON.stringify(state)) as object);
}

/** Where a recorded run is. */
function regionIn(state: TaskState): string {
  return (state.taskArn && regionOf(state.taskArn)) ?? state.region ?? REGIONS[0];
}
