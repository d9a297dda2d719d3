import { fitBeginning } from "../../text/fit-text";

/** The text as one line of at most so many characters, without those that would move the cursor. */
export function oneLine(line: string, columns: number): string {
  // eslint-disable-next-line no-control-regex -- these are what has to go
  return fitBeginning(line.replace(/[\u0000-\u001f\u007f-\u009f]/g, " "), columns);
}
