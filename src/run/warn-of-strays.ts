import { EcsApiError } from "../aws/ecs-gateway";
import { taskId } from "../aws/arn";
import type { Order } from "./order/order";
import type { TaskState } from "./task-state";
import { findEarlierTasks } from "./launch/find-earlier-tasks";
import type { RunPorts } from "./ports/run-ports";

/**
 * Warns of tasks that bear the resource's mark, run, and are not those that are recorded: an `up` that was interrupted
 * started them, and then the inputs were made what they had been. Nothing is done about them, and no error is made of
 * what cannot be seen: nothing is about to run.
 */
export async function warnOfStrays(ports: RunPorts, order: Order, { taskArns }: TaskState): Promise<void> {
  try {
    const quiet = { ...ports, warn: () => Promise.resolve() };
    const { adoptable, ending, inTheWay } = await findEarlierTasks(quiet, order);
    const strays = [...adoptable, ...ending, ...inTheWay].filter((task) => !taskArns.includes(task.taskArn));
    for (const { taskArn, lastStatus } of strays) await ports.warn(strayText(taskArn, lastStatus));
  } catch (error) {
    if (!(error instanceof EcsApiError)) throw error;
  }
}

function strayText(taskArn: string, lastStatus: string): string {
  return `Task ${taskId(taskArn)} is ${lastStatus}, and it is not the recorded run of this resource: a \`pulumi up\` that was interrupted started it, or a stack of the same name somewhere else. Nobody waits for it. Look at what it does, and stop it if it must not go on.`;
}
