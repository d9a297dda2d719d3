/** The text as one line of at most so many characters, without those that would move the cursor. */
export function oneLine(text: string, columns: number): string {
  // eslint-disable-next-line no-control-regex -- these are what has to go
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f]/g, " ");
  if (line.length <= columns) return line;
  // Never half a character.
  return `${line.slice(0, columns - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
