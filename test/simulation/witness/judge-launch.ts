import type { VirtualCloud } from "../ecs/virtual-cloud";
import type { CommandCase } from "./command-case";
import { hasSucceeded, isSameNumber, wanted, whatCounts, whatItIs, whatRuns } from "./documents";
import { excuseOf } from "./excuses";
import type { LaunchNote, Ledger } from "./ledger";

/** What a launch is judged by. */
export interface LaunchScene {
  readonly cloud: VirtualCloud;
  readonly ledger: Ledger;
  readonly current: CommandCase;
}

/**
 * Judges a launch at the moment it happens.
 *
 * @returns whether something had to be excused: from then on nobody can tell which run is the newest.
 */
export function judgeLaunch(launched: readonly LaunchNote[], scene: LaunchScene): boolean {
  const [first] = launched;
  if (!first) return false;
  const wasExcused = [isOnce(launched, first, scene), isAlone(launched, first, scene)];
  return wasExcused.includes("excused");
}

type Judgement = "right" | "excused" | "wrong";

/** I1: a run is launched at most once while ECS remembers it. */
function isOnce(launched: readonly LaunchNote[], first: LaunchNote, scene: LaunchScene): Judgement {
  const { cloud, ledger, current } = scene;
  const nowMs = cloud.time.nowMs();
  const { idempotencyKey } = current.inputs;
  const known = ledger.launchesOf(first.resource).filter(({ task }) => task.isKnown(nowMs));
  const ofThisRun = known.filter((note) => {
    if (launched.includes(note)) return true;
    if (idempotencyKey !== undefined) return countsForKey(note, scene, nowMs);
    if (first.generation === undefined || note.generation !== first.generation) return false;
    return note.life === first.life && whatRuns(note.inputs) === whatRuns(first.inputs);
  });
  const rule = { text: "I1: one run was launched more than once", isAllowed: () => true };
  return judged(ofThisRun, launched, first, rule, scene);
}

/** Whether a task is one that a run with its key takes or adopts instead of running again. */
function countsForKey({ task, inputs }: LaunchNote, { current }: LaunchScene, nowMs: number): boolean {
  if (inputs.idempotencyKey !== current.inputs.idempotencyKey) return false;
  if (!isSameNumber(inputs, current.inputs) || whatItIs(task, current.inputs) !== whatCounts(current.inputs))
    return false;
  const isToldToStop = task.desiredStatus(nowMs) === "STOPPED";
  const isJudgedFailed =
    current.goesOnFrom?.outcome === "FAILED" && current.goesOnFrom.taskArns.includes(task.taskArn);
  return (
    (task.isAtWork(nowMs) && !isToldToStop) || (hasSucceeded(task, current.inputs, nowMs) && !isJudgedFailed)
  );
}

/** I2: never two runs of a resource at work at once. */
function isAlone(launched: readonly LaunchNote[], first: LaunchNote, scene: LaunchScene): Judgement {
  const { cloud, ledger, current } = scene;
  const nowMs = cloud.time.nowMs();
  const atWork = ledger.launchesOf(first.resource).filter(({ task }) => task.isAtWork(nowMs));
  const isAllowed = (note: LaunchNote) => isSameRun(note, first, current);
  return judged(atWork, launched, first, { text: "I2: two runs are alive at once", isAllowed }, scene);
}

function isSameRun(note: LaunchNote, first: LaunchNote, { inputs }: CommandCase): boolean {
  if (inputs.idempotencyKey !== undefined)
    return (
      note.inputs.idempotencyKey === inputs.idempotencyKey &&
      whatItIs(note.task, inputs) === whatCounts(inputs)
    );
  // A first run whose record was lost is adopted in another life.
  const isSameGeneration = note.life !== first.life || note.generation === first.generation;
  return isSameGeneration && whatRuns(note.inputs) === whatRuns(first.inputs);
}

interface Rule {
  readonly text: string;
  /** Whether a task may be there beside those that are launched, as long as there are not too many. */
  readonly isAllowed: (note: LaunchNote) => boolean;
}

/** Of the earlier tasks, those count that could be known. */
function judged(
  notes: readonly LaunchNote[],
  launched: readonly LaunchNote[],
  first: LaunchNote,
  { text, isAllowed }: Rule,
  scene: LaunchScene,
): Judgement {
  const most = wanted(scene.current.inputs);
  if (notes.length <= most && notes.every(isAllowed)) return "right";
  const earlier = notes.filter((note) => !launched.includes(note));
  const known = earlier.filter((note) => excuseOf(note, first, scene) === undefined);
  if (known.length + launched.length <= most && known.every(isAllowed)) return "excused";
  const taskArns = known.map(({ task }) => task.taskArn);
  scene.current.suspicions.push({ text: `${text}: ${names([...known, ...launched])}`, taskArns });
  return "wrong";
}

function names(notes: readonly LaunchNote[]): string {
  return notes.map(({ task }) => `task ${task.name}`).join(", ");
}
