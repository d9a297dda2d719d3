/** The little of a terminal that is needed. */
export interface Terminal {
  write(text: string): unknown;
}

/** Lines at the end of a terminal's text that are written anew in their place. They must not be wider than it. */
export class LiveBlock {
  readonly #terminal: Terminal;
  #lines: readonly string[] = [];

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  draw(lines: readonly string[]): void {
    if (lines.join("\n") === this.#lines.join("\n")) return;
    // Up to the first line, and away with all below the cursor.
    const up = this.#lines.length === 0 ? "" : `\u001b[${this.#lines.length}A\r\u001b[J`;
    this.#terminal.write(`${up}${lines.join("\n")}\n`);
    this.#lines = lines;
  }
}
