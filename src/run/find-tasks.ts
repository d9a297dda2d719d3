import type { Task } from "@aws-sdk/client-ecs";
import { EcsApiError } from "../ecs/ecs-gateway";
import { clusterName, familyOf } from "../task/arn";
import { markerPrefix } from "../task/marker";
import { askPatiently } from "./ask-patiently";
import { describeListed } from "./describe-listed";
import type { RunPorts } from "./run-ports";

/** Where tasks of a resource can be. */
export interface Whereabouts {
  readonly cluster: string;
  readonly taskDefinition: string;
}

/**
 * All tasks of a resource that ECS still knows, alive or stopped, by the marker in their `startedBy`.
 *
 * Listed by family and status: the filter `startedBy` takes only whole values and no other filter beside it,
 * and a listing without a status hides the tasks that have been told to stop.
 *
 * @returns `undefined` when looking is not permitted, after saying what is then not protected.
 * @throws EcsApiError when ECS does not answer.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
 */
export async function findTasks(
  ports: RunPorts,
  identity: string,
  places: readonly Whereabouts[],
): Promise<readonly Task[] | undefined> {
  try {
    const prefix = markerPrefix(identity);
    const found = await Promise.all(distinct(places).map((place) => tasksAt(ports, place, prefix)));
    const own = found.flat().filter((task) => task.startedBy?.startsWith(prefix));
    return [...new Map(own.map((task) => [task.taskArn, task])).values()];
  } catch (error) {
    if (!(error instanceof EcsApiError)) throw error;
    // A cluster that is not there has no tasks; that it is missing is for RunTask to say.
    if (error.kind === "notFound") return [];
    if (error.kind !== "denied") throw error;
    // Nothing can be launched either, and that says what is missing.
    if (error.isForCredentials) return undefined;
    await ports.warn(
      `Cannot look for a task of an interrupted \`pulumi up\`: ${error.operation} answered ${error.code}. Allow ecs:ListTasks and ecs:DescribeTasks; until then an interrupted run can be run a second time.`,
    );
    return undefined;
  }
}

/** The tasks of a place, without those of which is known that somebody else started them. */
async function tasksAt(
  ports: RunPorts,
  { cluster, taskDefinition }: Whereabouts,
  prefix: string,
): Promise<readonly Task[]> {
  const family = familyOf(taskDefinition);
  const lists = await Promise.all([
    askPatiently(ports, () => ports.ecs.listTasks(cluster, { family, desiredStatus: "RUNNING" })),
    askPatiently(ports, () => ports.ecs.listTasks(cluster, { family, desiredStatus: "STOPPED" })),
  ]);
  const mayBeOwn = (taskArn: string) => ports.startedBy.get(taskArn)?.startsWith(prefix) ?? true;
  const tasks = await describeListed(ports, cluster, [...new Set(lists.flat())].filter(mayBeOwn));
  for (const { taskArn = "", startedBy = "" } of tasks) ports.startedBy.set(taskArn, startedBy);
  return tasks;
}

function distinct(places: readonly Whereabouts[]): Whereabouts[] {
  const keyOf = ({ cluster, taskDefinition }: Whereabouts) =>
    `${clusterName(cluster)} ${familyOf(taskDefinition)}`;
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}
