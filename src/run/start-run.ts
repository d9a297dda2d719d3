import { taskId } from "../task/arn";
import type { Candidates } from "../task/candidates";
import { asksForJudgement, diffInputs } from "../task/diff-inputs";
import type { RunIdentity } from "../task/marker";
import { orderOf, type Order } from "../task/order";
import { recordedPlace } from "../task/place";
import { redactor } from "../task/redact";
import { unknownRun } from "../task/settle";
import type { TaskInputs } from "../task/task-inputs";
import type { SeenTask, TaskRecord } from "../task/task-record";
import type { TaskState } from "../task/task-state";
import { endTasks } from "./end-tasks";
import { endedSuccesses } from "./ended-successes";
import { followRun } from "./follow-run";
import { guardAccount } from "./guard-account";
import { launch } from "./launch";
import { look } from "./look";
import { redactingPorts } from "./redacting-ports";
import { releasingFailed } from "./releasing-failed";
import type { RunPorts } from "./run-ports";
import { runState, type RunFacts, type RunReport } from "./run-report";

/** Runs the tasks of a resource for the first time, or those of its next run. */
export function startRun(
  ports: RunPorts,
  { inputs, run, recorded }: { inputs: TaskInputs; run: RunIdentity; recorded?: TaskState },
): Promise<RunReport> {
  const redacting = redactingPorts(ports, redactor(inputs, ...(recorded ? [recorded] : [])));
  return releasingFailed(ports, run.life, () =>
    runOrder(redacting, orderOf(inputs, run, ports.region), recorded),
  );
}

/**
 * Runs the tasks that are ordered: takes those that an interrupted `up` has started, launches what is missing,
 * waits for them and judges them. Never two runs at once: what else of this resource is alive has to end first.
 *
 * @param recorded - the last run of the resource, if it has one.
 * @param started - of a run that goes on: the tasks that are known to have been started for it.
 * @returns a report for whatever happened once ECS may have started a task.
 * @throws EcsTaskError when nothing was started: there is nothing to record.
 */
export async function runOrder(
  ports: RunPorts,
  order: Order,
  recorded: TaskState | undefined,
  started?: readonly TaskRecord[],
): Promise<RunReport> {
  await guardAccount(ports, recorded, order.place.cluster);
  const failed = new Set(recorded && isFailed(recorded, order.written) ? recorded.taskArns : []);
  const places = recorded ? [recordedPlace(recorded, ports.region)] : [];
  const lookAround = async () => {
    const found = await look(ports, order, places, (tasks) => withoutFailures(tasks, failed, order));
    return withoutSurplus({ ...found, adoptable: unionOf(started ?? [], found.adoptable) }, order);
  };
  ports.status("starting");
  const found = await lookAround();
  const ended = await endTasks(ports, found, recorded, order);
  const { taken, spent } = await takeEnded(ports, ended, order, started ? undefined : recorded);
  const adopted = adopt(ports, order, found.adoptable, taken);
  await sayAdopted(ports, adopted);
  const launchedAt = (started && recorded?.launchedAt) ?? isoNow(ports);
  const facts: RunFacts = { order, tasks: [], launchedAt };
  const before = new Set([...ended, ...found.inTheWay].map(({ taskArn }) => taskArn));
  const launched = await launch(ports, order, {
    adopted,
    spent: new Set([...failed, ...spent]),
    mayGoOn: isOfOneLife(order) && adopted.every((task) => hasToken(task, ports.clock.wallMs())),
    lookAgain: async () => {
      const { adoptable, ending, ended, denied } = await lookAround();
      // Who did not see what was there before cannot tell what is new.
      if (found.denied.length > 0 || denied.length > 0) return undefined;
      return [...adoptable, ...ending, ...ended].filter(({ taskArn }) => !before.has(taskArn));
    },
  });
  if (launched.kind === "launched") return followRun(ports, { ...facts, ...launched });
  return perhapsStarted({ ...facts, tasks: launched.tasks }, launched.error);
}

/**
 * Whether all tasks that can be found were started with the tokens of this order. The marker of a first run does not tell
 * its life, which is part of the tokens: a task of it may have been started by an `up` that was never recorded.
 */
function isOfOneLife({ run, normal }: Order): boolean {
  return run.generation > 1 || normal.idempotencyKey !== undefined;
}

/**
 * How long a token is sure to stand for a task that runs on, in milliseconds: 24 hours, less one for clocks that differ,
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html
 */
const LONGEST_TOKEN_MS = 23 * 60 * 60_000;

