import type { Task } from "@aws-sdk/client-ecs";
import { EcsApiError } from "../ecs/ecs-gateway";
import { EcsTaskError } from "../errors";
import { familyOf } from "../task/arn";
import { markerPrefix } from "../task/marker";
import { pauseMs } from "../watch/schedule";
import type { RunPorts } from "./run-ports";

/** Where tasks of a resource can be. */
export interface Whereabouts {
  readonly cluster: string;
  readonly taskDefinition: string;
}

/** How many tasks one DescribeTasks call takes. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const TASKS_PER_CALL = 100;

/** How long a look that is throttled or not answered is tried again, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * All tasks of a resource that ECS still knows, alive or stopped, by the marker in their `startedBy`.
 *
 * Listed by family and status: the filter `startedBy` takes only whole values and no other filter beside it,
 * and a listing without a status hides the tasks that have been told to stop.
 *
 * @returns `undefined` when looking is not permitted, after saying what is then not protected.
 * @throws EcsTaskError when ECS does not answer for a minute.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
 */
export async function findTasks(
  ports: RunPorts,
  identity: string,
  places: readonly Whereabouts[],
): Promise<readonly Task[] | undefined> {
  const startMs = ports.clock.nowMs();
  for (let failedCalls = 1; ; failedCalls += 1) {
    try {
      const found = await Promise.all(distinct(places).map((place) => tasksAt(ports, place)));
      const prefix = markerPrefix(identity);
      const own = found.flat().filter((task) => task.startedBy?.startsWith(prefix));
      return [...new Map(own.map((task) => [task.taskArn, task])).values()];
    } catch (error) {
      if (!(error instanceof EcsApiError)) throw error;
      // A cluster that is not there has no tasks; that it is missing is for RunTask to say.
      if (error.kind === "notFound") return [];
      if (error.kind === "denied") {
        await ports.warn(
          `Cannot look for a task of an interrupted \`pulumi up\`: ${error.operation} answered ${error.code}. Allow ecs:ListTasks and ecs:DescribeTasks; until then an interrupted run can be run a second time.`,
        );
        return undefined;
      }
      const delayMs = pauseMs(failedCalls, ports.random());
      if (!error.isPassing || ports.clock.nowMs() + delayMs - startMs > PATIENCE_MS) throw cannotLook(error);
      ports.status(`${error.operation} answered ${error.code}, trying again`);
      await ports.clock.sleep(delayMs);
    }
  }
}

function cannotLook(error: EcsApiError): EcsTaskError {
  return new EcsTaskError(
    "API_FAILED",
    `Cannot look for tasks of this resource that may still run: ${error.operation} answered ${error.code}: ${error.message}. No new task was started, because two at once are never started. Check the network, the region and the endpoint, and run \`pulumi up\` again.`,
    { cause: error },
  );
}

async function tasksAt({ ecs }: RunPorts, { cluster, taskDefinition }: Whereabouts): Promise<Task[]> {
  const family = familyOf(taskDefinition);
  const lists = await Promise.all([
    ecs.listTasks(cluster, family, "RUNNING"),
    ecs.listTasks(cluster, family, "STOPPED"),
  ]);
  const taskArns = [...new Set(lists.flat())];
  const calls = Math.ceil(taskArns.length / TASKS_PER_CALL);
  const tasks: Task[] = [];
  // One after the other: a family with thousands of tasks must not use up the account's share of calls.
  for (let call = 0; call < calls; call += 1) {
    const batch = taskArns.slice(call * TASKS_PER_CALL, (call + 1) * TASKS_PER_CALL);
    tasks.push(...(await ecs.describeTasks(cluster, batch)).tasks);
  }
  return tasks;
}

function distinct(places: readonly Whereabouts[]): Whereabouts[] {
  const keyOf = ({ cluster, taskDefinition }: Whereabouts) => `${cluster} ${familyOf(taskDefinition)}`;
  return [...new Map(places.map((place) => [keyOf(place), place])).values()];
}
