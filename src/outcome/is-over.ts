import { NETWORK_GONE_MS } from "../time-limits";
import { isStopped, type TaskRecord } from "./task-record";

/**
 * Whether the work of a task has ended and ECS has said how: nothing that decides can change any more.
 *
 * A task is over when it is STOPPED, and before that when ECS shows it DEPROVISIONING by its own doing with the exit codes
 * of all its containers. What is missing then is its network interface, which takes Fargate 12.5 to 37 s (measured). The
 * agent reports all exits in the one message that stops the task, and ECS takes no news of containers later
 * (amazon-ecs-agent, agent/eventhandler/task_handler.go).
 *
 * `desiredStatus` and `stopCode` alone prove nothing: the answer of StopTask has both beside a RUNNING container. An Amazon
 * EBS volume that ECS manages is deleted only when its task is STOPPED, so such a task is not over before.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html
 */
export function isOver(task: TaskRecord): boolean {
  return isStopped(task) || hasOnlyItsNetwork(task);
}

/** Whether a task is STOPPED, or was over so long ago that nothing of it is left, though nobody looked again. */
export function isStoppedByNow(task: TaskRecord, nowMs: number): boolean {
  if (isStopped(task)) return true;
  const { executionStoppedAt } = task;
  if (executionStoppedAt === undefined || !isOver(task)) return false;
  return nowMs - Date.parse(executionStoppedAt) > NETWORK_GONE_MS;
}

function hasOnlyItsNetwork(task: TaskRecord): boolean {
  const { lastStatus, desiredStatus, stopCode, executionStoppedAt, containers, attachments } = task;
  return (
    lastStatus === "DEPROVISIONING" &&
    desiredStatus === "STOPPED" &&
    stopCode === "EssentialContainerExited" &&
    executionStoppedAt !== undefined &&
    containers.length > 0 &&
    containers.every((container) => container.lastStatus === "STOPPED" && container.exitCode !== undefined) &&
    attachments?.every(({ type }) => type !== "AmazonElasticBlockStorage") === true
  );
}
