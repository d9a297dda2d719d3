import { EcsApiError } from "../../aws/ecs-gateway";
import { EcsTaskError } from "../../errors";
import { isThisRun } from "./candidates";
import type { LaunchEvent, LaunchStep } from "./launch-state";
import type { Order } from "../order/order";
import { isOver } from "../../outcome/is-over";
import type { SeenTask, TaskRecord } from "../../outcome/task-record";
import { describeListed } from "./describe-listed";
import { awaitEnd } from "./await-earlier-tasks";
import { endedSuccesses } from "./ended-successes";
import type { RunPorts } from "../ports/run-ports";

type Event = LaunchEvent<EcsApiError>;

/** What the tasks of a token are compared with. */
interface TokenQuestion {
  readonly order: Order;
  /** The tasks of the run that are known. */
  readonly started: readonly TaskRecord[];
  /** The ARNs of tasks of launches that failed. */
  readonly spent: ReadonlySet<string>;
}

/**
 * A ConflictException names the tasks that its token has started, by another request. They are described and compared as
 * any that were found: this very run counts, and another one has to end first.
 */
export async function compareTokenTasks(
  ports: RunPorts,
  { order, started, spent }: TokenQuestion,
  { taskArns, error }: Extract<LaunchStep<EcsApiError>, { kind: "compare" }>,
): Promise<Event> {
  const tasks = await describeListed(ports, order.place.cluster, taskArns);
  // Not shown, it cannot be compared: it may be this run or another one, and it may be alive.
  if (tasks.length < taskArns.length) return { kind: "blind", mine: [], error };
  const records = tasks.map(({ record }) => record);
  const ofRun = runTasks(tasks, order, started).filter(({ taskArn }) => !spent.has(taskArn));
  const isOwn = claimAll(ports, order, { ofToken: records, wanted: ofRun });
  return whenOthersEnded(ports, order, {
    started,
    mine: isOwn ? await counting(ports, order, ofRun) : [],
    others: isOwn ? records.filter((task) => !ofRun.includes(task)) : records,
  });
}

/** Those that are this very run. The tasks of one token were started by one request: one that is known speaks for all. */
function runTasks(
  ofToken: readonly SeenTask[],
  order: Order,
  started: readonly TaskRecord[],
): readonly TaskRecord[] {
  const known = new Set(started.map(({ taskArn }) => taskArn));
  const isOneKnown = ofToken.some(({ record }) => known.has(record.taskArn));
  return ofToken.filter((task) => isOneKnown || isThisRun(task, order)).map(({ record }) => record);
}

/** The tasks of a token, and those of them that the resource wants: all, unless something else is said. */
interface TokenTasks {
  readonly ofToken: readonly TaskRecord[];
  readonly wanted?: readonly TaskRecord[];
}

/**
 * Takes tasks of a token for the resource, before anything else can happen. The tasks of one token belong together: when
 * one of them counts for another resource of this process, they all do. Else two resources could each hold a half of one
 * run, and each wait for the end of the other.
 *
 * @returns whether they are the resource's own.
 */
export function claimAll(
  { claims }: Pick<RunPorts, "claims">,
  { run }: Order,
  { ofToken, wanted = ofToken }: TokenTasks,
): boolean {
  if (ofToken.some(({ taskArn }) => claims.isTaken(taskArn, run.life))) return false;
  for (const { taskArn } of wanted) claims.take(taskArn, run.life);
  return true;
}

/** With an `idempotencyKey` a task that has ended counts only when it succeeded. */
async function counting(
  ports: RunPorts,
  order: Order,
  tasks: readonly TaskRecord[],
): Promise<readonly TaskRecord[]> {
  if (order.normal.idempotencyKey === undefined) return tasks;
  const succeeded = await endedSuccesses(ports, order, tasks.filter(isOver));
  return tasks.filter((task) => !isOver(task) || succeeded.includes(task));
}

/**
 * Waits for the end of the tasks of a token that are another run, or count for another resource of this process.
 *
 * @throws EcsTaskError when one does not end, and nothing of this run is known to have been started.
 */
export async function whenOthersEnded(
  ports: RunPorts,
  order: Order,
  tasks: Readonly<Record<"started" | "mine" | "others", readonly TaskRecord[]>>,
): Promise<Event> {
  const { started, mine, others } = tasks;
  const alive = others.filter((task) => !isOver(task));
  try {
    await awaitEnd(ports, alive, order);
    return { kind: "compared", mine };
  } catch (error) {
    // What has been started has to be recorded.
    if (!(error instanceof EcsTaskError) || (started.length === 0 && mine.length === 0)) throw error;
    return {
      kind: "blind",
      mine,
      error: new EcsApiError({
        operation: "RunTask",
        kind: "rejected",
        code: error.code,
        message: error.message,
      }),
    };
  }
}
