import { normaliseInputs } from "../../src/task/normalise-inputs";
import type { TaskInputs } from "../../src/task/task-inputs";
import type { TaskState } from "../../src/task/task-state";
import type { VirtualEcs } from "./virtual-ecs";
import type { VirtualTask } from "./virtual-task";
import type { CommandEnd, VirtualEngine } from "./virtual-engine";
import type { VirtualTime } from "./virtual-time";

/** Why a task was launched: by which run of which life of the resource, and with which inputs. */
interface Reason {
  readonly life: string;
  readonly inputs: TaskInputs;
}

/**
 * Sees everything that happens, knows what ECS really did, and says when something happened that must not:
 *
 * - I1: at most one launch of a run (life, generation, inputs) while ECS remembers it;
 * - I2: never two runs of the resource alive at once;
 * - I3: success is said only when the newest run with the current inputs did what was asked for;
 * - I5: a task that came to run in time is never stopped as one that did not;
 * - a run that may have been started is always recorded, and a settled one stays settled.
 *
 * Two things are not held against us, because nothing can be done about them: a task that a
 * listing of ECS did not show (its answers lag behind), and look-ups that are not permitted.
 */
export class Witness {
  readonly #time: VirtualTime;
  readonly #ecs: VirtualEcs;
  readonly #engine: VirtualEngine;
  readonly #reasons = new Map<string, Reason>();
  readonly #foreign: readonly VirtualTask[];
  #violations: string[] = [];
  #launched: VirtualTask[] = [];
  /** Two runs were alive at once and it could not be known: from here on nobody can tell which is the newest. */
  #wasBlind = false;
  #inputs: TaskInputs = { taskDefinition: "" };
  #before: TaskState | undefined;
  #startMs = 0;

  constructor(time: VirtualTime, ecs: VirtualEcs, engine: VirtualEngine) {
    this.#time = time;
    this.#ecs = ecs;
    this.#engine = engine;
    this.#foreign = [...ecs.tasks];
    ecs.onLaunch = (launched) => {
      this.#sawLaunch(launched);
    };
    ecs.onStop = (task, reason) => {
      this.#sawStop(task, reason);
    };
  }

  /** A command is about to be given. */
  expect(inputs: TaskInputs): void {
    this.#inputs = inputs;
    this.#before = this.#engine.recorded?.state;
    this.#violations = [];
    this.#launched = [];
    this.#startMs = this.#time.nowMs();
    this.#ecs.withheld.clear();
  }

