/** Takes out of the CLI's line-by-line output what only repeats, so that a reader sees each thing once. */
import { stripVTControlCharacters } from "node:util";

export interface OutputTrimmer {
  /** Takes the next line, and answers the lines to show now. */
  readonly push: (line: string) => readonly string[];
}

/** That time passes, and a stack that is only named. */
const passing = /^@ |^Permalink:|^View in Browser|^\s+pulumi:pulumi:Stack \S+\s*(running)?\s*$/;
/** A message to a resource before its operation is known; the next line has both. */
const early = /^ {4}\S+:\S+ \S+ {2}/;

export function createOutputTrimmer(): OutputTrimmer {
  const shown: string[] = [];
  let diagnostics: string[] | undefined;

  const show = (line: string): readonly string[] => {
    const plain = plainOf(line);
    if (passing.test(plain) || early.test(plain)) return [];
    if (plain === (shown.at(-1) ?? "")) return [];
    shown.push(plain);
    if (plain === "") return [];
    // An empty line is shown with what follows it, so none comes last.
    return shown.at(-2) === "" ? ["", line] : [line];
  };
  return {
    push: (line) => {
      const plain = plainOf(line);
      if (plain === "Diagnostics:") {
        diagnostics = [line];
        return [];
      }
      if (diagnostics === undefined) return show(line);
      if (!/^(Outputs|Resources):/.test(plain)) {
        diagnostics.push(line);
        return [];
      }
      const news = newDiagnostics(diagnostics, shown);
      diagnostics = undefined;
      return [...news, line].flatMap(show);
    },
  };
}

/** The diagnostics are paragraphs, one for each resource, under a common heading. They repeat messages. */
function newDiagnostics(
  [heading = "", ...lines]: readonly string[],
  shown: readonly string[],
): readonly string[] {
  const paragraphs: string[][] = [[]];
  for (const line of lines) {
    if (/^ {2}\S/.test(plainOf(line))) paragraphs.push([]);
    paragraphs.at(-1)?.push(line);
  }
  const news = paragraphs.flatMap(([resource = "", ...messages]) => {
    const fresh = messages.filter((line) => !shown.some((before) => before.endsWith(plainOf(line).trim())));
    return fresh.length === 0 ? [] : [resource, ...fresh, ""];
  });
  return news.length === 0 ? [""] : [heading, ...news];
}

function plainOf(line: string): string {
  return stripVTControlCharacters(line).trimEnd();
}
