/** How many launches a command may send, and how many one after the other without a pause. */
const MOST = 300;
const MOST_IN_A_ROW = 12;

/** I8: bounded work. Counts the launches that a resource sends in a command. */
export class LaunchPace {
  #sent = 0;
  #inARow = 0;
  #longestRow = 0;
  #answeredMs = -1;

  sent(atMs: number): void {
    this.#sent += 1;
    this.#inARow = atMs === this.#answeredMs ? this.#inARow + 1 : 1;
    this.#longestRow = Math.max(this.#longestRow, this.#inARow);
  }

  answered(atMs: number): void {
    this.#answeredMs = atMs;
  }

  violation(): string | undefined {
    if (this.#longestRow > MOST_IN_A_ROW)
      return `I8: ${this.#longestRow} launches were sent one after the other without a pause`;
    return this.#sent > MOST ? `I8: ${this.#sent} launches were sent by one command` : undefined;
  }
}
