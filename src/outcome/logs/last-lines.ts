import { EcsApiError } from "../../aws/ecs-gateway";
import type { ContainerLines } from "../explain/diagnose";
import { canonicalJson } from "../../text/canonical-json";
import { LINE_CHARACTERS, linesBytes } from "../../text/fit-text";
import type { LogTarget } from "./log-target";
import type { Clock } from "../../aws/pace/clock";
import type { LogGateway } from "./log-gateway";
import { unreadableNote } from "./unreadable-note";

/** How many lines of a failed container are shown: enough for a stack trace's beginning, little enough to read. */
const LINES = 20;

/**
 * A stream is read until two reads agree, for lines that arrive after the container ended: so often at most, and so often
 * while there are none; and how long apart, in milliseconds.
 */
const MOST_READS = 10;
const READS_OF_NOTHING = 3;
const BETWEEN_READS_MS = 1000;

/** Lines of which some have no room in the error, or which are not all of them. */
function mayBeCut(lines: readonly string[]): boolean {
  return lines.length >= LINES || linesBytes(lines) > LINE_CHARACTERS;
}

/**
 * The last lines a container wrote. The outcome of a task never depends on them: what cannot be read becomes
 * a note.
 */
export async function lastLines(
  { logs, clock }: { logs: LogGateway; clock: Clock },
  container: string,
  target: LogTarget,
): Promise<ContainerLines> {
  let lines: readonly string[] = [];
  let note: string | undefined;
  for (let read = 0; read < MOST_READS; read += 1) {
    if (read > 0) await clock.sleep(BETWEEN_READS_MS);
    const before = lines;
    try {
      lines = await logs.lastLines(target, LINES);
      note = undefined;
    } catch (error) {
      note = unreadableNote(error, target);
      if (error instanceof EcsApiError && error.kind === "denied") break;
    }
    const isSame = canonicalJson(lines) === canonicalJson(before);
    if (isSame && (lines.length > 0 || read + 1 >= READS_OF_NOTHING)) break;
  }
  return {
    container,
    lines,
    ...(note ? { note } : {}),
    ...(mayBeCut(lines) ? { wholeLog: target.consoleUrl } : {}),
  };
}
