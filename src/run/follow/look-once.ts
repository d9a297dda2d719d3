import { EcsApiError } from "../../aws/ecs-gateway";
import type { SeenTask, TaskRecord } from "../../outcome/task-record";
import { askPatiently } from "../../aws/pace/ask-patiently";
import type { RunPorts } from "../ports/run-ports";

/** What a look at a task needs. */
export type LookPorts = Pick<RunPorts, "watcher" | "clock" | "random" | "status">;

/**
 * Looks at a task, together with all others that are looked at in this moment; `undefined` when ECS does not
 * know it.
 *
 * @throws EcsApiError when looking is not permitted, or ECS does not answer for a minute.
 */
export function lookOnce(ports: LookPorts, cluster: string, taskArn: string): Promise<SeenTask | undefined> {
  return askPatiently(ports, "DescribeTasks", async () => {
    const observation = await ports.watcher(cluster).observe(taskArn, 0);
    if (observation.kind === "unanswered") throw observation.error;
    return observation.kind === "task" ? observation.task : undefined;
  });
}

/** Whether ECS knows a task. Where its cluster is gone, it is gone with it. */
export async function isShown(ports: LookPorts, { clusterArn, taskArn }: TaskRecord): Promise<boolean> {
  try {
    return (await lookOnce(ports, clusterArn, taskArn)) !== undefined;
  } catch (error) {
    if (error instanceof EcsApiError && error.kind === "notFound") return false;
    throw error;
  }
}