  /** @returns what must not have happened while the command ran. */
  judge(command: "up" | "refresh" | "destroy", end: CommandEnd): readonly string[] {
    const before = this.#before;
    const after = this.#engine.recorded?.state;
    if (end.kind === "hung")
      this.#violations.push("the command hangs: it waits for something that never happens");
    if (end.kind === "failed" && this.#launched.length > 0)
      this.#violations.push(`nothing was recorded, and ${names(this.#launched)} was launched`);
    if (after?.phase === "SETTLED") this.#checkSettled(after, "a settled record");
    if (after) this.#checkLife(after);
    if (command === "up") this.#judgeUp(end, before, after);
    if (command === "refresh") this.#judgeRefresh(before, after);
    if (command === "destroy" && end.kind === "succeeded") this.#checkGone(before);
    for (const task of this.#foreign)
      if (task.desiredStatus(this.#time.nowMs()) === "STOPPED")
        this.#violations.push(`${task.taskArn} is somebody else's, and was stopped`);
    return this.#violations;
  }

  #sawLaunch(launched: readonly VirtualTask[]): void {
    for (const task of launched)
      this.#reasons.set(task.taskArn, { life: this.#engine.life, inputs: this.#inputs });
    this.#launched.push(...launched);
    this.#checkLaunchedOnce(launched);
    this.#checkOneRunAlive(launched);
  }

  /** I5 */
  #sawStop(task: VirtualTask, reason: string): void {
    const { startTimeoutSeconds } = normaliseInputs(this.#inputs);
    const lateMs = task.origin.createdMs + startTimeoutSeconds * 1000 - this.#ecs.lagMs;
    if (reason.includes("START_TIMED_OUT") && task.startedMs < Math.min(lateMs, this.#time.nowMs()))
      this.#violations.push(`I5: ${names([task])} was stopped as one that did not start, and it ran`);
  }

  /** I1 */
  #checkLaunchedOnce(launched: readonly VirtualTask[]): void {
    const nowMs = this.#time.nowMs();
    const [first] = launched;
    if (!first) return;
    const { idempotencyKey } = this.#inputs;
    const isOfThisRun = (task: VirtualTask) =>
      task.origin.startedBy === first.origin.startedBy &&
      (idempotencyKey === undefined
        ? sameOverrides(task, first) && this.#reasons.get(task.taskArn)?.life === this.#engine.life
        : task.isAlive(nowMs) || this.#succeeded(task, this.#inputs));
    const ofThisRun = this.#own().filter((task) => task.isKnown(nowMs) && isOfThisRun(task));
    if (ofThisRun.length > wanted(this.#inputs) && !this.#isExcused(ofThisRun, launched))
      this.#violations.push(`I1: one run was launched more than once: ${names(ofThisRun)}`);
  }

  /** I2 */
  #checkOneRunAlive(launched: readonly VirtualTask[]): void {
    const [first] = launched;
    if (!first) return;
    const alive = this.#own().filter((task) => task.isAlive(this.#time.nowMs()));
    const others = alive.filter(
      (task) =>
        task.origin.startedBy !== first.origin.startedBy ||
        (this.#inputs.idempotencyKey === undefined && !sameOverrides(task, first)),
    );
    const isOneRun = others.length === 0 && alive.length <= wanted(this.#inputs);
    if (!isOneRun && !this.#isExcused(alive, launched))
      this.#violations.push(`I2: two runs are alive at once: ${names(alive)}`);
  }

  #isExcused(tasks: readonly VirtualTask[], launched: readonly VirtualTask[]): boolean {
    const recorded = new Set(this.#engine.known?.taskArns);
    const unseen = tasks.filter(
      (task) =>
        !launched.includes(task) && !recorded.has(task.taskArn) && this.#ecs.withheld.has(task.taskArn),
    );
    const areRecorded = tasks.some(({ taskArn }) => recorded.has(taskArn));
    const wasDenied = !areRecorded && (this.#engine.process?.lookUpWasDenied ?? false);
    const isExcused = unseen.length > 0 || wasDenied;
    this.#wasBlind ||= isExcused;
    return isExcused;
  }

  #judgeUp(end: CommandEnd, before: TaskState | undefined, after: TaskState | undefined): void {
    const say = (text: string) => this.#violations.push(text);
    const isSuccess = end.kind === "succeeded" || end.kind === "unchanged";
    if (isSuccess && after === undefined) say("I3: up said success and recorded nothing");
    if (isSuccess && after && after.phase !== "SETTLED")
      say(`I3: up said success of a run that is ${after.phase}`);
    if (isSuccess && after) {
      this.#checkSettled({ ...after, ...this.#inputs }, "I3: up said success");
      this.#checkCurrent(after);
    }
    if (end.kind === "initFailed" && after?.phase === "SETTLED") say("up failed with a settled run");
    if (end.kind === "unchanged" && this.#launched.length > 0) say("up said unchanged and launched");
    // Without a look-up an idempotencyKey gets what ECS remembers of it.
    const couldLook = !this.#engine.process?.lookUpWasDenied;
    const isSame = couldLook && before && after && before.taskArns.length > 0 && sameTasks(before, after);
    if (
      before?.phase === "FAILED" &&
      isSame &&
      end.kind === "initFailed" &&
      after.generation > before.generation
    )
      say("up told an old failure as a new one");
  }

  #judgeRefresh(before: TaskState | undefined, after: TaskState | undefined): void {
    if (this.#launched.length > 0) this.#violations.push("a refresh launched a task");
    if (before && !after) this.#violations.push("a refresh lost the resource");
    if (before?.phase === "SETTLED" && after?.phase !== "SETTLED")
      this.#violations.push("a refresh made a settled run unsettled");
  }

  /** The record says that what was asked for was reached: was it? */
  #checkSettled(state: TaskState, what: string): void {
    const tasks = state.taskArns.map((arn) => this.#ecs.taskOf(arn));
    const inputs = normaliseInputs(state);
    if (tasks.length !== wanted(state))
      this.#violations.push(`${what}, with ${tasks.length} of ${wanted(state)} tasks`);
    for (const task of tasks) {
      if (!task || this.#foreign.includes(task)) this.#violations.push(`${what} of a task of somebody else`);
      else if (inputs.waitFor === "STOPPED" && !this.#succeeded(task, state))
        this.#violations.push(`${what}, and ${names([task])} did not end with success`);
      else if (inputs.waitFor === "RUNNING" && this.#isNewlySettled(state) && !this.#ran(task, state))
        this.#violations.push(`${what}, and ${names([task])} never ran`);
    }
  }

  /** A run that ended before this resource was made may have worked on another database. */
  #checkLife({ life, taskArns }: TaskState): void {
    if (this.#inputs.idempotencyKey !== undefined) return;
    const sinceMs = this.#beginningMs();
    for (const taskArn of taskArns.filter((arn) => !this.#before?.taskArns.includes(arn))) {
      const task = this.#ecs.taskOf(taskArn);
      const isOld =
        task && this.#reasons.get(taskArn)?.life !== life && task.stoppedMs + this.#ecs.lagMs < sinceMs;
      if (isOld)
        this.#violations.push(`${names([task])} had ended in an earlier life, and was taken for this one's`);
    }
  }

  /** When the run began that this command brings to its end: a task that was alive then may be adopted. */
  #beginningMs(): number {
    const { phase, launchedAt } = this.#before ?? {};
    if (phase !== "UNKNOWN" || launchedAt === undefined) return this.#startMs;
    return Date.parse(launchedAt) - (this.#time.wallMs() - this.#time.nowMs());
  }

  /** I3: the recorded run is the newest with the current inputs. */
  #checkCurrent(state: TaskState): void {
    const recorded = new Set(state.taskArns);
    const run = runOf(this.#inputs);
    // To judge by other exit codes looks at the recorded run alone, whatever was started since and is not recorded.
    this.#wasBlind ||= this.#before?.phase === "FAILED" && sameTasks(this.#before, state);
    for (const taskArn of recorded) {
      const reason = this.#reasons.get(taskArn);
      if (reason && runOf(reason.inputs) !== run)
        this.#violations.push(`I3: up said success of ${taskArn}, which ran with other inputs`);
    }
    const ofThisRun = this.#own().filter(({ taskArn }) => {
      const reason = this.#reasons.get(taskArn);
      return reason && runOf(reason.inputs) === run;
    });
    const newestMs = Math.max(...ofThisRun.map(({ origin }) => origin.createdMs));
    const newest = ofThisRun.filter(({ origin }) => origin.createdMs === newestMs);
    if (
      this.#inputs.idempotencyKey === undefined &&
      !this.#wasBlind &&
      !newest.some(({ taskArn }) => recorded.has(taskArn))
    )
      this.#violations.push(`I3: up said success of another run than the newest, ${names(newest)}`);
  }

  #checkGone(before: TaskState | undefined): void {
    const alive = (before?.taskArns ?? []).filter((arn) =>
      this.#ecs.taskOf(arn)?.isAlive(this.#time.nowMs()),
    );
    if (alive.length > 0) this.#violations.push(`destroy succeeded, and ${alive.join(", ")} still runs`);
  }

  /** A run settled by another `waitFor` stays settled: only to wait for STOPPED asks for more. */
  #isNewlySettled({ generation, life }: TaskState): boolean {
    const before = this.#before;
    return before?.phase !== "SETTLED" || before.generation !== generation || before.life !== life;
  }

  #succeeded(task: VirtualTask, { successExitCodes = [0] }: TaskInputs): boolean {
    const exitCode = task.exitCode(this.#time.nowMs());
    return exitCode !== undefined && successExitCodes.includes(exitCode);
  }

  #ran(task: VirtualTask, state: TaskInputs): boolean {
    return task.hasRun(this.#time.nowMs()) || this.#succeeded(task, state);
  }

  #own(): readonly VirtualTask[] {
    return this.#ecs.tasks.filter((task) => !this.#foreign.includes(task));
  }
}

function wanted({ containerInstances, count = 1 }: TaskInputs): number {
  return containerInstances?.length ?? count;
}

/** What makes a run this run and no other. */
function runOf({
  taskDefinition,
  triggers,
  overrides,
  count,
  containerInstances,
  idempotencyKey,
}: TaskInputs): string {
  if (idempotencyKey !== undefined) return idempotencyKey;
  return JSON.stringify([taskDefinition, triggers, overrides, count, containerInstances]);
}

function sameOverrides(one: VirtualTask, other: VirtualTask): boolean {
  return JSON.stringify(one.origin.overrides) === JSON.stringify(other.origin.overrides);
}

function names(tasks: readonly VirtualTask[]): string {
  return tasks.map(({ taskArn }) => `task ${taskArn.slice(taskArn.lastIndexOf("/") + 1)}`).join(", ");
}

function sameTasks(one: TaskState, other: TaskState): boolean {
  return one.taskArns.join() === other.taskArns.join();
}
