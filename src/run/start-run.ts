import type { Task } from "@aws-sdk/client-ecs";
import { asksForJudgement, diffInputs } from "../task/diff-inputs";
import { expectationOf } from "../task/expectation";
import { sortFoundTasks, type FoundTasks } from "../task/found-tasks";
import { judgeOutcome } from "../task/judge-outcome";
import { startedByMarker, type RunIdentity } from "../task/marker";
import { normaliseInputs, type NormalInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import { taskId } from "../task/arn";
import { taskCount } from "../task/task-count";
import type { TaskInputs } from "../task/task-inputs";
import type { TaskRecord } from "../task/task-record";
import type { TaskState } from "../task/task-state";
import { endTasks } from "./end-tasks";
import { essentialContainers } from "./essential-containers";
import { findTasks } from "./find-tasks";
import { followRun } from "./follow-run";
import { guardAccount } from "./guard-account";
import { launch } from "./launch";
import type { RunPorts } from "./run-ports";
import { runState, type RunFacts, type RunReport } from "./run-report";

/** A run that is to be started. */
export interface RunOrder {
  readonly inputs: TaskInputs;
  readonly run: RunIdentity;
  /** The last run of the resource, if it has one. */
  readonly recorded?: TaskState;
  /** Of a run that goes on: the tasks that are known to have been started for it. */
  readonly started?: readonly TaskRecord[];
}

/**
 * Runs the tasks of a generation: takes those that an interrupted `up` has started, launches what is missing,
 * waits for them and judges them. Never two runs at once: what else of this resource is alive has to end first.
 *
 * @returns a report for whatever happened once ECS may have started a task.
 * @throws EcsTaskError when nothing was started: there is nothing to record.
 */
export async function startRun(
  ports: RunPorts,
  { inputs, run, recorded, started }: RunOrder,
): Promise<RunReport> {
  const normal = normaliseInputs(inputs);
  const marker = startedByMarker(run, normal);
  const redact = redactor(inputs);
  await guardAccount(ports, recorded, normal.cluster);
  // Failures that state knows of are over, even if an answer that lags behind shows them alive; unless what
  // counts as success has changed since.
  const isFailed = recorded?.outcome === "FAILED" && !asksForJudgement(diffInputs(recorded, inputs));
  const failed = new Set(isFailed ? recorded.taskArns : []);
  const look = async (): Promise<FoundTasks & { readonly isPermitted: boolean }> => {
    const places = recorded?.clusterArn && recorded.taskDefinitionArn ? [placeOf(recorded)] : [];
    const tasks = await findTasks(ports, run.identity, [normal, ...places]);
    const found = sortFoundTasks(withoutFailures(tasks ?? [], failed, normal), normal, marker, redact);
    const adoptable = unionOf(started ?? [], found.adoptable);
    return { ...found, adoptable, isPermitted: tasks !== undefined };
  };
  ports.status("starting");
  const found = await look();
  const ended = await endTasks(ports, found, recorded, normal);
  const { taken, spent } = await takeEnded(ports, ended, normal, started ? undefined : recorded);
  const adopted = unionOf(found.adoptable, taken).slice(0, taskCount(inputs));
  await sayAdopted(ports, adopted);
  const launchedAt = started ? recorded?.launchedAt : isoNow(ports);
  const facts: RunFacts = { inputs, run, marker, tasks: [], launchedAt };
  const before = new Set([...ended, ...found.inTheWay].map(({ taskArn }) => taskArn));
  const launched = await launch(ports, {
    inputs: normal,
    run,
    marker,
    redact,
    // The tokens of a run that goes on tell exactly what was started for it.
    adopted: started && !normal.containerInstances ? [] : adopted,
    spent: new Set([...failed, ...spent]),
    lookAgain: async () => {
      const { adoptable, ended, isPermitted } = await look();
      // Who did not see what was there before cannot tell what is new.
      if (!found.isPermitted || !isPermitted) return undefined;
      return [...adoptable, ...ended].filter(({ taskArn }) => !before.has(taskArn));
    },
  });
  if (launched.kind === "launched") return followRun(ports, { ...facts, ...launched });
  const { error, tasks } = launched;
  return {
    state: runState(
      { ...facts, tasks: unionOf(adopted, tasks) },
      "UNKNOWN",
      "UNKNOWN",
      "ECS did not answer, so a task may have been started",
    ),
    problem: `ECS did not answer whether it started the task: ${error.operation} failed with ${error.code}: ${redact(error.message)}. A task may be running. Run \`pulumi up\` again: it looks for the task and asks for the same one, which ECS starts only if it has not.`,
  };
}

/**
 * The tasks that can matter for a run. Of recorded failures none does; but with an `idempotencyKey` what counts is what
 * ECS says now, for an exit code can arrive after the task was given up. They are on their way out at least.
 */
function withoutFailures(
  tasks: readonly Task[],
  failed: ReadonlySet<string>,
  { idempotencyKey }: NormalInputs,
): readonly Task[] {
  const hasFailed = ({ taskArn = "" }: Task) => failed.has(taskArn);
  if (idempotencyKey === undefined) return tasks.filter((task) => !hasFailed(task));
  return tasks.map((task) => (hasFailed(task) ? { ...task, desiredStatus: "STOPPED" } : task));
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
  inputs: NormalInputs,
  recorded: TaskState | undefined,
): Promise<{ taken: readonly TaskRecord[]; spent: readonly string[] }> {
  if (ended.length === 0) return { taken: [], spent: [] };
  if (inputs.idempotencyKey === undefined) {
    const known = new Set(recorded?.taskArns);
    const isNew = ({ taskArn }: TaskRecord) => recorded !== undefined && !known.has(taskArn);
    return { taken: ended.filter(isNew), spent: [] };
  }
  const expectation = expectationOf(inputs, await essentialContainers(ports, ended[0]?.taskDefinitionArn));
  const succeeded = ended.filter((task) => judgeOutcome([task], expectation).kind === "SUCCEEDED");
  const failed = ended.filter((task) => !succeeded.includes(task));
  return { taken: succeeded, spent: failed.map(({ taskArn }) => taskArn) };
}

async function sayAdopted(ports: RunPorts, adopted: readonly TaskRecord[]): Promise<void> {
  if (adopted.length === 0) return;
  const ids = adopted.map(({ taskArn }) => taskId(taskArn)).join(", ");
  await ports.info(
    `found task ${ids} of this very run, started by an earlier \`pulumi up\`: no new task is started in its place`,
  );
}

/** The tasks of both lists, each once, as the first list knows it. */
function unionOf(first: readonly TaskRecord[], second: readonly TaskRecord[]): readonly TaskRecord[] {
  const known = new Set(first.map(({ taskArn }) => taskArn));
  return [...first, ...second.filter(({ taskArn }) => !known.has(taskArn))];
}

function placeOf({ clusterArn = "", taskDefinitionArn = "" }: TaskState) {
  return { cluster: clusterArn, taskDefinition: taskDefinitionArn };
}

function isoNow({ clock }: RunPorts): string {
  return new Date(clock.wallMs()).toISOString();
}
