import { EcsTaskError } from "../errors";
import { orderOf } from "./order/order";
import { placeText } from "./order/place";
import { givenUp } from "../outcome/settle";
import type { TaskInputs } from "../inputs/task-inputs";
import { isOver } from "../outcome/is-over";
import type { TaskRecord } from "../outcome/task-record";
import type { TaskState } from "./task-state";
import { CREATED_AFTER_LAUNCH_MS, TOKEN_MS } from "../time-limits";
import { portsFor } from "./ports/ports-for";
import { followRun } from "./follow/follow-run";
import { guardAccount } from "./guard-account";
import { findEarlierTasks } from "./launch/find-earlier-tasks";
import { isShown } from "./follow/look-once";
import type { RunPorts } from "./ports/run-ports";
import { failed, recordedFacts, type RunFacts, type RunResult } from "./run-result";
import { runOrder, unionOf } from "./start-run";

/**
 * Goes on with a run of which nobody knows whether it was started, or how it ended: takes its tasks when ECS
 * knows them, and asks for the same launch again while its token is sure to be remembered. A task that vanished, and is
 * still missing at one more look, is replaced by a new run at once. Where it is not even known whether a task was
 * started, and the token is too old to ask, the run is given up as failed: the next `up` runs a new one in full knowledge.
 */
export async function resumeUnknown(
  ports: RunPorts,
  recorded: TaskState,
  news: TaskInputs,
): Promise<RunResult> {
  const facts = recordedFacts(recorded, ports.region, news);
  const there = await ports.in(facts.order.place.region);
  await guardAccount(ports, recorded, facts.order.place.cluster);
  ports.status("looking for the task of the last run");
  return recorded.tasks.length >= facts.order.wanted
    ? resumeVanished(there, recorded, facts)
    : resumeLaunch(there, recorded, facts);
}

/** All tasks were known: they vanished, or were not seen to stop. */
async function resumeVanished(ports: RunPorts, recorded: TaskState, facts: RunFacts): Promise<RunResult> {
  const alive = recorded.tasks.filter((task) => !isOver(task));
  const shown = await Promise.all(alive.map(async (task) => isShown(await portsFor(ports, task), task)));
  if (alive.length === 0 || shown.every((each) => each)) return followRun(ports, facts, { wereSeen: true });
  const run = { ...facts.order.run, generation: recorded.generation + 1 };
  return runOrder(ports, orderOf(facts.order.written, run, ports.region), { recorded });
}

/** It is not known which tasks were started. */
async function resumeLaunch(ports: RunPorts, recorded: TaskState, facts: RunFacts): Promise<RunResult> {
  const { order } = facts;
  const found = await findEarlierTasks(ports, order);
  // Neither the marker of a first run nor that of a key says which run it is.
  const isOfRun = order.run.generation > 1 && order.normal.idempotencyKey === undefined;
  const isMine = (task: TaskRecord) => isOfRun || startedFor(task, recorded.launchedAt);
  const mine = [...found.adoptable, ...[...found.ending, ...found.ended].filter(isMine)];
  const started = ownOf(ports, facts, unionOf(mine, recorded.tasks));
  if (started.length >= order.wanted)
    return followRun(ports, { ...facts, tasks: started }, { wereSeen: true });
  const ageMs = ports.clock.wallMs() - Date.parse(recorded.launchedAt ?? "");
  // A launch of the future has no age: the clock was set back, and the token may be of yesterday.
  if (ageMs >= 0 && ageMs < TOKEN_MS) return runOrder(ports, order, { recorded, started });
  if (found.denied.length > 0) throw notPermitted(facts);
  return failed({ ...facts, tasks: started }, givenUp(), {
    inShort: "it is not known whether its task was started",
    summary: `Nobody knows whether the last run did its work: ECS did not answer when it was asked for the task, and knows no task of it on ${placeText(order.place)} now.`,
    remedy: "Find out by its logs or its effects. The next `pulumi up` runs a new task.",
  });
}

/**
 * The tasks that are this resource's own, as many as are wanted: the recorded ones, then others that count for no other
 * resource of this process.
 */
function ownOf(
  { claims }: RunPorts,
  { order, tasks }: RunFacts,
  seen: readonly TaskRecord[],
): readonly TaskRecord[] {
  const recorded = new Set(tasks.map(({ taskArn }) => taskArn));
  const isRecorded = ({ taskArn }: TaskRecord) => recorded.has(taskArn);
  const recordedFirst = [...seen.filter(isRecorded), ...seen.filter((task) => !isRecorded(task))];
  return claims.takeUpTo(order.wanted, recordedFirst, order.run.life);
}

/**
 * Whether a task was created for the launch. One that was created before is that of a resource which was destroyed, and
 * made again under the same name; one that was created much later says that a clock is wrong, and proves nothing.
 */
function startedFor({ createdAt = "" }: TaskRecord, launchedAt = ""): boolean {
  const lateMs = Date.parse(createdAt) - Date.parse(launchedAt);
  return lateMs >= 0 && lateMs <= CREATED_AFTER_LAUNCH_MS;
}

/** What nobody can see has not been forgotten. */
function notPermitted({ order }: RunFacts): EcsTaskError {
  return new EcsTaskError(
    "ACCESS_DENIED",
    `Nobody knows how the last run ended, and looking for its task on ${placeText(order.place)} is not permitted. Nothing was started. Allow ecs:ListTasks and ecs:DescribeTasks, and run \`pulumi up\` again. To run anyway, change triggers.`,
  );
}
