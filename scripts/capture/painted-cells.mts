/** What a terminal would show of a line: characters, and how each looks. */

export interface Cell {
  readonly character: string;
  readonly isBold: boolean;
  /** One of the terminal's 256 colours by its number; absent for the ordinary one. */
  readonly colour?: string;
}

/** A control sequence for colours, its code captured. */
const SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[([\\d;]*)m`);

/** Reads the ANSI sequences that the Pulumi CLI writes: reset, bold, and one of 256 colours. */
export function paintedCells(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let look: Omit<Cell, "character"> = { isBold: false };
  // A tab is as wide as what it stands for in the CLI's output: an indentation.
  // Split by a pattern with a group, every second part is what the group captured.
  line
    .replaceAll("\t", "  ")
    .split(SEQUENCE)
    .forEach((part, index) => {
      if (index % 2 === 1) look = lookAfter(look, part);
      else cells.push(...Array.from(part, (character) => ({ character, ...look })));
    });
  return cells;
}

function lookAfter(look: Omit<Cell, "character">, code: string): Omit<Cell, "character"> {
  if (code === "" || code === "0") return { isBold: false };
  if (code === "1") return { ...look, isBold: true };
  const colour = /^38;5;(\d+)$/.exec(code)?.[1];
  if (colour !== undefined) return { ...look, colour };
  throw new Error(`The picture cannot show what the CLI writes as ESC[${code}m`);
}

/** Breaks a line at spaces; what follows stands deeper than its beginning. */
export function wrapCells(cells: readonly Cell[], columns: number): readonly (readonly Cell[])[] {
  const depth = cells.findIndex(({ character }) => character !== " ") + 4;
  const indent = Array.from({ length: depth }, (): Cell => ({ character: " ", isBold: false }));
  const rows: (readonly Cell[])[] = [];
  let rest = cells;
  while (rest.length > columns) {
    const space = rest.slice(0, columns + 1).findLastIndex(({ character }) => character === " ");
    const end = space > depth ? space : columns;
    rows.push(rest.slice(0, end));
    rest = [...indent, ...rest.slice(space > depth ? end + 1 : end)];
  }
  return [...rows, rest];
}
