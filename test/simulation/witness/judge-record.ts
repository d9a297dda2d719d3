import type { VirtualCloud } from "../ecs/virtual-cloud";
import type { VirtualTask } from "../ecs/virtual-task";
import type { CommandEnd } from "../engine/command-end";
import { isCalm } from "../process/fault";
import type { CommandCase } from "./command-case";
import { asksForTheEnd, mayBeStopped, successCodes, wanted, whatIsAsked, whatRuns } from "./documents";
import { seemsLongGone, whyUnseen } from "./excuses";
import type { LaunchNote, Ledger } from "./ledger";

interface RecordScene {
  readonly cloud: VirtualCloud;
  readonly ledger: Ledger;
  readonly current: CommandCase;
  readonly end: CommandEnd;
  /** When the life of the recorded run began, in milliseconds. */
  readonly lifeBeganMs: number;
}

const MEMORY_MS = 60 * 60_000;

/** What a command has to leave in state, and what it must not do to what is there. */
export function judgeRecord(scene: RecordScene): void {
  judgeLaunchesAreRecorded(scene);
  judgeLife(scene);
  judgeRest(scene);
  judgeRefresh(scene);
  judgeDestroy(scene);
  judgeVanished(scene);
  judgeUnknowable(scene);
  judgeOldFailure(scene);
  judgePatience(scene);
}

/** An earlier run that still runs is waited for as long as the present `timeoutSeconds` says. */
function judgePatience({ cloud, current, end }: RecordScene): void {
  const { before, inputs, weather, command, startMs, launched } = current;
  if (command !== "up" || end.kind !== "failed" || before?.phase !== "RUNNING" || launched.length > 0) return;
  if (whatRuns(before) === whatRuns(inputs) || mayBeStopped(before) || cloud.denied.size > 0) return;
  if (!isCalm(weather) || cloud.lagMs > 0) return;
  const nowMs = cloud.time.nowMs();
  const places = before.taskArns.map((arn) => cloud.taskOf(arn)?.origin);
  if (places.some((place) => !place || cloud.cluster(place.region, place.cluster)?.isDeleted)) return;
  const runsOn = before.taskArns.some((arn) => cloud.taskOf(arn)?.isAtWork(nowMs));
  const { timeoutSeconds = 3600 } = inputs;
  if (runsOn && nowMs - startMs < timeoutSeconds * 1000)
    current.say(
      `an earlier run was given up after ${Math.round((nowMs - startMs) / 1000)} s of ${timeoutSeconds} s`,
    );
}

/** I9: what a command launched is in state, or state says that nobody knows. */
function judgeLaunchesAreRecorded({ cloud, current, end }: RecordScene): void {
  const { launched, after } = current;
  if (launched.length === 0) return;
  if (end.kind === "unchanged") current.say("up said unchanged and launched");
  if (end.kind === "failed") suspectLost(current, launched, "nothing was recorded");
  if (end.kind !== "succeeded" && end.kind !== "initFailed") return;
  const lost = launched.filter(
    ({ task }) => !after?.taskArns.includes(task.taskArn) && !couldBeLost(task, current, cloud),
  );
  if (lost.length > 0 && after?.phase !== "UNKNOWN" && current.isUp)
    suspectLost(current, lost, "it is not recorded");
}

/** StartTask has no token: where its answer is lost and no look shows the task, nobody can know of it. */
function couldBeLost(task: VirtualTask, current: CommandCase, cloud: VirtualCloud): boolean {
  const isUnseen = cloud.denied.has(task.taskArn) || whyUnseen(task, current, cloud) !== undefined;
  return task.origin.containerInstanceArn !== undefined && isUnseen;
}

function suspectLost(current: CommandCase, lost: readonly LaunchNote[], what: string): void {
  const names = lost.map(({ task }) => `task ${task.name}`).join(", ");
  const taskArns = lost.map(({ task }) => task.taskArn);
  current.suspicions.push({ text: `I9: ${names} was launched, and ${what}`, taskArns });
}

/** A run that ended before this resource was made may have worked on another database. Not with a key. */
function judgeLife({ cloud, ledger, current, lifeBeganMs }: RecordScene): void {
  const { after, before, inputs } = current;
  if (!after || inputs.idempotencyKey !== undefined) return;
  for (const taskArn of after.taskArns.filter((arn) => !before?.taskArns.includes(arn))) {
    const note = ledger.noteOf(taskArn);
    if (note && note.life !== after.life && note.task.stoppedMs + cloud.lagMs < lifeBeganMs)
      current.say(`task ${note.task.name} had ended in an earlier life, and was taken for this one's`);
  }
}

/** A settled run is not run again while the inputs ask for the same. */
function judgeRest({ current }: RecordScene): void {
  const { before, launched, inputs, command, recordedBefore } = current;
  if (command !== "up" || before?.phase !== "SETTLED" || recordedBefore?.isPendingReplacement) return;
  if (launched.length > 0 && whatRuns(before) === whatRuns(inputs))
    current.say("a settled run with the same inputs was run again");
}

function judgeRefresh({ current, end }: RecordScene): void {
  const { command, before, after, launched } = current;
  if (command !== "refresh") return;
  if (launched.length > 0) current.say("a refresh launched a task");
  if (before && !after) current.say("a refresh lost the resource");
  if (before?.phase === "SETTLED" && after?.phase !== "SETTLED")
    current.say("a refresh made a settled run unsettled");
  if (end.kind === "initFailed") current.say("a refresh failed with a record");
}

