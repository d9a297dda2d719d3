import type { Clock } from "../../time/clock";
import type { TaskRecord } from "./task-record";

/**
 * How long each operation does not know a new task, in milliseconds.
 * ECS is eventually consistent. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 * @public
 */
export interface ConsistencyLag {
  /** @defaultValue 0 */
  readonly DescribeTasks?: number;
  /** @defaultValue 0 */
  readonly ListTasks?: number;
}

/** Which tasks the reading operations see. */
export class Visibility {
  readonly #clock: Clock;
  readonly #lagMs: ConsistencyLag;
  readonly #hidden = new Set<string>();

  constructor(clock: Clock, lagMs: ConsistencyLag = {}) {
    this.#clock = clock;
    this.#lagMs = lagMs;
  }

  hide(taskArn: string): void {
    this.#hidden.add(taskArn);
  }

  show(taskArn: string): void {
    this.#hidden.delete(taskArn);
  }

  shows(operation: keyof ConsistencyLag, { task }: TaskRecord): boolean {
    const { [operation]: lagMs = 0 } = this.#lagMs;
    return !this.#hidden.has(task.taskArn) && this.#clock.now() >= task.createdAt.getTime() + lagMs;
  }
}
