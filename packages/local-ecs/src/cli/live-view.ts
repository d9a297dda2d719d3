import type { LocalEcs } from "../local-ecs";
import { LiveBlock } from "./live-block";
import { oneLine } from "./one-line";
import { taskTable } from "./task-table";

const REDRAW_MS = 200;
const REQUEST_LINES = 3;

/** Shows the tasks of a local ECS and its latest requests, until it is ended. */
export class LiveView {
  readonly #terminal: NodeJS.WriteStream;
  readonly #latest: string[] = [];

  constructor(terminal: NodeJS.WriteStream) {
    this.#terminal = terminal;
  }

  log(line: string): void {
    this.#latest.push(line);
    this.#latest.splice(0, this.#latest.length - REQUEST_LINES);
  }

  /** @returns what ends it. */
  show(ecs: LocalEcs): () => void {
    const block = new LiveBlock(this.#terminal);
    const draw = (): void => {
      block.draw(this.#lines(ecs));
    };
    draw();
    const timer = setInterval(draw, REDRAW_MS);
    return () => {
      clearInterval(timer);
      draw();
    };
  }

  #lines(ecs: LocalEcs): readonly string[] {
    // A terminal that does not know its size says 0.
    const [columns, rows] = [this.#terminal.columns || 80, this.#terminal.rows || 24];
    // A block that is higher than the terminal cannot be drawn in its place.
    const taskRows = Math.max(1, rows - REQUEST_LINES - 5);
    const table = taskTable(ecs.tasks.all(), { now: ecs.now(), columns, rows: taskRows });
    return [...table, "", ...this.#latest.map((line) => oneLine(line, columns))];
  }
}
