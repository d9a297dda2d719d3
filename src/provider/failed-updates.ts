import type { RunResult } from "../run/run-result";
import type { TaskState } from "../run/task-state";

/**
 * What the updates of this process came to that failed.
 *
 * For a hook that asks for an update once more, the engine calls it with the record from before the first try (observed
 * with 3.258 and 3.276). From that record the failed run would look like one that an interrupted `up` has started, and
 * its failure would be taken for the result of each further try.
 */
export class FailedUpdates {
  readonly #failed = new Map<string, TaskState>();

  /** What is known of a resource when it is updated: what came of the try before, or else what is recorded. */
  newest(recorded: TaskState): TaskState {
    return this.#failed.get(recorded.life) ?? recorded;
  }

  note({ state, failure }: RunResult): void {
    if (failure === undefined) this.forget(state);
    else this.#failed.set(state.life, state);
  }

  /** A call that the engine does not repeat updates with: from here on its record is the newest again. */
  forget({ life }: TaskState): void {
    this.#failed.delete(life);
  }
}
