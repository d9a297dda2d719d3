import { taskId } from "../../aws/arn";
import type { FailureCode } from "../../errors";
import { groupReasons, type ReasonGroup } from "./group-reasons";
import type { FailedReason, Outcome } from "../judge-outcome";
import { failureKind } from "./recognise-failure";
import type { TaskRecord } from "../task-record";

/** The explanation of a failed run. */
export interface Diagnosis {
  /** What failed and why, in one line that stands alone. */
  readonly summary: string;
  /** What ECS said, one thing a line. */
  readonly details: readonly string[];
  /** The code of the failure, see docs/errors.md. */
  readonly code: FailureCode;
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
