import { EcsApiError, type EcsGateway, type TasksAndFailures } from "../../../src/aws/ecs-gateway";
import type { VirtualCloud } from "../ecs/virtual-cloud";
import { taskNotFound } from "../ecs/virtual-region";
import { nameOf } from "../ecs/places";
import { never, type ProcessClock } from "../virtual-time";
import {
  ARRIVED,
  LATE_MS,
  NOT_ARRIVED,
  ROOM,
  type Call,
  type Crash,
  type Fault,
  type Weather,
  type FaultKind,
} from "./fault";
import type { VirtualTask } from "../ecs/virtual-task";

const LAUNCH_MS = 200;

/** Whose wire this is, and where it leads. */
export interface WireEnd {
  readonly region: string;
  readonly gateway: EcsGateway;
  /** The resource that asks; `undefined`: those that watch together. */
  readonly actor: string | undefined;
}

/** Who hears of each launch that is sent. */
export interface WireObserver {
  /** A resource begins to speak: what ECS does until the next one is done for it. */
  speaks(actor: string | undefined): void;
  launchSent(actor: string | undefined, atMs: number): void;
  launchAnswered(actor: string | undefined, atMs: number): void;
  /** A task of the resource, whose last run failed. */
  failedTaskOf(actor: string | undefined): VirtualTask | undefined;
}

/** All calls of one process: they go wrong and end with it. */
export class FaultyWire {
  readonly #cloud: VirtualCloud;
  readonly #clock: ProcessClock;
  readonly #faults: readonly Fault[];
  readonly #crash: Crash | undefined;
  readonly #observer: WireObserver;
  readonly #onCrash: () => void;
  readonly #callsOf = new Map<Call, number>();
  /** Where looking was denied, as `region/cluster`. */
  readonly deniedAt = new Set<string>();
  #calls = 0;
  #isCut = false;

  constructor(
    cloud: VirtualCloud,
    clock: ProcessClock,
    { faults, crash }: Weather,
    observer: WireObserver,
    onCrash: () => void,
  ) {
    this.#cloud = cloud;
    this.#clock = clock;
    this.#faults = faults;
    this.#crash = crash;
    this.#observer = observer;
    this.#onCrash = onCrash;
  }

  /** The process is dead: nothing is answered any more. */
  cut(): void {
    this.#isCut = true;
  }

  to(end: WireEnd): EcsGateway {
    const { gateway } = end;
    return {
      runTask: (parameters, token) => this.#launch(end, () => gateway.runTask(parameters, token)),
      startTask: (parameters) => this.#launch(end, () => gateway.startTask(parameters)),
      listClusters: () => gateway.listClusters(),
      listTasks: (...query) =>
        this.#look(end, query[0], () => this.#send(end, "listTasks", () => gateway.listTasks(...query))),
      describeTasks: (...query) =>
        this.#look(end, query[0], () =>
          this.#send(end, "describeTasks", () => gateway.describeTasks(...query)),
        ),
      stopTask: (...order) => this.#send(end, "stopTask", () => gateway.stopTask(...order)),
      describeTaskDefinition: (name) =>
        this.#send(end, "describeTaskDefinition", () => gateway.describeTaskDefinition(name)),
      accountId: (cluster) => this.#send(end, "accountId", () => gateway.accountId(cluster)),
    };
  }

  async #launch(end: WireEnd, act: () => Promise<TasksAndFailures>): Promise<TasksAndFailures> {
    this.#observer.launchSent(end.actor, this.#clock.nowMs());
    try {
      return await this.#send(end, "launch", act);
    } finally {
      if (!this.#isCut) this.#observer.launchAnswered(end.actor, this.#clock.nowMs());
    }
  }

  async #look<T>({ region }: WireEnd, cluster: string, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof EcsApiError && error.kind === "denied")
        this.deniedAt.add(`${region}/${nameOf(cluster)}`);
      throw error;
    }
  }

  async #send<T>(end: WireEnd, call: Call, act: () => Promise<T>): Promise<T> {
    this.#calls += 1;
    const nth = this.#calls;
    const kind = this.#faultOf(call)?.kind;
    if (this.#dies("before", nth, call)) return never();
    if (call === "launch") await this.#clock.sleep(LAUNCH_MS);
    if (kind === "lost and never answered") return never();
    if (kind === "task not found") throw taskNotFound();
    if (kind === "empty answer, not done") throw emptyAnswer();
    if (kind && NOT_ARRIVED[kind])
      throw new EcsApiError({
        operation: call,
        kind: NOT_ARRIVED[kind],
        code: `${kind} (simulated)`,
        message: kind,
      });
    const answer = await this.#arrive(end, kind, act);
    if (this.#dies("after", nth, call)) return never();
    if (kind === "never answered") return never();
    if (kind && ARRIVED[kind])
      throw new EcsApiError({
        operation: call,
        kind: ARRIVED[kind],
        code: `${kind} (simulated)`,
        message: kind,
      });
    if (kind && LATE_MS[kind]) await this.#clock.sleep(LATE_MS[kind]);
    if (kind === "empty answer, done") throw emptyAnswer();
    return answer;
  }

  #arrive<T>({ actor }: WireEnd, kind: FaultKind | undefined, act: () => Promise<T>): Promise<T> {
    this.#observer.speaks(actor);
    this.#cloud.room = (kind && ROOM[kind]) ?? Infinity;
    if (kind === "a failed task again") this.#cloud.spoilsWith = this.#observer.failedTaskOf(actor);
    try {
      return act();
    } finally {
      this.#cloud.room = Infinity;
      this.#cloud.spoilsWith = undefined;
    }
  }

  #faultOf(call: Call): Fault | undefined {
    const before = this.#callsOf.get(call) ?? 0;
    this.#callsOf.set(call, before + 1);
    return this.#faults.find(
      (fault) => fault.call === call && before >= fault.after && before < fault.after + fault.times,
    );
  }

  #dies(when: "before" | "after", nth: number, call: Call): boolean {
    const crash = this.#crash;
    if (typeof crash === "object" && crash.when === when) {
      const isHere =
        "call" in crash
          ? crash.call === nth
          : call === "launch" && this.#callsOf.get("launch") === crash.launch;
      if (isHere) this.#onCrash();
    }
    return this.#isCut;
  }
}

/** What the gateway makes of an answer with neither tasks nor failures. */
function emptyAnswer(): EcsApiError {
  return new EcsApiError({
    operation: "RunTask",
    kind: "broken",
    code: "EmptyAnswer",
    message: "the answer has neither tasks nor failures",
  });
}
