/** Tells a story in the terminal: chapters, commands with their output, tables, and claims that are checked. */
import { stripVTControlCharacters, styleText } from "node:util";
import { createStatusLine } from "./status-line.mts";

type Style = Parameters<typeof styleText>[0];

const status = createStatusLine();
const margin = "   ";

/** styleText asks the stream and NO_COLOR, FORCE_COLOR whether there are colours. */
function style(format: Style, text: string): string {
  return styleText(format, text, { stream: process.stdout });
}

export const hasColours = style("bold", "x") !== "x";

function print(line = ""): void {
  // The status line may stand where this line goes.
  if (process.stderr.isTTY && process.stdout.isTTY) process.stdout.write("\r\x1b[K");
  process.stdout.write(`${line.trimEnd()}\n`);
}

let chapters = 0;

export function chapter(title: string): void {
  status.clear();
  print();
  print(style(["bold", "cyan"], `${String(++chapters)}. ${title}`));
  print();
}

export function say(text = ""): void {
  print(text === "" ? "" : `${margin}${text}`);
}

export function showCommand(command: string): void {
  print(`${margin}${style("bold", `$ ${command}`)}`);
}

export function showOutput(line: string): void {
  print(`${margin}${style("dim", "│")} ${line}`);
}

/** Shows that something goes on, until `settled`. */
export async function whileWaiting<T>(what: string, settled: Promise<T>): Promise<T> {
  status.show(what);
  try {
    return await settled;
  } finally {
    status.clear();
  }
}

/** Rows under their headings; a column of numbers is aligned to the right. */
export function showTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => width(String(row[column] ?? "")))),
  );
  const format = (row: readonly (string | number)[]): string =>
    row.map((cell, column) => pad(cell, widths[column] ?? 0)).join("  ");
  say(style("underline", format(headings)));
  for (const row of rows) say(format(row));
}

function pad(cell: string | number, to: number): string {
  const fill = " ".repeat(to - width(String(cell)));
  return typeof cell === "number" ? fill + String(cell) : cell + fill;
}

function width(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** What the story says is checked: one claim that does not hold ends it. */
export class FalseClaim extends Error {}

export function claim(text: string, holds: boolean): void {
  if (!holds) {
    say(style("red", `✘ ${text}`));
    throw new FalseClaim(`This is not so: ${text}`);
  }
  say(`${style("green", "✔")} ${text}`);
}
