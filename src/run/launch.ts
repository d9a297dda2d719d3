import type { Failure } from "@aws-sdk/client-ecs";
import { EcsApiError, type TasksAndFailures } from "../ecs/ecs-gateway";
import { isCapacityFailure, launchRetry } from "../task/launch-retry";
import { clientToken, type RunIdentity } from "../task/marker";
import type { NormalInputs } from "../task/normalise-inputs";
import type { Redact } from "../task/redact";
import { runTaskRequest, startTaskRequest } from "../task/run-task-request";
import { taskCount } from "../task/task-count";
import { taskRecord, type TaskRecord } from "../task/task-record";
import { pauseMs } from "../watch/schedule";
import { askPatiently } from "./ask-patiently";
import { failureText, nothingStarted, refused } from "./launch-refusal";
import type { RunPorts } from "./run-ports";

/** How long a launch is tried again whose answer was lost, that was throttled or that has to settle, in milliseconds. */
const ANSWER_MS = 60_000;

/**
 * How long a listing may not show a task that was just started, in milliseconds: a StartTask without an answer
 * is repeated only when its tasks would have been seen. AWS says no more than that answers are eventually
 * consistent, https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
const LISTING_LAG_MS = 10_000;

/** What is to be launched. */
export interface LaunchOrder {
  readonly inputs: NormalInputs;
  readonly run: RunIdentity;
  /** Becomes the `startedBy` of the tasks. */
  readonly marker: string;
  readonly redact: Redact;
  /** Tasks of this run that run already. */
  readonly adopted: readonly TaskRecord[];
  /** Tasks of launches that failed: a token for which ECS repeats one of them is used up. */
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
  /** ECS may or may not have started tasks, or more tasks: no answer arrived. */
  | { readonly kind: "unknown"; readonly tasks: readonly TaskRecord[]; readonly error: EcsApiError };

/**
 * Asks ECS for the tasks of a run, as many as are missing, and waits for room for them.
 *
 * However often a question has to be repeated because its answer was lost, ECS starts its tasks once: every
 * repetition carries the same `clientToken`. A "no" uses the token up, because ECS would repeat it.
 *
 * @throws EcsTaskError when ECS refused and nothing was started.
 */
export async function launch(ports: RunPorts, order: LaunchOrder): Promise<Launch> {
  const { inputs, redact } = order;
  const wanted = taskCount(inputs);
  const deadlineMs = ports.clock.nowMs() + inputs.capacityRetrySeconds * 1000;
  const tasks = [...order.adopted];
  for (let round = 1; tasks.length < wanted; round += 1) {
    const answer = await ask(ports, order, tasks, round - 1);
    if (answer.kind === "unknown") return { ...answer, tasks };
    // So that no other resource asks for them.
    if (answer.kind === "answered")
      for (const { taskArn } of answer.tasks) ports.startedBy.set(taskArn, order.marker);
    if (answer.kind === "refused") {
      if (tasks.length === 0) throw refused(inputs, answer.error, redact);
      return { kind: "launched", tasks, shortfall: shortfall(tasks, wanted, redact(answer.error.message)) };
    }
    const known = new Set([...order.spent, ...tasks.map(({ taskArn }) => taskArn)]);
    const isSpent = answer.tasks.some(({ taskArn }) => order.spent.has(taskArn));
    tasks.push(...answer.tasks.filter(({ taskArn }) => !known.has(taskArn)));
    const { failures } = answer;
    if (tasks.length >= wanted) {
      // ECS says failures even when all tasks were started (observed: apache/airflow PR16150): the tasks count.
      if (failures.length > 0)
        await ports.warn(`ECS started the tasks and reported all the same: ${failureText(failures)}`);
      break;
    }
    if (answer.tokenIsUsedUp || isSpent) continue;
    const delayMs = pauseMs(round, ports.random());
    if (!isCapacityFailure(failures) || ports.clock.nowMs() + delayMs > deadlineMs) {
      if (tasks.length === 0) throw nothingStarted(inputs, failures);
      return { kind: "launched", tasks, shortfall: shortfall(tasks, wanted, failureText(failures)) };
    }
    ports.status(`waiting for capacity: ${failureText(failures)}`);
    await ports.clock.sleep(delayMs);
  }
  return { kind: "launched", tasks };
}

type Answer =
  | {
      readonly kind: "answered";
      readonly tasks: readonly TaskRecord[];
      readonly failures: readonly Failure[];
      /** The tasks are those of an earlier launch with this token; more of them need another one. */
      readonly tokenIsUsedUp?: boolean;
    }
  | { readonly kind: "refused"; readonly error: EcsApiError }
  | { readonly kind: "unknown"; readonly error: EcsApiError };

/** Asks once, and again with the same token until there is an answer. */
async function ask(
  ports: RunPorts,
  order: LaunchOrder,
  started: readonly TaskRecord[],
  round: number,
): Promise<Answer> {
  const startMs = ports.clock.nowMs();
  const { capacityRetrySeconds } = order.inputs;
  let mayHaveStarted = false;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return answered(await send(ports, order, started, round), order);
    } catch (error) {
      if (!(error instanceof EcsApiError)) throw error;
      if (error.resourceIds.length > 0) return tasksOfToken(ports, order, error.resourceIds);
      const retry = launchRetry(error.message);
      if (!error.isPassing && !retry) return { kind: mayHaveStarted ? "unknown" : "refused", error };
      mayHaveStarted ||= error.kind === "broken";
      const mayShowLate = mayHaveStarted && order.inputs.containerInstances !== undefined;
      const delayMs = Math.max(pauseMs(attempt, ports.random()), mayShowLate ? LISTING_LAG_MS : 0);
      const patienceMs = retry === "capacity" ? capacityRetrySeconds * 1000 : ANSWER_MS;
      if (ports.clock.nowMs() + delayMs - startMs > patienceMs) {
        return { kind: mayHaveStarted ? "unknown" : "refused", error };
      }
      ports.status(
        retry === "capacity" ? "waiting for capacity" : `ECS answered ${error.code}, trying again`,
      );
      await ports.clock.sleep(delayMs);
      if (mayShowLate) {
        const found = await order.lookAgain().catch(unknownIfApi);
        if (found === undefined) return { kind: "unknown", error };
        if ("kind" in found) return found;
        if (found.length > 0) return { kind: "answered", tasks: found, failures: [] };
      }
    }
  }
}

