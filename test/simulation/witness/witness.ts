import type { TaskInputs } from "../../../src/inputs/task-inputs";
import type { Accepted } from "../ecs/client-tokens";
import type { CloudObserver, VirtualCloud } from "../ecs/virtual-cloud";
import type { VirtualCluster } from "../ecs/virtual-cluster";
import type { VirtualTask } from "../ecs/virtual-task";
import type { CommandEnd } from "../engine/command-end";
import { canonical } from "../canonical";
import type { Resource } from "../engine/resource";
import type { CommandName, Operations } from "../engine/virtual-engine";
import type { Weather } from "../process/fault";
import type { WireObserver } from "../process/faulty-wire";
import type { ProviderProcess } from "../process/provider-process";
import { CommandCase } from "./command-case";
import { longestMs } from "./deadlines";
import { generationIn, whatRuns } from "./documents";
import { isJudgedAgain, judgeForecast, judgeRecord } from "./judge-record";
import { judgeLaunch } from "./judge-launch";
import { judgeStop } from "./judge-stop";
import { judgeSuccess } from "./judge-success";
import { LaunchPace } from "./launch-pace";
import { Ledger, type LaunchNote } from "./ledger";

/**
 * Sees everything that happens, knows what ECS really did, and says when something happened that must not:
 *
 * - I1: at most one launch of a run (life, generation, inputs) while ECS remembers it;
 * - I2: never two runs of a resource at work at once;
 * - I3: success is said only when the newest run with the current inputs did what was asked for;
 * - I4: a task that runs is recorded, or found by the next `up`: else I2 is broken, or ups never come to rest;
 * - I5: a task is stopped only for a reason that the documents name; never one that ran, because of the start timeout;
 * - I6: with or without a key, what the inputs name was really done, and no task counts for two resources;
 * - I7: every command ends by its own deadlines;
 * - I8: bounded work;
 * - I9: what a command launched is in state; a settled run stays settled; a vanished one runs again.
 *
 * What is excused, and why, stands in `excuses.ts`.
 */
export class Witness implements CloudObserver, WireObserver {
  readonly #cloud: VirtualCloud;
  readonly #ledger = new Ledger();
  readonly #foreign: readonly VirtualTask[];
  readonly #lives = new Map<string, number>();
  /** The resources of which nobody can tell which run is the newest. */
  readonly #blind = new Set<string>();
  #cases = new Map<string, CommandCase>();
  #paces = new Map<string, LaunchPace>();
  #actor: string | undefined;

  constructor(cloud: VirtualCloud) {
    this.#cloud = cloud;
    this.#foreign = [...cloud.tasks];
    cloud.observer = this;
  }

