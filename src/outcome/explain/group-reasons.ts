import type { FailedReason } from "../judge-outcome";

/** One thing that was seen, in one or several tasks. */
export interface ReasonGroup {
  readonly reason: FailedReason;
  readonly taskArns: readonly string[];
}

/** Reasons that say the same, together, in the order in which each is said first. */
export function groupReasons(
  reasons: readonly FailedReason[],
  said: (reason: FailedReason) => string = ({ text }) => text,
): readonly ReasonGroup[] {
  const groups = new Map<string, { reason: FailedReason; taskArns: string[] }>();
  for (const reason of reasons) {
    const group = groups.get(said(reason));
    if (group) group.taskArns.push(reason.taskArn);
    else groups.set(said(reason), { reason, taskArns: [reason.taskArn] });
  }
  return [...groups.values()];
}

/**
 * Why a run failed, in one line: `3 of 3 tasks: container "app" exited with code 9`.
 *
 * @param taskCount - of how many tasks it consists.
 */
export function reasonsText(reasons: readonly FailedReason[], taskCount: number): string {
  return groupReasons(reasons)
    .map(({ reason, taskArns }) =>
      taskCount > 1 ? `${taskArns.length} of ${taskCount} tasks: ${reason.text}` : reason.text,
    )
    .join(", ");
}
