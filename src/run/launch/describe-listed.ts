import { taskBatches } from "../../aws/task-batches";
import { taskId } from "../../aws/arn";
import type { SeenTask } from "../../outcome/task-record";
import { UNKNOWN_TASK_PAUSES_MS } from "../../time-limits";
import { askPatiently } from "../../aws/pace/ask-patiently";
import type { RunPorts } from "../ports/run-ports";

/** What a look at listed tasks needs. */
type DescribePorts = Pick<RunPorts, "ecs" | "clock" | "random" | "status">;

/**
 * The tasks that a listing of a cluster names. One that DescribeTasks does not know yet is asked for again: it may be
 * in flight, and must not be overlooked.
 *
 * @throws EcsApiError when looking is not permitted, or ECS does not answer for a minute.
 */
export async function describeListed(
  ports: DescribePorts,
  cluster: string,
  taskArns: readonly string[],
): Promise<readonly SeenTask[]> {
  const tasks = await describeAll(ports, cluster, taskArns);
  for (const pauseMs of UNKNOWN_TASK_PAUSES_MS) {
    const known = new Set(tasks.map(({ record }) => taskId(record.taskArn)));
    const missing = taskArns.filter((taskArn) => !known.has(taskId(taskArn)));
    if (missing.length === 0) break;
    ports.status("ECS does not know a listed task yet, asking again");
    await ports.clock.sleep(pauseMs);
    tasks.push(...(await describeAll(ports, cluster, missing)));
  }
  return tasks;
}

async function describeAll(
  ports: DescribePorts,
  cluster: string,
  taskArns: readonly string[],
): Promise<SeenTask[]> {
  const tasks: SeenTask[] = [];
  // One after the other: a family with thousands of tasks must not use up the account's share of calls.
  for (const batch of taskBatches(taskArns)) {
    const answer = await askPatiently(ports, "DescribeTasks", () => ports.ecs.describeTasks(cluster, batch));
    tasks.push(...answer.tasks);
  }
  return tasks;
}
