/**
 * Takes out of a command's output what differs from run to run, so that two runs that say the same compare equal, and
 * the counts at its end, which say no more than the rows.
 */
import { stripVTControlCharacters } from "node:util";
import { createOutputTrimmer } from "../demo/trim-output.mts";

/** A row of the CLI about one resource: its type and its name. */
const ROW = /^ [ +~-] +(\S+:\S+ \S+) /;

/** Times become this one. */
const SECONDS = "2s";
const TASK_ID = "0f3ac91de5b84c7b9d2e6a1f48c07b35";

export function steadyLines(output: readonly string[]): readonly string[] {
  const trimmer = createOutputTrimmer();
  const lines = output.flatMap((line) => trimmer.push(line));
  const end = lines.findIndex((line) => plain(line).startsWith("Resources:"));
  const rows = withLastRows(end < 0 ? lines : lines.slice(0, end)).map(steady);
  return rows.filter((line, index) => plain(line) !== "" || (index > 0 && index < rows.length - 1));
}

/** How often a resource's row is written anew depends on how fast things go; its last one is the whole of it. */
function withLastRows(lines: readonly string[]): readonly string[] {
  const resources = lines.map((line) => ROW.exec(plain(line))?.[1]);
  return lines.filter((_, index) => {
    const resource = resources[index];
    return resource === undefined || resources.lastIndexOf(resource) === index;
  });
}

function steady(line: string): string {
  return line
    .replaceAll(/\b[0-9a-f]{32}\b/g, TASK_ID)
    .replaceAll(/\([\d.]+s\)/g, `(${SECONDS})`)
    .replaceAll(/(exit \d+) \d+s/g, `$1 ${SECONDS}`)
    .trimEnd();
}

function plain(line: string): string {
  return stripVTControlCharacters(line);
}