/** Whether ECS still knows by which token a task was started: asked with it again, it starts none in its place. */
function hasToken({ createdAt }: TaskRecord, nowMs: number): boolean {
  return createdAt === undefined || nowMs - Date.parse(createdAt) < LONGEST_TOKEN_MS;
}

function perhapsStarted(
  facts: RunFacts,
  error: { readonly operation: string; readonly code: string; readonly message: string },
): RunReport {
  const said = `${error.operation} failed with ${error.code}: ${error.message}`;
  return {
    state: runState(facts, unknownRun(), "ECS did not answer, so a task may have been started"),
    problem: `ECS did not answer whether it started the task: ${said}. A task may be running. Run \`pulumi up\` again: it looks for the task and asks for the same one, which ECS starts only if it has not.`,
  };
}

/**
 * Failures that state knows of are over, even if an answer that lags behind shows them alive; unless what counts as
 * success has changed since.
 */
function isFailed(recorded: TaskState, news: TaskInputs): boolean {
  return recorded.outcome === "FAILED" && !asksForJudgement(diffInputs(recorded, news));
}

/**
 * The tasks that can matter for a run. Of recorded failures none does; but with an `idempotencyKey` what counts is what
 * ECS says now, for an exit code can arrive after the task was given up. They are on their way out at least.
 */
function withoutFailures(
  tasks: readonly SeenTask[],
  failed: ReadonlySet<string>,
  { normal }: Order,
): readonly SeenTask[] {
  const hasFailed = ({ record }: SeenTask) => failed.has(record.taskArn);
  if (normal.idempotencyKey === undefined) return tasks.filter((task) => !hasFailed(task));
  return tasks.map((task) =>
    hasFailed(task) ? { ...task, record: { ...task.record, desiredStatus: "STOPPED" } } : task,
  );
}

/**
 * Of a first run more tasks than are wanted can be alive, when its `up` died more than once and a listing lagged behind.
 * The newest are the run, and the others have to end like any others.
 */
function withoutSurplus(found: Candidates, { wanted }: Order): Candidates {
  const { adoptable, inTheWay } = found;
  return {
    ...found,
    adoptable: adoptable.slice(0, wanted),
    inTheWay: [...inTheWay, ...adoptable.slice(wanted)],
  };
}

/**
 * The ended tasks of this very run that count as its result: an interrupted update has started them and nobody
 * watched. With an `idempotencyKey` only a success counts, and the tokens of failures are used up.
 *
 * A first run takes none: an equal task may be that of a resource destroyed a moment ago, for another database.
 */
async function takeEnded(
  ports: RunPorts,
  ended: readonly TaskRecord[],
  order: Order,
  recorded: TaskState | undefined,
): Promise<{ taken: readonly TaskRecord[]; spent: readonly string[] }> {
  if (order.normal.idempotencyKey === undefined) {
    const known = new Set(recorded?.taskArns);
    const isNew = ({ taskArn }: TaskRecord) => recorded !== undefined && !known.has(taskArn);
    return { taken: ended.filter(isNew), spent: [] };
  }
  const succeeded = await endedSuccesses(ports, order, ended);
  const failed = ended.filter((task) => !succeeded.includes(task));
  return { taken: succeeded, spent: failed.map(({ taskArn }) => taskArn) };
}

/** All that is alive of this run is its own; of what has ended, as many as are wanted. */
function adopt(
  ports: RunPorts,
  { run, wanted }: Order,
  alive: readonly TaskRecord[],
  taken: readonly TaskRecord[],
): readonly TaskRecord[] {
  const ownAlive = alive.filter(({ taskArn }) => ports.claims.take(taskArn, run.life));
  const missing = Math.max(0, wanted - ownAlive.length);
  const ownTaken = unionOf(ownAlive, taken).slice(ownAlive.length, ownAlive.length + missing);
  return [...ownAlive, ...ownTaken.filter(({ taskArn }) => ports.claims.take(taskArn, run.life))];
}

async function sayAdopted(ports: RunPorts, adopted: readonly TaskRecord[]): Promise<void> {
  if (adopted.length === 0) return;
  const ids = adopted.map(({ taskArn }) => taskId(taskArn)).join(", ");
  await ports.info(
    `found task ${ids} of this very run, started by an earlier \`pulumi up\`: no new task is started in its place`,
  );
}

/** The tasks of both lists, each once, as the first list knows it. */
export function unionOf(first: readonly TaskRecord[], second: readonly TaskRecord[]): readonly TaskRecord[] {
  const known = new Set(first.map(({ taskArn }) => taskArn));
  return [...first, ...second.filter(({ taskArn }) => !known.has(taskArn))];
}

function isoNow({ clock }: RunPorts): string {
  return new Date(clock.wallMs()).toISOString();
}
