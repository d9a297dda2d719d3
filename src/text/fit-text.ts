import { plainText } from "./plain-text";

/** The longest message that is told and recorded, in bytes of UTF-8. */
export const MESSAGE_BYTES = 16 * 1024;

/** The longest line of a message, in characters. What is longer is minified code or data, which nobody reads there. */
export const LINE_CHARACTERS = 2000;

/** What it takes, at most, to say how much of a line was left out. */
const NOTE_CHARACTERS = 44;

/**
 * Brings a text within its limits. Its first line, which says what failed, and its last one, which says what to do,
 * are always kept. What is left out is said. It is the last door before Pulumi: a text leaves it plain, see `plainText`.
 *
 * @param maxBytes - 1 KiB or more.
 */
export function fitText(text: string, maxBytes = MESSAGE_BYTES): string {
  const [first = "", ...rest] = plainText(text)
    .split("\n")
    .map((line) => fitLine(line));
  const whole = [first, ...rest].join("\n");
  if (utf8Bytes(whole) <= maxBytes) return whole;
  // Two lines have to have room whatever they are written in: a character has three bytes at most.
  const lineLimit = Math.min(LINE_CHARACTERS, Math.floor(maxBytes / 8));
  const head = fitLine(first, lineLimit);
  const last = rest.slice(-1).map((line) => fitLine(line, lineLimit));
  const room = maxBytes - utf8Bytes([head, ...last].join("\n")) - 1;
  return [head, ...firstLines(rest.slice(0, -1), room), ...last].join("\n");
}

/** A line of at most so many characters: a longer one keeps its beginning and its end. Never half a character. */
export function fitLine(line: string, maxCharacters = LINE_CHARACTERS): string {
  if (line.length <= maxCharacters) return line;
  const room = maxCharacters - NOTE_CHARACTERS;
  const end = lastCharacters(line, Math.floor(room / 4));
  const start = firstCharacters(line, room - end.length);
  return `${start} … (${line.length - start.length - end.length} characters left out) … ${end}`;
}

/** The beginning of a text, of at most so many characters, the sign that it goes on included. */
export function fitBeginning(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${firstCharacters(text, maxCharacters - 1)}…`;
}

/** The first lines that have room, and how many have not. */
export function firstLines(lines: readonly string[], maxBytes: number): readonly string[] {
  if (linesBytes(lines) <= maxBytes) return lines;
  const note = (count: number) => `  … ${linesLeftOut(count)}`;
  const kept = whileRoom(lines, maxBytes - linesBytes([note(lines.length)]));
  return [...kept, note(lines.length - kept.length)];
}

/** The last lines that have room. */
export function lastLines(lines: readonly string[], maxBytes: number): readonly string[] {
  return whileRoom(lines.toReversed(), maxBytes).toReversed();
}

export function linesLeftOut(count: number): string {
  return `${count} ${count === 1 ? "line" : "lines"} left out`;
}

export function utf8Bytes(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/** What lines take with the line break before each. */
export function linesBytes(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + 1 + utf8Bytes(line), 0);
}

function whileRoom(lines: readonly string[], maxBytes: number): readonly string[] {
  let room = maxBytes;
  const firstTooMany = lines.findIndex((line) => (room -= linesBytes([line])) < 0);
  return firstTooMany < 0 ? lines : lines.slice(0, firstTooMany);
}

function firstCharacters(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, "");
}

function lastCharacters(text: string, length: number): string {
  return text.slice(-length).replace(/^[\udc00-\udfff]/, "");
}
