import { EcsApiError, type ApiErrorKind, type EcsGateway } from "../../src/ecs/ecs-gateway";
import type { RunPorts } from "../../src/run/run-ports";
import { quietPorts } from "../support/quiet-ports";
import type { VirtualEcs } from "./virtual-ecs";
import { never, ProcessClock, type VirtualTime } from "./virtual-time";

/** The calls that can go wrong; a launch is RunTask or StartTask. */
export type Call = "launch" | "listTasks" | "describeTasks" | "stopTask" | "describeTaskDefinition";

/** How some calls go wrong. */
export interface Fault {
  readonly call: Call;
  readonly kind:
    | Exclude<ApiErrorKind, "broken" | "notFound">
    | "lost before it arrives"
    | "answer lost"
    | "no room"
    | "room for one";
  /** How many calls go well before. */
  readonly after: number;
  readonly times: number;
}

/** Where a process is killed. */
export type Crash =
  { readonly when: "before" | "after"; readonly call: number } | "before its result is recorded";

const LAUNCH_MS = 200;

/** One process of the dynamic provider: what it knows dies with it. */
export class ProviderProcess {
  readonly ports: RunPorts;
  /** Resolves when the process is killed. */
  readonly killed: Promise<void>;
  /** Whether a look-up was refused: nothing protects an interrupted run then. */
  lookUpWasDenied = false;
  readonly #ecs: VirtualEcs;
  readonly #gateway: EcsGateway;
  readonly #clock: ProcessClock;
  readonly #faults: readonly Fault[];
  readonly #crash: Crash | undefined;
  readonly #callsOf = new Map<Call, number>();
  #kill: () => void = () => undefined;
  #calls = 0;
  #isDead = false;

  constructor(
    world: { time: VirtualTime; random: () => number; ecs: VirtualEcs; gateway: EcsGateway },
    faults: readonly Fault[],
    crash: Crash | undefined,
  ) {
    this.#ecs = world.ecs;
    this.#gateway = world.gateway;
    this.#clock = new ProcessClock(world.time);
    this.#faults = faults;
    this.#crash = crash;
    this.killed = new Promise((resolve) => (this.#kill = resolve));
    this.ports = quietPorts(this.#wire(), this.#clock, world.random);
  }

  kill(): void {
    this.#isDead = true;
    this.#clock.kill();
    this.#kill();
  }

  #wire(): EcsGateway {
    const to = this.#gateway;
    return {
      runTask: (parameters, token) => this.#send("launch", () => to.runTask(parameters, token)),
      startTask: (parameters) => this.#send("launch", () => to.startTask(parameters)),
      listClusters: () => to.listClusters(),
      listTasks: (...query) => this.#send("listTasks", () => to.listTasks(...query)),
      describeTasks: (...query) => this.#send("describeTasks", () => to.describeTasks(...query)),
      stopTask: (...order) => this.#send("stopTask", () => to.stopTask(...order)),
      describeTaskDefinition: (name) =>
        this.#send("describeTaskDefinition", () => to.describeTaskDefinition(name)),
      accountId: (cluster) => to.accountId(cluster),
    };
  }

  async #send<T>(call: Call, act: () => Promise<T>): Promise<T> {
    this.#calls += 1;
    const nth = this.#calls;
    const fault = this.#faultOf(call);
    if (this.#dies("before", nth)) return never();
    if (call === "launch") await this.#clock.sleep(LAUNCH_MS);
    if (fault && NOT_ARRIVED[fault.kind]) throw this.#error(call, fault.kind);
    this.#ecs.room = ROOM[fault?.kind ?? ""] ?? Infinity;
    const answer = await act().finally(() => (this.#ecs.room = Infinity));
    if (this.#dies("after", nth)) return never();
    if (fault?.kind === "answer lost") throw this.#error(call, fault.kind);
    return answer;
  }

  #faultOf(call: Call): Fault | undefined {
    const before = this.#callsOf.get(call) ?? 0;
    this.#callsOf.set(call, before + 1);
    return this.#faults.find(
      (fault) => fault.call === call && before >= fault.after && before < fault.after + fault.times,
    );
  }

  #dies(when: "before" | "after", nth: number): boolean {
    const crash = this.#crash;
    if (typeof crash === "object" && crash.when === when && crash.call === nth) this.kill();
    return this.#isDead;
  }

  #error(call: Call, kind: Fault["kind"]): EcsApiError {
    if (kind === "denied" && (call === "listTasks" || call === "describeTasks")) this.lookUpWasDenied = true;
    return new EcsApiError(
      call,
      NOT_ARRIVED[kind] ?? "broken",
      `${kind} (simulated)`,
      `the call was ${kind}`,
    );
  }
}

const NOT_ARRIVED: Partial<Record<Fault["kind"], ApiErrorKind>> = {
  throttled: "throttled",
  unreachable: "unreachable",
  denied: "denied",
  rejected: "rejected",
  "lost before it arrives": "broken",
};

const ROOM: Partial<Record<string, number>> = { "no room": 0, "room for one": 1 };
