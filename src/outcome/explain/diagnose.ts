import { taskId } from "../../aws/arn";
import {
  firstLines,
  fitLine,
  fitText,
  lastLines,
  LINE_CHARACTERS,
  linesBytes,
  linesLeftOut,
  MESSAGE_BYTES,
} from "../../text/fit-text";
import { groupReasons, type ReasonGroup } from "./group-reasons";
import type { FailedReason, Outcome } from "../judge-outcome";
import { failureKind } from "./recognise-failure";
import { markedLines } from "../../text/plain-text";
import type { TaskRecord } from "../task-record";

/** The explanation of a failed run. */
export interface Diagnosis {
  /** What failed and why, in one line that stands alone. */
  readonly summary: string;
  /** What ECS said, one thing a line. */
  readonly details: readonly string[];
  /** The code of the failure, see docs/errors.md. */
  readonly code: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** The last lines a container wrote. */
export interface ContainerLines {
  readonly container: string;
  /** The id of its task, where there are several. */
  readonly task?: string;
  readonly lines: readonly string[];
  /** Why there are no lines, when there are none. */
  readonly note?: string;
  /** Where all lines are, as a link; present when these may not be all, or too much to show. */
  readonly wholeLog?: string;
}

/** What remains to be done about a run of a resource. */
const UP_AGAIN = "run `pulumi up` again: it starts a new task";

/**
 * Explains a failed run from what DescribeTasks returned.
 *
 * @param nextStep - what to do when the cause is corrected.
 */
export function diagnose(
  tasks: readonly TaskRecord[],
  outcome: Extract<Outcome, { kind: "FAILED" }>,
  nextStep = UP_AGAIN,
): Diagnosis {
  const [first] = outcome.reasons;
  const { reasons } = outcome;
  const task = tasks.find(({ taskArn }) => taskArn === first.taskArn);
  const cause = first.container?.reason ?? (task && toldReason(task, reasons));
  const groups = groupReasons(reasons, (reason) => `${reason.text}\n${reason.container?.reason ?? ""}`);
  const details = groups.map((group) => detail(group, tasks.length > 1));
  return {
    summary: `${subject(groups, tasks)}: ${first.text}${cause ? ` (${oneLine(cause)})` : ""}`,
    details: [...(reasons.length > 1 ? details : []), ...stopDetails(tasks, reasons, cause)],
    ...advice(first, task, nextStep),
  };
}

/** What failed: the task, or as many of several as failed in the same way as the first. */
function subject(groups: readonly ReasonGroup[], tasks: readonly TaskRecord[]): string {
  const [taskArn = "", ...others] = groups.flatMap(({ taskArns }, index) => (index === 0 ? taskArns : []));
  if (others.length > 0) return `${others.length + 1} of ${tasks.length} tasks failed`;
  return `Task ${taskId(taskArn)}${tasks.length > 1 ? ` (one of ${tasks.length})` : ""} failed`;
}

function advice(
  reason: FailedReason,
  task: TaskRecord | undefined,
  nextStep: string,
): Pick<Diagnosis, "code" | "remedy"> {
  const { code, remedy, page } = failureKind(reason, task);
  const more = page ? ` See ${page}` : "";
  return { code, remedy: `${remedy}; then ${nextStep}.${more}` };
}

/** Of how many containers log lines are shown at most: of more, too little of each had room. */
const SHOWN_LOGS = 10;

/** A line of which no more is seen than this tells nothing, in characters. */
const SHORT_LINE = 100;

/** What ECS said must leave room for what the containers wrote, in bytes. */
const DETAILS_BYTES = MESSAGE_BYTES / 4;

/**
 * The whole message: the summary, what ECS said, the last log lines, what to do. It is within the limits of
 * messages; what has no room in it is said, and where it is.
 */
export function diagnosisText(diagnosis: Diagnosis, logs: readonly ContainerLines[]): string {
  const summary = fitLine(diagnosis.summary);
  const details = firstLines(
    diagnosis.details.map((line) => fitLine(`  ${line}`)),
    DETAILS_BYTES,
  );
  const remedy = `  What to do (${diagnosis.code}): ${diagnosis.remedy}`;
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

function detail({ reason, taskArns }: ReasonGroup, severalTasks: boolean): string {
  const where = severalTasks ? `${taskNames(taskArns)}: ` : "";
  const why = reason.container?.reason ? ` (${oneLine(reason.container.reason)})` : "";
  return `${where}${reason.text}${why}`;
}

function taskNames(taskArns: readonly string[]): string {
  return `${taskArns.length > 1 ? "tasks" : "task"} ${taskArns.map(taskId).join(", ")}`;
}

/** How every task ends; it says nothing where an exit code says it. */
const USUAL_END = /^Essential container in task exited\.?$/;

/** Why ECS stopped a task, where that says more than that a container's exit ended it. */
function toldReason(task: TaskRecord, reasons: readonly FailedReason[]): string | undefined {
  const { stopCode, stoppedReason = "" } = task;
  const isSilent = ({ taskArn, container }: FailedReason) =>
    taskArn === task.taskArn && container !== undefined && container.exitCode === undefined;
  const isUsual = stopCode === "EssentialContainerExited" && USUAL_END.test(stoppedReason);
  return isUsual && !reasons.some(isSilent) ? undefined : stoppedReason || undefined;
}

/** Why ECS stopped the tasks, each reason once. */
function stopDetails(
  tasks: readonly TaskRecord[],
  reasons: readonly FailedReason[],
  alreadySaid: string | undefined,
): string[] {
  const told = tasks.flatMap((task) => {
    const reason = toldReason(task, reasons);
    if (!reason || reason === alreadySaid) return [];
    const text = [task.stopCode, oneLine(reason)].filter(Boolean).join(", ");
    return [{ taskArn: task.taskArn, text }];
  });
  return groupReasons(told).map(({ reason, taskArns }) =>
    tasks.length > 1 ? `${taskNames(taskArns)} stopped: ${reason.text}` : `task stopped: ${reason.text}`,
  );
}

function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
}
