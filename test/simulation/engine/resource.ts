import type { TaskInputs } from "../../../src/inputs/task-inputs";
import type { TaskState } from "../../../src/run/task-state";

/** What Pulumi has recorded of a resource. */
export interface Recorded {
  readonly state: TaskState;
  readonly isInitFailed: boolean;
  /** It was deleted to be replaced, and nothing has taken its place yet. */
  readonly isPendingReplacement: boolean;
}

/** A resource of the program. */
export class Resource {
  readonly name: string;
  inputs: TaskInputs;
  /** The nonce of the resource that is being made or kept. */
  life = "";
  #recorded: Recorded | undefined;
  /** All that was ever recorded of it: what a backup may hold. */
  readonly history: Recorded[] = [];

  constructor(name: string, inputs: TaskInputs) {
    this.name = name;
    this.inputs = inputs;
  }

  get recorded(): Recorded | undefined {
    return this.#recorded;
  }

  set recorded(recorded: Recorded | undefined) {
    this.#recorded = recorded;
    if (recorded) this.history.push(recorded);
  }
}
