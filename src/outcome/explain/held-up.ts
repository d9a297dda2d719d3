import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { taskId } from "../../aws/arn";
import { dependenciesIn } from "../container-dependencies";
import type { NormalInputs } from "../../inputs/normalise-inputs";
import { hasContainerRun, type ContainerRecord, type TaskRecord } from "../task-record";

/**
 * What is said of a task that is not RUNNING although a container of it runs: ECS keeps it PENDING while its containers
 * wait for each other (`dependsOn`). Observed: aws/containers-roadmap#1532, aws/amazon-ecs-agent#2579.
 */
export function heldUpText(
  task: TaskRecord,
  definition: TaskDefinition | undefined,
  { startTimeoutSeconds, timeoutSeconds }: Pick<NormalInputs, "startTimeoutSeconds" | "timeoutSeconds">,
): string {
  const waits = waitingContainers(task, definition);
  const who = waits.length > 0 ? waits.join("; ") : containerStatuses(task);
  return `task ${taskId(task.taskArn)} is ${task.lastStatus} after ${startTimeoutSeconds} s, and a container of it has run: ${who}. It is not stopped; timeoutSeconds (${timeoutSeconds} s) counts`;
}

/** Who waits for whom, as far as the task definition can be read: `container "app" waits for "migrate" (RUNNING) to be SUCCESS`. */
export function waitingContainers(task: TaskRecord, definition: TaskDefinition | undefined): string[] {
  const seenOf = (name: string) => task.containers.find((container) => container.name === name);
  return dependenciesIn(definition).flatMap(({ container, on, condition }) => {
    const { runtimeId, lastStatus } = seenOf(container) ?? {};
    const waitedFor = seenOf(on);
    if (runtimeId !== undefined || lastStatus === "STOPPED") return [];
    if (waitedFor && hasComeAbout(waitedFor, condition)) return [];
    return `container "${container}" waits for "${on}" (${seenText(waitedFor)}) to be ${condition}`;
  });
}

function hasComeAbout(container: ContainerRecord, condition: string): boolean {
  switch (condition) {
    case "SUCCESS":
      return container.exitCode === 0;
    case "COMPLETE":
      return container.exitCode !== undefined;
    case "HEALTHY":
      return container.healthStatus === "HEALTHY";
    default:
      return hasContainerRun(container);
  }
}

/** How each container of a task was last seen: `"app" is RUNNING, "init" is STOPPED, exit code 0`. */
export function containerStatuses({ containers }: TaskRecord): string {
  return containers.map((container) => `"${container.name}" is ${seenText(container)}`).join(", ");
}

/** Last status, health where it is checked, and exit code. */
function seenText({ lastStatus = "status unknown", healthStatus, exitCode }: Partial<ContainerRecord> = {}) {
  const health = healthStatus && healthStatus !== "UNKNOWN" ? [healthStatus] : [];
  return [lastStatus, ...health, ...(exitCode === undefined ? [] : [`exit code ${exitCode}`])].join(", ");
}
