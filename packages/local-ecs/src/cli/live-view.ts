import type { LocalEcs } from "../api/index";
import { LiveBlock } from "./live-block";
import { oneLine } from "./one-line";
import { taskTable } from "./task-table";

const REDRAW_MS = 200;
const REQUEST_LINES = 3;
/** In a low terminal the tasks are worth more than what stands above. */
const FEWEST_TASKS = 3;

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

  /**
   * @param linesAbove - how many lines above the table are to stay on the screen.
   * @returns what ends it.
   */
  show(ecs: LocalEcs, linesAbove: number): () => void {
    const block = new LiveBlock(this.#terminal);
    const draw = (): void => {
      block.draw(this.#lines(ecs, linesAbove));
    };
    draw();
    const timer = setInterval(draw, REDRAW_MS);
    return () => {
      clearInterval(timer);
      draw();
    };
  }

  #lines(ecs: LocalEcs, linesAbove: number): readonly string[] {
    // A terminal that does not know its size says 0.
    const [columns, rows] = [this.#terminal.columns || 80, this.#terminal.rows || 24];
    // The titles, the line about earlier ones, an empty one, and that of the cursor.
    const taskRows = Math.max(FEWEST_TASKS, rows - linesAbove - REQUEST_LINES - 4);
    const table = taskTable(ecs.tasks.all(), { now: ecs.now(), columns, rows: taskRows });
    return [...table, "", ...this.#latest.map((line) => oneLine(line, columns))];
  }
}
