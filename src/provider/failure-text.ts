import type { ContainerLines } from "../outcome/explain/diagnose";
import type { Failure } from "../run/run-result";
import {
  firstLines,
  fitLine,
  fitText,
  lastLines,
  LINE_CHARACTERS,
  linesBytes,
  linesLeftOut,
  MESSAGE_BYTES,
} from "../text/fit-text";
import { markedLines } from "../text/plain-text";

/** Of how many containers log lines are shown at most: of more, too little of each had room. */
const SHOWN_LOGS = 10;

/** A line of which no more is seen than this tells nothing, in characters. */
const SHORT_LINE = 100;

/** What ECS said must leave room for what the containers wrote, in bytes. */
const DETAILS_BYTES = MESSAGE_BYTES / 4;

/**
 * The whole message: the summary, what ECS said, the last log lines, what to do. It is within the limits of
 * messages; what has no room in it is said, and where it is. Of a failure without a code it is one line.
 */
export function failureText(failure: Omit<Failure, "inShort">): string {
  const { code, logs = [] } = failure;
  if (code === undefined) return fitText(`${failure.summary} ${failure.remedy}`);
  const summary = fitLine(failure.summary);
  const details = firstLines(
    (failure.details ?? []).map((line) => fitLine(`  ${line}`)),
    DETAILS_BYTES,
  );
  const remedy = `  What to do (${code}): ${failure.remedy}`;
  const room = MESSAGE_BYTES - linesBytes([summary, ...details, remedy]);
  const [shown, others] = [logs.slice(0, SHOWN_LOGS), logs.slice(SHOWN_LOGS)];
  const more = others.map(({ container }) => `"${container}"`).join(", ");
  const lines = shown.flatMap((log) => logLines(log, Math.floor(room / shown.length)));
  if (others.length > 0)
    lines.push(
      fitLine(`  … log lines left out of ${others.length} more containers: ${more}`, SHORT_LINE * 2),
    );
  return fitText([summary, ...details, ...lines, remedy].join("\n"));
}

function logLines(log: ContainerLines, maxBytes: number): string[] {
  const { lines, note, wholeLog } = log;
  if (lines.length === 0) return [`  no log lines of ${whose(log)}: ${note ?? "it wrote none"}`];
  const which = lines.length === 1 ? "last log line" : `last ${lines.length} log lines`;
  const title = `  ${which} of ${whose(log)}:`;
  // Behind a mark, or a CI system would take some for commands.
  const written = lines.flatMap((line) => markedLines(line)).map((line) => `    ${line}`);
  const all = [title, ...leftOut(0, wholeLog), ...written];
  if (written.every((line) => fitLine(line) === line) && linesBytes(all) <= maxBytes) return all;
  // Where many share the room, some long lines tell more than the end of one.
  const longest = Math.min(LINE_CHARACTERS, Math.max(SHORT_LINE, Math.floor(maxBytes / 4)));
  const fitting = written.map((line) => fitLine(line, longest));
  const kept = lastLines(fitting, maxBytes - linesBytes([title, ...leftOut(fitting.length, wholeLog)]));
  return [title, ...leftOut(fitting.length - kept.length, wholeLog), ...kept];
}

function whose({ container, task }: ContainerLines): string {
  return `container "${container}"${task ? ` of task ${task}` : ""}`;
}

function leftOut(count: number, wholeLog: string | undefined): string[] {
  const what = [
    ...(count > 0 ? [linesLeftOut(count)] : []),
    ...(wholeLog ? [`the whole log: ${wholeLog}`] : []),
  ];
  return what.length > 0 ? [`    … ${what.join("; ")}`] : [];
}
