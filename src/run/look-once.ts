import type { Task } from "@aws-sdk/client-ecs";
import { askPatiently } from "./ask-patiently";
import type { RunPorts } from "./run-ports";

/** What a look at a task needs. */
export type LookPorts = Pick<RunPorts, "watcher" | "clock" | "random" | "status">;

/**
 * Looks at a task, together with all others that are looked at in this moment; `undefined` when ECS does not
 * know it.
 *
 * @throws EcsApiError when looking is not permitted, or ECS does not answer for a minute.
 */
export function lookOnce(ports: LookPorts, cluster: string, taskArn: string): Promise<Task | undefined> {
  return askPatiently(ports, "DescribeTasks", async () => {
    const observation = await ports.watcher(cluster).observe(taskArn, 0);
    if (observation.kind === "unanswered") throw observation.error;
    return observation.kind === "task" ? observation.task : undefined;
  });
}