  /** A command is about to be given. */
  expect(command: CommandName, resources: readonly Resource[], weather: Weather): void {
    const { time } = this.#cloud;
    const now = { ms: time.nowMs(), wallMs: time.wallMs() + time.clockErrorMs };
    this.#cases = new Map(
      resources.map((resource) => [resource.name, new CommandCase(command, resource, weather, now)]),
    );
    this.#paces = new Map(resources.map(({ name }) => [name, new LaunchPace()]));
    this.#cloud.withheld.clear();
    this.#cloud.denied.clear();
  }

  sees(process: ProviderProcess): void {
    for (const current of this.#cases.values()) current.process = process;
  }

  /** The state was restored: runs that it does not know of may be newer. */
  forgets(resource: Resource): void {
    this.#blind.add(resource.name);
  }

  speaks(actor: string | undefined): void {
    this.#actor = actor;
  }

  launchSent(actor: string | undefined, atMs: number): void {
    this.#paces.get(actor ?? "")?.sent(atMs);
    const current = this.#cases.get(actor ?? "");
    if (current) current.launchesSent += 1;
  }

  launchAnswered(actor: string | undefined, atMs: number): void {
    this.#paces.get(actor ?? "")?.answered(atMs);
  }

  failedTaskOf(actor: string | undefined): VirtualTask | undefined {
    const nowMs = this.#cloud.time.nowMs();
    const { before } = this.#cases.get(actor ?? "") ?? {};
    if (before?.outcome !== "FAILED") return undefined;
    return before.taskArns
      .map((arn) => this.#cloud.taskOf(arn))
      .find((each) => each && each.isKnown(nowMs) && !each.isAlive(nowMs));
  }

  launched(tasks: readonly VirtualTask[]): void {
    const current = this.#cases.get(this.#actor ?? "");
    if (!current) return;
    const notes = tasks.map((task) => this.#note(task, current));
    for (const note of notes) this.#ledger.addLaunch(note);
    current.launched.push(...notes);
    const wasExcused = judgeLaunch(notes, { cloud: this.#cloud, ledger: this.#ledger, current });
    if (wasExcused) this.#blind.add(current.resource.name);
  }

  accepted(cluster: VirtualCluster, accepted: Accepted): void {
    const current = this.#cases.get(this.#actor ?? "");
    const { startedBy = "" } = JSON.parse(accepted.request) as { startedBy?: string };
    const tokenOf = current && tokenSource(current, generationOf(current, startedBy));
    if (tokenOf !== undefined) this.#ledger.addToken({ tokenOf, cluster, accepted });
  }

  stopped(task: VirtualTask, reason: string): void {
    const { time, lagMs, denied } = this.#cloud;
    const scene = { nowMs: time.nowMs(), lagMs, wasMissing: denied.has(task.taskArn) };
    judgeStop(task, reason, this.#cases.get(this.#actor ?? ""), scene);
  }

  /** @returns what must not have happened while the command ran. */
  judge(ends: readonly CommandEnd[], willDo: Operations["willDo"]): readonly string[] {
    const cases = [...this.#cases.values()];
    cases.forEach((current, index) => {
      const end = ends[index];
      if (end) this.#judgeOne(current, end, willDo);
    });
    this.#judgeClaims(cases, ends);
    const isCrashed = ends.some(({ kind }) => kind === "crashed");
    const violations = cases.flatMap((current) => [
      ...current.violations,
      ...current.suspicions
        .filter((each) => !this.#countsForAnother(each.taskArns, current, isCrashed))
        .map(({ text }) => text),
    ]);
    return [...violations, ...this.foreignViolations()];
  }

  foreignViolations(): readonly string[] {
    const nowMs = this.#cloud.time.nowMs();
    return this.#foreign
      .filter((task) => task.isKnown(nowMs) && task.desiredStatus(nowMs) === "STOPPED")
      .map((task) => `task ${task.name} is somebody else's, and was stopped`);
  }

  #judgeOne(current: CommandCase, end: CommandEnd, willDo: Operations["willDo"]): void {
    const { resource, after, startMs } = current;
    const { time } = this.#cloud;
    if (end.kind === "hung") current.say("I7: the command hangs: it waits for something that never happens");
    const tookMs = time.nowMs() - startMs;
    const limitMs = longestMs(current);
    if (tookMs > limitMs)
      current.say(`I7: the command took ${Math.round(tookMs / 1000)} s, and may take ${limitMs / 1000} s`);
    const tooFast = this.#paces.get(resource.name)?.violation();
    if (tooFast) current.say(tooFast);
    if (resource.life && !this.#lives.has(resource.life)) this.#lives.set(resource.life, startMs);
    if (isJudgedAgain(current)) this.#blind.add(resource.name);
    const isBlind = this.#blind.has(resource.name);
    const scene = { cloud: this.#cloud, ledger: this.#ledger, current, end };
    judgeSuccess({ ...scene, isBlind });
    judgeRecord({ ...scene, lifeBeganMs: this.#lives.get(after?.life ?? "") ?? 0 });
    judgeForecast(current, (state) => willDo(state, resource.inputs));
  }

  /** I6: of the resources of one process, a task is taken by one. That a task failed may be told of two. */
  #judgeClaims(cases: readonly CommandCase[], ends: readonly CommandEnd[]): void {
    const owners = new Map<string, string>();
    cases.forEach((current, index) => {
      if (!current.isUp || ends[index]?.kind === "unchanged" || current.after?.phase === "FAILED") return;
      for (const taskArn of current.after?.taskArns ?? []) {
        if (current.before?.taskArns.includes(taskArn)) continue;
        const owner = owners.get(taskArn);
        if (owner)
          current.say(`I6: task ${taskArn.slice(-4)} counts for ${owner} and for ${current.resource.name}`);
        owners.set(taskArn, current.resource.name);
      }
    });
  }

  /** What another resource of this identity took is no task of this one. A crash leaves no record of who took it. */
  #countsForAnother(taskArns: readonly string[], current: CommandCase, isCrashed: boolean): boolean {
    const others = [...this.#cases.values()].filter((other) => other !== current);
    if (others.length > 0 && isCrashed) return true;
    return this.#othersOf(current.resource).some(({ recorded }) =>
      taskArns.some((arn) => recorded?.state.taskArns.includes(arn)),
    );
  }

  #others: readonly Resource[] = [];

  /** All resources of this identity. */
  knows(resources: readonly Resource[]): void {
    this.#others = resources;
  }

  #othersOf(resource: Resource): readonly Resource[] {
    return this.#others.filter((other) => other !== resource);
  }

  #note(task: VirtualTask, current: CommandCase): LaunchNote {
    const { resource, inputs } = current;
    const generation = generationOf(current, task.startedBy);
    const isStartTask = task.origin.containerInstanceArn !== undefined;
    const tokenOf = isStartTask ? undefined : tokenSource(current, generation);
    return { task, resource: resource.name, life: resource.life, generation, inputs, tokenOf };
  }
}

/**
 * Which run is launched: as its marker says, else as the protocol says. A run of which it is not known whether it was
 * started is asked for again, whatever the inputs.
 */
function generationOf({ goesOnFrom, inputs }: CommandCase, startedBy: string): number | undefined {
  const marked = generationIn(startedBy);
  if (marked !== undefined) return marked;
  if (!goesOnFrom) return 1;
  if (goesOnFrom.phase !== "UNKNOWN") return goesOnFrom.generation + 1;
  if (goesOnFrom.taskArns.length === 0) return goesOnFrom.generation;
  return whatRuns(goesOnFrom) === whatRuns(inputs) ? undefined : goesOnFrom.generation + 1;
}

/** What a clientToken is made of: the key, or the life and the generation. */
function tokenSource(
  { inputs, resource }: { readonly inputs: TaskInputs; readonly resource: Resource },
  generation: number | undefined,
): string | undefined {
  if (inputs.idempotencyKey !== undefined) return `key ${inputs.idempotencyKey}`;
  const { startedBy, triggers, expectedImageDigests } = inputs;
  const unsaid = startedBy === undefined ? "" : canonical({ triggers, expectedImageDigests });
  return generation === undefined
    ? undefined
    : `${resource.life} ${generation} ${unsaid === "{}" ? "" : unsaid}`;
}
