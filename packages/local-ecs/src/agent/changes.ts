/** Lets several wait, each until something that changes is as they want it. */
export class Changes {
  readonly #waiting = new Set<() => void>();

  /** Has everybody who waits look again. */
  announce(): void {
    for (const look of [...this.#waiting]) look();
  }

  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}
