/**
 * Which resource each task of this process belongs to, by the resource's life. Two resources can have one identity (a
 * renamed one with an alias, and a new one under the old name), and the same task must not count for both.
 */
export class Claims {
  readonly #lifeOf = new Map<string, string>();

  /** Takes a task for a resource. @returns false when it belongs to another one. */
  take(taskArn: string, life: string): boolean {
    const owner = this.#lifeOf.get(taskArn) ?? life;
    this.#lifeOf.set(taskArn, owner);
    return owner === life;
  }

  /** Whether a task belongs to another resource. */
  isTaken(taskArn: string, life: string): boolean {
    return (this.#lifeOf.get(taskArn) ?? life) !== life;
  }

  /** Gives the tasks of a run free that failed: a hook may ask for the resource once more, in a new life. */
  release(life: string): void {
    for (const [taskArn, owner] of this.#lifeOf) if (owner === life) this.#lifeOf.delete(taskArn);
  }
}
