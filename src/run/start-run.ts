import { taskId } from "../aws/arn";
import { newestFirst, type Candidates } from "./launch/candidates";
import { asksForJudgement, diffInputs } from "../inputs/diff-inputs";
import type { RunIdentity } from "./order/started-by-and-client-token";
import { orderOf, type Order } from "./order/order";
import { recordedPlace } from "./order/place";
import { redactor } from "../inputs/redact-secrets";
import { unknownRun } from "../outcome/settle";
import type { TaskInputs } from "../inputs/task-inputs";
import type { SeenTask, TaskRecord } from "../outcome/task-record";
import type { TaskState } from "./task-state";
import { awaitEarlierTasks } from "./launch/await-earlier-tasks";
import { endedSuccesses } from "./launch/ended-successes";
import { followRun } from "./follow/follow-run";
import { guardAccount } from "./guard-account";
import { launch } from "./launch/launch";
import { findEarlierTasks } from "./launch/find-earlier-tasks";
import { redactingPorts } from "./ports/redacting-ports";
import { releasingFailed } from "./release-failed-tasks";
import type { RunPorts } from "./ports/run-ports";
import { failed, type RunFacts, type RunResult } from "./run-result";

/** Runs the tasks of a resource for the first time, or those of its next run. */
export function startRun(
  ports: RunPorts,
  { inputs, run, recorded }: { inputs: TaskInputs; run: RunIdentity; recorded?: TaskState },
): Promise<RunResult> {
  const redacting = redactingPorts(ports, redactor(inputs, ...(recorded ? [recorded] : [])));
  return releasingFailed(ports, run.life, () =>
    runOrder(redacting, orderOf(inputs, run, ports.region), { recorded }),
  );
}

/** What is known from before. */
interface Before {
  /** The last run of the resource, if it has one. */
  readonly recorded: TaskState | undefined;
  /** Of a run that goes on: the tasks that are known to have been started for it. */
  readonly started?: readonly TaskRecord[];
}

/**
 * Runs the tasks that are ordered: takes those that an interrupted `up` has started, launches what is missing,
 * waits for them and judges them. Never two runs at once: what else of this resource is alive has to end first.
 *
 * @returns a report for whatever happened once ECS may have started a task.
 * @throws EcsTaskError when nothing was started: there is nothing to record.
 */
export async function runOrder(
  ports: RunPorts,
  order: Order,
  { recorded, started }: Before,
): Promise<RunResult> {
  await guardAccount(ports, recorded, order.place.cluster);
  const failed = new Set(recorded && isFailed(recorded, order.written) ? recorded.taskArns : []);
  const places = recorded ? [recordedPlace(recorded, ports.region)] : [];
  const treat = (tasks: readonly SeenTask[]) => withoutFailures(tasks, failed, order);
  async function lookAround() {
    const found = await findEarlierTasks(ports, order, { places, treat });
    return withoutSurplus({ ...found, adoptable: unionOf(started ?? [], found.adoptable) }, order);
  }
  ports.status("starting");
  const found = await lookAround();
  const ended = await awaitEarlierTasks(ports, order, { found, recorded });
  const { taken, spent } = await takeEnded(ports, order, { ended, recorded: started ? undefined : recorded });
  const adopted = adopt(ports, order, { alive: found.adoptable, taken });
  await sayAdopted(ports, adopted);
  const launchedAt = (started && recorded?.launchedAt) ?? isoNow(ports);
  const facts: RunFacts = { order, tasks: [], launchedAt };
  const before = new Set([...ended, ...found.inTheWay].map(({ taskArn }) => taskArn));
  const launched = await launch(ports, order, {
    adopted,
    spent: new Set([...failed, ...spent]),
    lookAgain: async () => {
      const { adoptable, ending, ended, denied } = await lookAround();
      // Who did not see what was there before cannot tell what is new.
      if (found.denied.length > 0 || denied.length > 0) return undefined;
      const seen = [...adoptable, ...ending, ...ended].filter(({ taskArn }) => !before.has(taskArn));
      // Those that an `up` before has started and that were not listed in time count less than the new ones.
      return seen.sort(newestFirst).slice(0, order.wanted);
    },
  });
  if (launched.kind === "launched") return followRun(ports, { ...facts, ...launched });
  return perhapsStarted({ ...facts, tasks: launched.tasks }, launched.error);
}

function perhapsStarted(
  facts: RunFacts,
  error: { readonly operation: string; readonly code: string; readonly message: string },
): RunResult {
  const said = `${error.operation} failed with ${error.code}: ${error.message.replace(/\.$/, "")}`;
  return failed(facts, unknownRun(), {
    inShort: "ECS did not answer, so a task may have been started",
    summary: `ECS did not answer whether it started the task: ${said}. A task may be running.`,
    remedy:
      "Run `pulumi up` again: it looks for the task and asks for the same one, which ECS starts only if it has not.",
  });
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
  order: Order,
  { ended, recorded }: { readonly ended: readonly TaskRecord[]; readonly recorded: TaskState | undefined },
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

/** What is alive of this run comes first, then what has ended, as many as are wanted. */
function adopt(
  ports: RunPorts,
  { run, wanted }: Order,
  { alive, taken }: Readonly<Record<"alive" | "taken", readonly TaskRecord[]>>,
): readonly TaskRecord[] {
  return ports.claims.takeUpTo(wanted, unionOf(alive, taken), run.life);
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
