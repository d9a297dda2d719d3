import type { TaskInputs } from "../../../src/inputs/task-inputs";
import type { Accepted } from "../ecs/client-tokens";
import type { VirtualCluster } from "../ecs/virtual-cluster";
import type { VirtualTask } from "../ecs/virtual-task";

/** Why a task was launched. */
export interface LaunchNote {
  readonly task: VirtualTask;
  /** The resource that it was launched for. */
  readonly resource: string;
  readonly life: string;
  /** Of the run; `undefined` when nobody can tell. */
  readonly generation: number | undefined;
  readonly inputs: TaskInputs;
  /** What its clientToken has to be made of; `undefined` for StartTask, and when the generation is not known. */
  readonly tokenOf: string | undefined;
}

interface TokenNote {
  readonly tokenOf: string;
  readonly cluster: VirtualCluster;
  readonly accepted: Accepted;
}

/** What ECS did for the resources, and why. */
export class Ledger {
  readonly #notes = new Map<string, LaunchNote>();
  readonly #tokens: TokenNote[] = [];

  addLaunch(note: LaunchNote): void {
    this.#notes.set(note.task.taskArn, note);
  }

  addToken(note: TokenNote): void {
    this.#tokens.push(note);
  }

  noteOf(taskArn: string): LaunchNote | undefined {
    return this.#notes.get(taskArn);
  }

  launchesOf(resource: string): readonly LaunchNote[] {
    return [...this.#notes.values()].filter((note) => note.resource === resource);
  }

  /** The tokens that a run has used in a cluster up to the one of a task. */
  tokensUntil({ task, tokenOf }: LaunchNote): readonly Accepted[] {
    const { region, cluster, createdMs } = task.origin;
    return this.#tokens
      .filter(
        (note) =>
          note.tokenOf === tokenOf &&
          note.cluster.region === region &&
          note.cluster.name === cluster &&
          note.accepted.atMs <= createdMs,
      )
      .map(({ accepted }) => accepted);
  }
}
