/** A line that tells how far a command is, where there is a terminal to watch it. */
export class ProgressLine {
  readonly #terminal: NodeJS.WriteStream;

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
  }

  show(text: string): void {
    if (this.#terminal.isTTY) this.#terminal.write(`\r\u001b[K${text}`);
  }

  clear(): void {
    this.show("");
  }
}
