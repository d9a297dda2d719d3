import type { TaskInputs } from "../../../src/inputs/task-inputs";
import type { TaskState } from "../../../src/run/task-state";
import type { VirtualCloud } from "../ecs/virtual-cloud";
import type { VirtualTask } from "../ecs/virtual-task";
import type { CommandEnd } from "../engine/command-end";
import type { CommandCase } from "./command-case";
import {
  asksForTheEnd,
  hasSucceeded,
  isSameNumber,
  wanted,
  whatCounts,
  whatItIs,
  whatRuns,
} from "./documents";
import { seemsLongGone } from "./excuses";
import type { Ledger } from "./ledger";

interface SuccessScene {
  readonly cloud: VirtualCloud;
  readonly ledger: Ledger;
  readonly current: CommandCase;
  readonly end: CommandEnd;
  /** Whether nobody can tell which run is the newest. */
  readonly isBlind: boolean;
}

/** I3: success is said only of the newest run with the current inputs, when it did what was asked for. */
export function judgeSuccess(scene: SuccessScene): void {
  const { current, end } = scene;
  const { after, inputs, command } = current;
  if (after?.phase === "SETTLED") judgeSettled(after, "a settled record", scene);
  if (command !== "up" && command !== "replace") return;
  if (end.kind === "initFailed" && after?.phase === "SETTLED") current.say("up failed with a settled run");
  if (end.kind !== "succeeded" && end.kind !== "unchanged") return;
  if (!after) {
    current.say("I3: up said success and recorded nothing");
    return;
  }
  if (after.phase !== "SETTLED") current.say(`I3: up said success of a run that is ${after.phase}`);
  judgeSettled({ ...after, ...inputs }, "I3: up said success", scene);
  judgeIsWhatWasAsked(after, scene);
  judgeIsNewest(after, scene);
}

/** The record says that what was asked for was reached: was it? */
function judgeSettled(
  state: TaskState,
  what: string,
  { cloud, ledger, current, isBlind }: SuccessScene,
): void {
  const nowMs = cloud.time.nowMs();
  // Where a launch had to be excused, there were too many tasks: all of them are recorded and judged.
  const isOwn = (taskArn: string) => ledger.noteOf(taskArn)?.resource === current.resource.name;
  const isTooMany = state.taskArns.filter(isOwn).length > wanted(state) && !isBlind;
  const text = `${what}, with ${state.taskArns.length} of ${wanted(state)} tasks`;
  if (state.taskArns.length < wanted(state)) current.say(text);
  if (isTooMany) current.suspicions.push({ text, taskArns: state.taskArns });
  for (const taskArn of state.taskArns) {
    const task = ledger.noteOf(taskArn)?.task;
    if (!task) current.say(`${what} of a task of somebody else`);
    else if (asksForTheEnd(state) && !hasSucceeded(task, state, nowMs))
      current.say(`${what}, and task ${task.name} did not end with success`);
    else if (asksForTheEnd(state) && task.plan.hasVolume === true && task.isAlive(nowMs))
      current.say(`${what}, and the volume of task ${task.name} is still there`);
    else if (state.waitFor === "STOPPED" && task.isAlive(nowMs) && !seemsLongGone(task, cloud))
      current.say(`${what}, and task ${task.name} has not STOPPED`);
    else if (state.waitFor === "RUNNING" && isNewlySettled(state, current) && !hasRun(task, state, nowMs))
      current.say(`${what}, and task ${task.name} never ran`);
  }
}

function hasRun(task: VirtualTask, inputs: TaskInputs, nowMs: number): boolean {
  return task.wasRunning(nowMs) || hasSucceeded(task, inputs, nowMs);
}

/** A run settled by another `waitFor` stays settled: only to wait for its end asks for more. */
function isNewlySettled({ generation, life }: TaskState, { before }: CommandCase): boolean {
  return before?.phase !== "SETTLED" || before.generation !== generation || before.life !== life;
}

/** I6: what the inputs name was really done: in this region and cluster, with these values. */
function judgeIsWhatWasAsked({ taskArns }: TaskState, { ledger, current }: SuccessScene): void {
  const { inputs } = current;
  for (const taskArn of taskArns) {
    const note = ledger.noteOf(taskArn);
    if (!note) continue;
    const is = whatItIs(note.task, inputs);
    if (is !== whatCounts(inputs))
      current.say(
        `I6: up said success of task ${note.task.name}, which is ${is}, asked was ${whatCounts(inputs)}`,
      );
    else if (!isSameNumber(note.inputs, inputs))
      current.say(`I6: up said success of task ${note.task.name}, which ran as one of another number`);
    else if (inputs.idempotencyKey === undefined && whatRuns(note.inputs) !== whatRuns(inputs))
      current.say(`I3: up said success of task ${note.task.name}, which ran with other inputs`);
  }
  const instances = taskArns.map((arn) => ledger.noteOf(arn)?.task.origin.containerInstanceArn ?? "");
  const missing = inputs.containerInstances?.filter((id) => !instances.some((arn) => arn.endsWith(`/${id}`)));
  if (missing && missing.length > 0) current.say(`I3: up said success, and nothing ran on ${missing.join()}`);
}

/** Not with a key, where any run of it counts, and not where it cannot be known. */
function judgeIsNewest({ taskArns }: TaskState, { ledger, current, isBlind }: SuccessScene): void {
  const { inputs, resource } = current;
  if (inputs.idempotencyKey !== undefined || isBlind) return;
  // A task of another resource of this identity was adopted: its launch says nothing about the order of these.
  if (taskArns.some((arn) => ledger.noteOf(arn)?.resource !== resource.name)) return;
  const same = ledger.launchesOf(resource.name).filter((note) => whatRuns(note.inputs) === whatRuns(inputs));
  if (same.length === 0) return;
  const newestMs = Math.max(...same.map(({ task }) => task.origin.createdMs));
  const newest = same.filter(({ task }) => task.origin.createdMs === newestMs);
  if (!newest.some(({ task }) => taskArns.includes(task.taskArn))) {
    const text = `I3: up said success of another run than the newest, task ${newest[0]?.task.name ?? ""}`;
    current.suspicions.push({ text, taskArns: newest.map(({ task }) => task.taskArn) });
  }
}
