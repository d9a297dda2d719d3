import { parseArn } from "../task/arn";
import type { TaskRecord } from "../task/task-record";
import type { RunPorts } from "./run-ports";

/** Tasks of one cluster, and what talks to its region. */
export interface ClusterTasks {
  readonly ports: RunPorts;
  readonly cluster: string;
  readonly tasks: readonly TaskRecord[];
}

/** Tasks by where they are: earlier runs may have been in other clusters and regions, and a watcher sees one cluster. */
export async function byCluster(
  ports: RunPorts,
  tasks: readonly TaskRecord[],
): Promise<readonly ClusterTasks[]> {
  const groups = new Map<string, TaskRecord[]>();
  for (const task of tasks) {
    const key = `${regionOf(task) ?? ""} ${task.clusterArn}`;
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return Promise.all(
    [...groups.values()].map(async (group) => ({
      ports: await portsFor(ports, group[0]),
      cluster: group[0]?.clusterArn ?? "",
      tasks: group,
    })),
  );
}

/** What talks to the region of a task. */
export async function portsFor(ports: RunPorts, task: TaskRecord | undefined): Promise<RunPorts> {
  return ports.in((task && regionOf(task)) ?? ports.region);
}

function regionOf({ taskArn }: TaskRecord): string | undefined {
  return parseArn(taskArn)?.region;
}
