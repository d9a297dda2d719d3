/** Draws lines of terminal output, colours included, as a picture that is text: it can be read, searched and compared. */
import { paintedCells, wrapCells, type Cell } from "./painted-cells.mts";

export interface TerminalPicture {
  /** Read out in place of the picture. */
  readonly title: string;
  /** What the terminal shows, with ANSI colours. */
  readonly text: string;
  /** Longer lines are wrapped. */
  readonly columns: number;
}

/** The advance of a monospace character is 0.6 of its size in the fonts that are named below. */
const FONT_SIZE = 14;
const ADVANCE = FONT_SIZE * 0.6;
const LINE_HEIGHT = 19;
const PADDING = 18;

/** Colours by the number that the Pulumi CLI gives them; on the panel's own dark ground, so on light pages and dark. */
const COLOURS: Readonly<Record<string, string>> = {
  "1": "#ff7b72",
  "2": "#7ee787",
  "3": "#e3b341",
  "12": "#79c0ff",
  "13": "#d2a8ff",
};

export function terminalSvg({ title, text, columns }: TerminalPicture): string {
  const rows = text
    .trimEnd()
    .split("\n")
    .flatMap((line) => wrapCells(paintedCells(line), columns));
  const width = Math.ceil(columns * ADVANCE + 2 * PADDING);
  const height = rows.length * LINE_HEIGHT + 2 * PADDING;
  const body = rows.map((row, index) => {
    const y = PADDING + index * LINE_HEIGHT + FONT_SIZE;
    return `  <text x="${PADDING}" y="${y}">${spansOf(row)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" xml:space="preserve">
  <title>${escape(title)}</title>
  <style>
    rect { fill: #161b22; stroke: #30363d }
    text { fill: #e6edf3; font: ${FONT_SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; white-space: pre }
    .b { font-weight: bold }
${Object.entries(COLOURS)
  .map(([number, colour]) => `    .c${number} { fill: ${colour} }`)
  .join("\n")}
  </style>
  <rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${body.join("\n")}
</svg>
`;
}

/** Neighbours that look alike in one element. */
function spansOf(cells: readonly Cell[]): string {
  let spans = "";
  for (let from = 0; from < cells.length;) {
    const look = lookOf(cells[from]);
    let to = from;
    while (to < cells.length && lookOf(cells[to]) === look) to++;
    const text = escape(
      cells
        .slice(from, to)
        .map(({ character }) => character)
        .join(""),
    );
    spans += look === "" ? text : `<tspan class="${look}">${text}</tspan>`;
    from = to;
  }
  return spans;
}

function lookOf(cell: Cell | undefined): string {
  const colour = cell?.colour !== undefined && cell.colour in COLOURS ? `c${cell.colour}` : "";
  return [colour, cell?.isBold ? "b" : ""].filter((name) => name !== "").join(" ");
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
