import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { groupReasons } from "./group-reasons";
import { containerStatuses, waitingContainers } from "./held-up";
import type { TaskRecord } from "../task-record";

/** Where tasks that have not ended were last seen, and who of their containers waits for whom. */
export function lastSeenText(tasks: readonly TaskRecord[], definition: TaskDefinition | undefined): string {
  const seen = tasks.map((task) => ({ taskArn: task.taskArn, text: taskText(task, definition) }));
  return groupReasons(seen)
    .map(({ reason, taskArns }) =>
      seen.length > 1 ? `${taskArns.length} of ${seen.length} tasks ${reason.text}` : reason.text,
    )
    .join("; ");
}

function taskText(task: TaskRecord, definition: TaskDefinition | undefined): string {
  const waits = waitingContainers(task, definition);
  const who = waits.length > 0 ? waits.join("; ") : containerStatuses(task);
  return who ? `${task.lastStatus} (${who})` : task.lastStatus;
}
