import { EcsApiError, type TasksAndFailures } from "../../aws/ecs-gateway";
import type { EcsFailure } from "../../aws/ecs-failure";
import type { Launch as LaunchOf, LaunchEvent, LaunchRules, LaunchStep, Progress } from "./launch-state";
import { beginLaunch, nextLaunchStep } from "./launch-retries";
import type { Order } from "../order/order";
import { runTaskRequest, startTaskRequest } from "../../inputs/run-task-request";
import type { TaskRecord } from "../../outcome/task-record";
import { pauseMs } from "../../aws/pace/pause";
import { isNotThere } from "../../aws/errors/api-advice";
import { failureText, nothingStarted, refused, whyNotStarted } from "./launch-refusal";
import type { RunPorts } from "../ports/run-ports";
import { claimAll, compareTokenTasks, whenOthersEnded } from "./token-tasks";

/** What a launch needs to know besides the order. */
export interface LaunchFacts {
  /** Tasks of this run that run already, or have ended as it should. */
  readonly adopted: readonly TaskRecord[];
  readonly spent: ReadonlySet<string>;
  /**
   * Looks for tasks that a launch without an answer may have started; `undefined` when looking is not permitted.
   * Only StartTask, which has no token, needs it.
   */
  readonly lookAgain: () => Promise<readonly TaskRecord[] | undefined>;
}

/** What came of asking ECS for tasks. */
export type Launch =
  | {
      readonly kind: "launched";
      readonly tasks: readonly TaskRecord[];
      /** Why fewer tasks were started than asked for. */
      readonly shortfall?: string;
    }
  /** ECS may or may not have started tasks, or more tasks: no definite answer arrived. */
  | { readonly kind: "perhaps"; readonly tasks: readonly TaskRecord[]; readonly error: EcsApiError };

/**
 * Asks ECS for the tasks of a run, as many as are missing, and waits for room for them. What is decided on the way is
 * decided by `nextLaunchStep`.
 *
 * @throws EcsTaskError when ECS refused and nothing was started.
 */
export async function launch(ports: RunPorts, order: Order, facts: LaunchFacts): Promise<Launch> {
  const rules: LaunchRules = {
    wanted: order.wanted,
    capacityMs: order.normal.capacityRetrySeconds * 1000,
    isStartTask: order.normal.containerInstances !== undefined,
    spent: facts.spent,
    pauseMs: (attempt) => pauseMs(attempt, ports.random()),
  };
  let progress: Progress<EcsApiError> = beginLaunch(rules, facts.adopted, ports.clock.nowMs());
  for (;;) {
    const { launching, step } = progress;
    if (step.kind === "done") return ended(ports, order, step.launch);
    const event = await act(ports, { order, facts, started: launching.tasks }, step);
    progress = nextLaunchStep(launching, event, ports.clock.nowMs());
  }
}

type Step = Exclude<LaunchStep<EcsApiError>, { kind: "done" }>;
type Event = LaunchEvent<EcsApiError>;

/** A launch on its way. */
interface OnItsWay {
  readonly order: Order;
  readonly facts: LaunchFacts;
  readonly started: readonly TaskRecord[];
}

async function act(ports: RunPorts, launching: OnItsWay, step: Step): Promise<Event> {
  const { order, facts, started } = launching;
  try {
    switch (step.kind) {
      case "ask":
        return await send(ports, launching, step);
      case "compare":
        return await compareTokenTasks(ports, { order, started, spent: facts.spent }, step);
      case "look": {
        const found = await facts.lookAgain();
        if (found === undefined) return { kind: "blind", mine: [], error: step.error };
        return {
          kind: "looked",
          tasks: found.filter(({ taskArn }) => ports.claims.take(taskArn, order.run.life)),
        };
      }
      case "sleep":
        return await sleep(ports, step);
    }
  } catch (error) {
    if (!(error instanceof EcsApiError)) throw error;
    return step.kind === "ask" ? { kind: "failed", error } : { kind: "blind", mine: [], error };
  }
}

async function send(
  ports: RunPorts,
  { order, started }: OnItsWay,
  { attempt, count }: Extract<Step, { kind: "ask" }>,
): Promise<Event> {
  if (ports.signal?.aborted) return { kind: "canceled", error: canceled() };
  const { normal, marker } = order;
  const { containerInstances } = normal;
  let answer: TasksAndFailures;
  if (containerInstances) {
    const isFree = (instance: string) =>
      !started.some((task) => task.containerInstanceArn?.endsWith(instance));
    const free = containerInstances.filter(isFree);
    answer = await ports.ecs.startTask(startTaskRequest({ ...normal, containerInstances: free }, marker));
  } else {
    answer = await ports.ecs.runTask(runTaskRequest({ ...normal, count }, marker), order.token(attempt));
  }
  const tasks = answer.tasks.map(({ record }) => record);
  for (const { taskArn } of tasks) ports.startedBy.set(taskArn, marker);
  return claimAll(ports, order, { ofToken: tasks })
    ? { kind: "answered", tasks, failures: answer.failures }
    : whenOthersEnded(ports, order, { started, mine: [], others: tasks });
}

async function sleep(ports: RunPorts, { ms, why }: Extract<Step, { kind: "sleep" }>): Promise<Event> {
  if (why.kind === "error") ports.status(`ECS ${why.error.inWords}, trying again`);
  if (why.kind === "capacity")
    ports.status(["waiting for capacity", failureText(why.failures)].filter(Boolean).join(": "));
  const isCanceled = await ports.clock.sleep(ms, ports.signal).then(
    () => false,
    () => true,
  );
  return isCanceled ? { kind: "canceled", error: canceled() } : { kind: "slept" };
}

async function ended(
  ports: RunPorts,
  { normal, wanted, place }: Order,
  launch: LaunchOf<EcsApiError>,
): Promise<Launch> {
  switch (launch.kind) {
    case "perhaps":
      return launch;
    case "refused":
      if (!isApiError(launch.why)) throw nothingStarted(normal, launch.why);
      throw refused(normal, launch.why, {
        region: place.region,
        account: isNotThere(launch.why) ? await ports.ecs.accountId(place.cluster) : undefined,
      });
    case "launched": {
      const { tasks, failures, shortfall } = launch;
      // ECS says failures even when all tasks were started (observed: apache/airflow PR16150): the tasks count.
      if (failures.length > 0)
        await ports.warn(`ECS started the tasks and reported all the same: ${failureText(failures)}`);
      if (shortfall === undefined) return { kind: "launched", tasks };
      const why = isApiError(shortfall) ? shortfall.message : whyNotStarted(shortfall);
      const text = `only ${tasks.length} of ${wanted} tasks were started: ${why.replace(/\.$/, "")}`;
      return { kind: "launched", tasks, shortfall: text };
    }
  }
}

function isApiError(why: readonly EcsFailure[] | EcsApiError): why is EcsApiError {
  return why instanceof EcsApiError;
}

function canceled(): EcsApiError {
  return new EcsApiError({
    operation: "RunTask",
    kind: "rejected",
    code: "Canceled",
    message: "the update was canceled",
  });
}
