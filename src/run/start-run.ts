import { expectationOf } from "../task/expectation";
import { sortFoundTasks, type FoundTasks } from "../task/found-tasks";
import { judgeOutcome } from "../task/judge-outcome";
import { startedByMarker, type RunIdentity } from "../task/marker";
import { normaliseInputs, type NormalInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import { taskId } from "../task/arn";
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
}

/**
 * Runs the tasks of a generation: takes those that an interrupted `up` has started, launches what is missing,
 * waits for them and judges them. Never two runs at once: what else of this resource is alive has to end first.
 *
 * @returns a report for whatever happened once ECS may have started a task.
 * @throws EcsTaskError when nothing was started: there is nothing to record.
 */
export async function startRun(ports: RunPorts, { inputs, run, recorded }: RunOrder): Promise<RunReport> {
  const normal = normaliseInputs(inputs);
  const marker = startedByMarker(run, normal);
  const redact = redactor(inputs);
  await guardAccount(ports, recorded, normal.cluster);
  const places = recorded?.clusterArn && recorded.taskDefinitionArn ? [placeOf(recorded)] : [];
  const look = async (): Promise<FoundTasks | undefined> => {
    const tasks = await findTasks(ports, run.identity, [normal, ...places]);
    return tasks && sortFoundTasks(tasks, normal, marker, redact);
  };
  ports.status("starting");
  const found = (await look()) ?? NOTHING_FOUND;
  await endTasks(ports, found, recorded, normal);
  const { taken, firstAttempt } = await takeEnded(ports, found, normal, recorded);
  const adopted = [...found.adoptable, ...taken].slice(0, normal.containerInstances?.length ?? normal.count);
  await sayAdopted(ports, adopted);
  const facts: RunFacts = { inputs, run, marker, tasks: [], launchedAt: isoNow(ports) };
  const before = new Set([...found.ended, ...found.inTheWay].map(({ taskArn }) => taskArn));
  const launched = await launch(ports, {
    inputs: normal,
    run,
    marker,
    redact,
    adopted,
    firstAttempt,
    lookAgain: async () => {
      const now = await look();
      return now && [...now.adoptable, ...now.ended].filter(({ taskArn }) => !before.has(taskArn));
    },
  });
  if (launched.kind === "launched") return followRun(ports, { ...facts, ...launched });
  const { error, tasks } = launched;
  return {
    state: runState(
      { ...facts, tasks },
      "UNKNOWN",
      "UNKNOWN",
      "ECS did not answer, so a task may have been started",
    ),
    problem: `ECS did not answer whether it started the task: ${error.operation} failed with ${error.code}: ${redact(error.message)}. A task may be running. Run \`pulumi up\` again: it looks for the task and asks for the same one, which ECS starts only if it has not.`,
  };
}

/**
 * The ended tasks of this very run that count as its result: an interrupted update has started them and nobody
 * watched. With an `idempotencyKey` only a success counts, and each failure has used up one token.
 *
 * A first run takes none: an equal task may be that of a resource destroyed a moment ago, for another database.
 */
async function takeEnded(
  ports: RunPorts,
  { ended }: FoundTasks,
  inputs: NormalInputs,
  recorded: TaskState | undefined,
): Promise<{ taken: readonly TaskRecord[]; firstAttempt: number }> {
  if (ended.length === 0) return { taken: [], firstAttempt: 0 };
  if (inputs.idempotencyKey === undefined) {
    const known = new Set(recorded?.taskArns);
    const isNew = ({ taskArn }: TaskRecord) => recorded !== undefined && !known.has(taskArn);
    return { taken: ended.filter(isNew), firstAttempt: 0 };
  }
  const expectation = expectationOf(inputs, await essentialContainers(ports, ended[0]?.taskDefinitionArn));
  const succeeded = ended.filter((task) => judgeOutcome([task], expectation).kind === "SUCCEEDED");
  return { taken: succeeded, firstAttempt: ended.length - succeeded.length };
}

async function sayAdopted(ports: RunPorts, adopted: readonly TaskRecord[]): Promise<void> {
  if (adopted.length === 0) return;
  const ids = adopted.map(({ taskArn }) => taskId(taskArn)).join(", ");
  await ports.info(
    `found task ${ids} of this very run, started by an earlier \`pulumi up\`: no new task is started in its place`,
  );
}

const NOTHING_FOUND: FoundTasks = { adoptable: [], inTheWay: [], ended: [] };

function placeOf({ clusterArn = "", taskDefinitionArn = "" }: TaskState) {
  return { cluster: clusterArn, taskDefinition: taskDefinitionArn };
}

function isoNow({ clock }: RunPorts): string {
  return new Date(clock.wallMs()).toISOString();
}
