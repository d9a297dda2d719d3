import { taskId } from "./arn";
import type { FailedReason, Outcome } from "./judge-outcome";
import { failureKind } from "./failure-kinds";
import type { TaskRecord } from "./task-record";

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
  readonly lines: readonly string[];
  /** Why there are no lines, when there are none. */
  readonly note?: string;
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
  const task = tasks.find(({ taskArn }) => taskArn === first.taskArn);
  const cause = first.container?.reason ?? (task && toldReason(task));
  const subject =
    tasks.length > 1
      ? `Task ${taskId(first.taskArn)} (one of ${tasks.length})`
      : `Task ${taskId(first.taskArn)}`;
  const details = outcome.reasons.map((reason) => detail(reason, tasks.length > 1));
  return {
    summary: `${subject} failed: ${first.text}${cause ? ` (${oneLine(cause)})` : ""}`,
    details: [...(details.length > 1 ? details : []), ...tasks.flatMap((each) => stopDetails(each, cause))],
    ...advice(first, task, nextStep),
  };
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

/** The whole message: the summary, what ECS said, the last log lines, what to do. */
export function diagnosisText(diagnosis: Diagnosis, logs: readonly ContainerLines[]): string {
  return [
    diagnosis.summary,
    ...diagnosis.details.map((line) => `  ${line}`),
    ...logs.flatMap(({ container, lines, note }) =>
      lines.length > 0
        ? [`  last log lines of container "${container}":`, ...lines.map((line) => `    ${line}`)]
        : [`  no log lines of container "${container}": ${note ?? "it wrote none"}`],
    ),
    `  What to do (${diagnosis.code}): ${diagnosis.remedy}`,
  ].join("\n");
}

function detail(reason: FailedReason, severalTasks: boolean): string {
  const where = severalTasks ? `task ${taskId(reason.taskArn)}: ` : "";
  const why = reason.container?.reason ? ` (${oneLine(reason.container.reason)})` : "";
  return `${where}${reason.text}${why}`;
}

/** Why ECS stopped a task, where that says more than that a container's exit ended it. */
function toldReason(task: TaskRecord): string | undefined {
  return task.stopCode === "EssentialContainerExited" ? undefined : task.stoppedReason;
}

function stopDetails(task: TaskRecord, alreadySaid: string | undefined): string[] {
  const reason = toldReason(task);
  if (!reason || reason === alreadySaid) return [];
  return [`task stopped: ${[task.stopCode, oneLine(reason)].filter(Boolean).join(", ")}`];
}

function oneLine(text: string): string {
  return text
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replace(/\.$/, "");
}
