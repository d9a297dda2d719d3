import { EcsApiError } from "../../aws/ecs-gateway";
import { sortCandidates, type Candidates } from "./candidates";
import { markerPrefix } from "../order/started-by-and-client-token";
import type { Order } from "../order/order";
import { distinctPlaces, isSameCluster, placeText, type Place } from "../order/place";
import type { SeenTask } from "../../outcome/task-record";
import { askPatiently } from "../../aws/pace/ask-patiently";
import { describeListed } from "./describe-listed";
import type { RunPorts } from "../ports/run-ports";

/** What is looked at besides the order's own place, and how. */
interface LookAround {
  /** Where else tasks of the resource can be. */
  readonly places?: readonly Place[];
  /** What is known better of the tasks that were found, before they are sorted. */
  readonly treat?: (tasks: readonly SeenTask[]) => readonly SeenTask[];
}

/**
 * The tasks of a resource that ECS still knows, by what they mean for the run that is ordered.
 *
 * Each place is looked at by itself: one whose cluster is gone has no tasks, and one that may not be looked at hides
 * nothing of the others.
 *
 * @throws EcsApiError when ECS does not answer.
 */
export async function findEarlierTasks(
  ports: RunPorts,
  order: Order,
  { places = [], treat = (tasks) => tasks }: LookAround = {},
): Promise<Candidates> {
  const prefix = markerPrefix(order.run.identity);
  const views = await Promise.all(
    distinctPlaces([order.place, ...places]).map((place) => viewOf(ports, place, prefix)),
  );
  const tasks = new Map(
    views.flatMap((view) => view.tasks.map((task) => [task.record.taskArn, task] as const)),
  );
  const elsewhere = new Set(
    views.filter(({ place }) => !isSameCluster(place, order.place)).flatMap((view) => arnsOf(view)),
  );
  const isOfOthers = (taskArn: string) =>
    elsewhere.has(taskArn) || ports.claims.isTaken(taskArn, order.run.life);
  return {
    ...sortCandidates(treat([...tasks.values()]), order, isOfOthers),
    denied: views.filter((view) => view.isDenied).map(({ place }) => place),
  };
}

function arnsOf({ tasks }: View): readonly string[] {
  return tasks.map(({ record }) => record.taskArn);
}

/** What can be seen in a place. */
interface View {
  readonly place: Place;
  readonly tasks: readonly SeenTask[];
  readonly isDenied: boolean;
}

async function viewOf(ports: RunPorts, place: Place, prefix: string): Promise<View> {
  try {
    const there = await ports.in(place.region);
    const tasks = await tasksAt(there, place, prefix);
    return {
      place,
      tasks: tasks.filter(({ record }) => record.startedBy?.startsWith(prefix)),
      isDenied: false,
    };
  } catch (error) {
    if (!(error instanceof EcsApiError)) throw error;
    // A cluster that is not there has no tasks; that it is missing is for RunTask to say.
    if (error.kind === "notFound") return { place, tasks: [], isDenied: false };
    if (error.kind !== "denied") throw error;
    // Without credentials nothing can be launched either, and that says what is missing.
    if (!error.isForCredentials) await ports.warn(cannotLook(place, error));
    return { place, tasks: [], isDenied: true };
  }
}

function cannotLook(place: Place, error: EcsApiError): string {
  return `Cannot look for a task of an interrupted \`pulumi up\` on ${placeText(place)}: ${error.operation} ${error.inWords}. Allow ecs:ListTasks and ecs:DescribeTasks; until then an interrupted run can be run a second time.`;
}

/**
 * The tasks of a place, without those of which is known that somebody else started them.
 *
 * Listed by family and status: the filter `startedBy` takes only whole values and no other filter beside it,
 * and a listing without a status hides the tasks that have been told to stop.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html
 */
async function tasksAt(
  ports: RunPorts,
  { cluster, family }: Place,
  prefix: string,
): Promise<readonly SeenTask[]> {
  const listed = (desiredStatus: "RUNNING" | "STOPPED") =>
    askPatiently(ports, "ListTasks", () => ports.ecs.listTasks(cluster, { family, desiredStatus }));
  // One after the other: a task that ends in between would be missing in both, were the second answer the older one.
  const taskArns = new Set([...(await listed("RUNNING")), ...(await listed("STOPPED"))]);
  const mayBeOwn = (taskArn: string) => ports.startedBy.get(taskArn)?.startsWith(prefix) ?? true;
  const tasks = await describeListed(ports, cluster, [...taskArns].filter(mayBeOwn));
  for (const { record } of tasks) ports.startedBy.set(record.taskArn, record.startedBy ?? "");
  return tasks;
}
