import type { VirtualTask } from "../ecs/virtual-task";
import type { VirtualCloud } from "../ecs/virtual-cloud";
import { isRemembered } from "../ecs/client-tokens";
import { canonical } from "../canonical";
import { bearsMarker, isSameCluster, isSamePlace, placeOf, type Place } from "./documents";
import type { CommandCase } from "./command-case";
import type { LaunchNote, Ledger } from "./ledger";

/*
 * Why an earlier task could not be known of when another one was launched. There is no other excuse:
 *
 * - DescribeTasks says that the task does not exist, in this very command. Whoever believes ECS runs again.
 * - Nobody knows the place: neither the inputs nor the record name its region, cluster and family. These are the
 *   windows of a first `up` that died, of a re-run that died somewhere else, and of a restored state.
 * - ListTasks or DescribeTasks is denied at that place.
 * - The task bears a `startedBy` of the user's own, by which nobody can find it.
 * - A listing of this command did not show it, or showed only a part of the tasks of its launch.
 *
 * The last four do not hold where the clientToken finds the task: the same run in the same cluster asks with the
 * same token, and ECS answers with its tasks, or names them in a ConflictException, while it remembers the token and
 * all that were used before it, and unless it answers every token with a failed task. And none but the first holds for
 * a task whose ARN is recorded.
 */
export function excuseOf(
  note: LaunchNote,
  launch: LaunchNote,
  { cloud, ledger, current }: { cloud: VirtualCloud; ledger: Ledger; current: CommandCase },
): string | undefined {
  const { task } = note;
  if (cloud.denied.has(task.taskArn)) return "DescribeTasks says that it does not exist";
  if (current.goesOnFrom?.taskArns.includes(task.taskArn)) return undefined;
  const tellsTheTruth = !current.weather.faults.some(({ kind }) => kind === "a failed task again");
  const isFound = isFoundByToken(note, launch, ledger, cloud.time.nowMs());
  const isTold = !isUnnamed(task, launch.task) || task.isAtWork(cloud.time.nowMs());
  if (tellsTheTruth && isFound && isTold) return undefined;
  const place: Place = task.origin;
  if (!knownPlaces(current, cloud).some((known) => isSamePlace(known, place)))
    return "nobody knows the place";
  return whyUnseen(task, current, cloud);
}

/** Why a look at the right place does not show a task. */
export function whyUnseen(task: VirtualTask, current: CommandCase, cloud: VirtualCloud): string | undefined {
  if (isDenied(task.origin, current, cloud)) return "looking is denied";
  if (!bearsMarker(task)) return "it bears a startedBy of the user's own";
  return cloud.withheld.has(task.taskArn) ? "a listing did not show it" : undefined;
}

/**
 * Whether nothing tells which run a task is: it bears a startedBy of the user's own, and was asked for with another
 * request. Its token names it, so that it is waited for while it is at work. Once it has ended, it may be another run.
 */
function isUnnamed(task: VirtualTask, launched: VirtualTask): boolean {
  return !bearsMarker(task) && canonical(task.origin.request) !== canonical(launched.origin.request);
}

function isFoundByToken(note: LaunchNote, launch: LaunchNote, ledger: Ledger, nowMs: number): boolean {
  if (note.tokenOf === undefined || note.tokenOf !== launch.tokenOf) return false;
  if (!isSameCluster(note.task.origin, launch.task.origin)) return false;
  return ledger.tokensUntil(note).every((accepted) => isRemembered(accepted, nowMs));
}

/** The places that the inputs and the record name, that of a launch without an answer included. */
function knownPlaces({ inputs, goesOnFrom }: CommandCase, cloud: VirtualCloud): readonly Place[] {
  if (!goesOnFrom) return [placeOf(inputs)];
  const ofTasks = goesOnFrom.taskArns.flatMap((arn) => cloud.taskOf(arn)?.origin ?? []);
  return [placeOf(inputs), placeOf(goesOnFrom), ...ofTasks];
}

function isDenied({ region, cluster }: Place, { process }: CommandCase, cloud: VirtualCloud): boolean {
  return (
    cloud.cluster(region, cluster)?.isListingDenied === true ||
    process?.deniedAt.has(`${region}/${cluster}`) === true
  );
}

/** A clock that is far ahead says that a task ended long ago: then its network interface is not waited for. */
export function seemsLongGone(task: VirtualTask, { time }: VirtualCloud): boolean {
  const tenMinutesMs = 10 * 60_000;
  return !task.isAtWork(time.nowMs()) && time.nowMs() + time.clockErrorMs - task.endMs > tenMinutesMs;
}
