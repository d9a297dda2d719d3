/** Who a task belongs to. */
interface Claim {
  readonly life: string;
  /** When its run gave it up; absent while it counts for it. */
  releasedAt?: number;
}

interface OfTask {
  readonly taskArn: string;
}

/**
 * Which resource each task of this process belongs to, by the resource's life. Two resources can have one identity (a
 * renamed one with an alias, and a new one under the old name), and the same task must not count for both.
 *
 * A task of a run that did not come to what was asked for can be taken by a run that begins later: a hook may ask for the
 * resource again, in a new life. One that was on its way at the same time is another resource.
 */
export class Claims {
  readonly #claims = new Map<string, Claim>();
  readonly #beganAt = new Map<string, number>();
  #events = 0;

  /** A run of this life begins. */
  begin(life: string): void {
    this.#beganAt.set(life, (this.#events += 1));
  }

  /** Takes a task for a resource. @returns false when it belongs to another one. */
  take(taskArn: string, life: string): boolean {
    if (this.isTaken(taskArn, life)) return false;
    this.#claims.set(taskArn, { life });
    return true;
  }

  /** Takes tasks for a resource, one after the other, until it has as many as it wants. @returns those that are its own. */
  takeUpTo<Task extends OfTask>(wanted: number, tasks: readonly Task[], life: string): readonly Task[] {
    const own: Task[] = [];
    for (const task of tasks) if (own.length < wanted && this.take(task.taskArn, life)) own.push(task);
    return own;
  }

  /** Whether a task belongs to another resource. */
  isTaken(taskArn: string, life: string): boolean {
    const claim = this.#claims.get(taskArn);
    if (claim === undefined || claim.life === life) return false;
    return claim.releasedAt === undefined || claim.releasedAt > (this.#beganAt.get(life) ?? 0);
  }

  /** The run of this life did not come to what was asked for. */
  release(life: string): void {
    const releasedAt = (this.#events += 1);
    for (const claim of this.#claims.values()) if (claim.life === life) claim.releasedAt ??= releasedAt;
  }
}
