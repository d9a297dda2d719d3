import { redactor } from "../inputs/redact-secrets";
import type { TaskState } from "./task-state";
import { isStoppedByNow } from "../outcome/is-over";
import { guardAccount } from "./guard-account";
import { redactingPorts } from "./ports/redacting-ports";
import type { RunPorts } from "./ports/run-ports";
import { stopTasks } from "./follow/stop-tasks";

/**
 * Stops what still runs of a record, and waits until it has stopped, its network interface included: what the stack
 * deletes next may be its security group. What ECS has forgotten has stopped; what we did not start is never stopped, and a
 * record of `EcsTask.get` has no run.
 */
export async function deleteRun(everywhere: RunPorts, recorded: TaskState): Promise<void> {
  const ports = redactingPorts(everywhere, redactor(recorded));
  if (recorded.generation === 0) return;
  const alive = recorded.tasks.filter((task) => !isStoppedByNow(task, ports.clock.wallMs()));
  const [first] = alive;
  if (!first) return;
  await guardAccount(ports, recorded, first.clusterArn);
  await stopTasks(ports, alive, "pulumi-ecs-task: the resource was deleted");
}