function send(
  { ecs }: RunPorts,
  { inputs, run, marker }: LaunchOrder,
  started: readonly TaskRecord[],
  round: number,
): Promise<TasksAndFailures> {
  const { containerInstances, idempotencyKey } = inputs;
  if (containerInstances) {
    const isFree = (instance: string) =>
      !started.some((task) => task.containerInstanceArn?.endsWith(instance));
    return ecs.startTask(
      startTaskRequest({ ...inputs, containerInstances: containerInstances.filter(isFree) }, marker),
    );
  }
  const request = runTaskRequest({ ...inputs, count: inputs.count - started.length }, marker);
  return ecs.runTask(request, clientToken({ run, attempt: round, idempotencyKey }, request));
}

function answered(
  { tasks, failures }: TasksAndFailures,
  { redact }: LaunchOrder,
): Extract<Answer, { kind: "answered" }> {
  return { kind: "answered", tasks: tasks.map((task) => taskRecord(task, redact)), failures };
}

/** A ConflictException names the tasks that its token has started: they are the ones that were asked for. */
async function tasksOfToken(
  ports: RunPorts,
  order: LaunchOrder,
  taskArns: readonly string[],
): Promise<Answer> {
  const describe = () => ports.ecs.describeTasks(order.inputs.cluster, taskArns);
  const found = await askPatiently(ports, describe).catch(unknownIfApi);
  if ("kind" in found) return found;
  const shown = answered(found, order);
  const known = new Set(shown.tasks.map(({ taskArn }) => taskArn));
  // The token says that they were started: those that ECS does not show yet are waited for like any new task.
  const notShown = taskArns.filter((taskArn) => !known.has(taskArn)).map((taskArn) => ({ taskArn }));
  const late = answered({ tasks: notShown, failures: [] }, order);
  return { ...shown, tasks: [...shown.tasks, ...late.tasks], tokenIsUsedUp: true };
}

/** Tasks may have been started, and cannot be looked at: nobody knows. */
function unknownIfApi(error: unknown): Extract<Answer, { kind: "unknown" }> {
  if (error instanceof EcsApiError) return { kind: "unknown", error };
  throw error;
}

function shortfall(tasks: readonly TaskRecord[], wanted: number, why: string): string {
  return `only ${tasks.length} of ${wanted} tasks were started: ${why.replace(/\.$/, "")}`;
}