function judgeDestroy({ cloud, current, end }: RecordScene): void {
  const { command, before } = current;
  if (command !== "destroy" || end.kind !== "succeeded") return;
  for (const taskArn of before?.taskArns ?? []) {
    const task = cloud.taskOf(taskArn);
    // Of a task that DescribeTasks does not know nobody can see whether it has stopped.
    if (task === undefined || seemsLongGone(task, cloud)) continue;
    if (task.isAlive(cloud.time.nowMs()) && !cloud.denied.has(taskArn) && !task.isHidden(cloud.time.nowMs()))
      current.say(`destroy succeeded, and task ${task.name} still runs`);
  }
}

/** A run that vanished is run again by the next `up`, when ECS still does not know it and nothing goes wrong. */
function judgeVanished({ cloud, ledger, current, end }: RecordScene): void {
  const { before, inputs, launched, weather, startMs, command } = current;
  if (command !== "up" || before?.phase !== "UNKNOWN" || current.recordedBefore?.isPendingReplacement) return;
  if (whatRuns(before) !== whatRuns(inputs) || before.taskArns.length !== wanted(inputs)) return;
  if (!isCalm(weather) || cloud.lagMs > 0 || launched.length > 0) return;
  const tasks = before.taskArns.map((arn) => cloud.taskOf(arn));
  const nowMs = cloud.time.nowMs();
  const isMissing = (ms: number) => tasks.every((task) => !task || !task.isKnown(ms) || task.isHidden(ms));
  const wereSeen = tasks.every((task) => task?.wasShown);
  const { region, cluster } = tasks[0]?.origin ?? { region: "", cluster: "" };
  const isGone = cloud.cluster(region, cluster)?.isDeleted ?? true;
  const isDenied = cloud.cluster(region, cluster)?.isListingDenied ?? false;
  // Another task of this resource can be in the way, or be taken for its result.
  const isInTheWay = end.kind === "succeeded" || hasOthers(current, ledger, startMs);
  if (wereSeen && isMissing(startMs) && isMissing(nowMs) && !isGone && !isDenied && !isInTheWay)
    current.say("a run that vanished was not run again by the next up");
}

function hasOthers({ before, resource }: CommandCase, ledger: Ledger, sinceMs: number): boolean {
  return ledger
    .launchesOf(resource.name)
    .some(({ task }) => !before?.taskArns.includes(task.taskArn) && task.isKnown(sinceMs));
}

/**
 * A run of which nobody can know whether it was started is not run again without a word: of no task the ARN is known,
 * ECS has forgotten, and the clock says so, or says what cannot be.
 */
function judgeUnknowable({ current, lifeBeganMs }: RecordScene): void {
  const { before, inputs, launched, startMs, startWallMs, command } = current;
  if (command !== "up" || before?.phase !== "UNKNOWN" || before.taskArns.length > 0) return;
  if (current.recordedBefore?.isPendingReplacement || launched.length === 0) return;
  if (whatRuns(before) !== whatRuns(inputs) || before.generation > 1) return;
  const saysMs = startWallMs - Date.parse(before.launchedAt ?? "");
  const isOld = startMs - lifeBeganMs > MEMORY_MS + 30 * 60_000;
  if (isOld && !(saysMs >= 0 && saysMs < MEMORY_MS))
    current.say("a run that may have been started, and that ECS has forgotten, was run again without a word");
}

/** How many tokens a run may try. */
const MOST_TOKENS = 100;

function judgeOldFailure({ current, end, cloud }: RecordScene): void {
  const { before, after, process, inputs } = current;
  if (end.kind !== "initFailed" || before?.phase !== "FAILED" || after?.phase !== "FAILED") return;
  // Without a look-up an idempotencyKey gets what ECS remembers of it.
  if (!process || process.deniedAt.size > 0) return;
  if (before.taskArns.length === 0 || before.taskArns.join() !== after.taskArns.join()) return;
  if (cloud.clusters.some(({ isListingDenied }) => isListingDenied) && inputs.idempotencyKey !== undefined)
    return;
  // ECS repeated a failed launch for every token that may be tried: this failure is a new one.
  if (current.launchesSent >= MOST_TOKENS) return;
  if (after.generation > before.generation) current.say("up told an old failure as a new one");
}

/** A preview speaks when something is to be done, and only then. */
export function judgeForecast(
  current: CommandCase,
  willDo: (state: NonNullable<CommandCase["after"]>) => string | undefined,
): void {
  const { after, resource } = current;
  if (!after) return;
  const { inputs } = resource;
  const forecast = willDo(after);
  const isDue = after.phase !== "SETTLED" || whatIsAsked(after) !== whatIsAsked(inputs);
  if (isDue && forecast === undefined) current.say(`a preview says nothing of a run that is ${after.phase}`);
  if (!isDue && forecast !== undefined) current.say(`a preview says "${forecast}" of a settled run`);
}

/** To judge by other exit codes looks at the recorded run alone, whatever was started since and is not recorded. */
export function isJudgedAgain({ before, after, inputs }: CommandCase): boolean {
  if (!before || !after || before.phase !== "FAILED") return false;
  const isAsked =
    successCodes(before).join() !== successCodes(inputs).join() ||
    asksForTheEnd(before) !== asksForTheEnd(inputs);
  return isAsked && before.taskArns.join() === after.taskArns.join();
}
