import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { taskId } from "./arn";
import type { TaskRecord } from "./task-record";

/**
 * What is said of a task that is not RUNNING although a container of it runs: ECS keeps it PENDING while its containers
 * wait for each other (`dependsOn`). Observed: aws/containers-roadmap#1532, aws/amazon-ecs-agent#2579.
 */
export function heldUpText(
  task: TaskRecord,
  definition: TaskDefinition | undefined,
  startTimeoutSeconds: number,
  timeoutSeconds: number,
): string {
  const waits = waitingContainers(task, definition);
  const who = waits.length > 0 ? waits.join("; ") : containerStatuses(task);
  return `task ${taskId(task.taskArn)} is ${task.lastStatus} after ${startTimeoutSeconds} s, and a container of it has run: ${who}. It is not stopped; timeoutSeconds (${timeoutSeconds} s) counts`;
}

/** Who waits for whom, as far as the task definition can be read: `container "app" waits for "migrate" (RUNNING) to be SUCCESS`. */
export function waitingContainers(task: TaskRecord, definition: TaskDefinition | undefined): string[] {
  const statusOf = (name: string) => task.containers.find((container) => container.name === name);
  return (definition?.containerDefinitions ?? []).flatMap(({ name = "", dependsOn = [] }) => {
    if (statusOf(name)?.runtimeId !== undefined) return [];
    return dependsOn.map(({ containerName = "", condition = "START" }) => {
      const { lastStatus = "status unknown", healthStatus, exitCode } = statusOf(containerName) ?? {};
      const health = condition === "HEALTHY" && healthStatus ? `, ${healthStatus}` : "";
      const exit = exitCode === undefined ? "" : `, exit code ${exitCode}`;
      return `container "${name}" waits for "${containerName}" (${lastStatus}${health}${exit}) to be ${condition}`;
    });
  });
}

function containerStatuses({ containers }: TaskRecord): string {
  return containers.map(({ name, lastStatus = "status unknown" }) => `"${name}" is ${lastStatus}`).join(", ");
}
