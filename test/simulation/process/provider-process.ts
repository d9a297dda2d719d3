import { setMaxListeners } from "node:events";
import type { EcsGateway } from "../../../src/aws/ecs-gateway";
import { Claims } from "../../../src/run/launch/claims";
import type { RunPorts } from "../../../src/run/ports/run-ports";
import { TaskWatcher } from "../../../src/run/follow/describe-watched-tasks";
import { quietPorts } from "../../support/quiet-ports";
import type { VirtualCloud } from "../ecs/virtual-cloud";
import { ProcessClock } from "../virtual-time";
import { BoundedEcsGateway } from "../../../src/aws/pace/bounded-ecs-gateway";
import type { Weather } from "./fault";
import { FaultyWire, type WireObserver } from "./faulty-wire";

/** What a process runs in. */
export interface ProcessWorld {
  readonly cloud: VirtualCloud;
  /** ECS as the process meets it; a mutation breaks it. */
  readonly gateway: (region: string) => EcsGateway;
  /** Makes calls end; a mutation leaves it out. */
  readonly bound?: (ecs: EcsGateway, clock: ProcessClock) => EcsGateway;
  readonly observer: WireObserver;
}

/** What the resources of a process share in one region. */
interface Connection {
  readonly watcher: RunPorts["watcher"];
  readonly startedBy: Map<string, string>;
}

/** One process of the dynamic provider: what it knows dies with it. */
export class ProviderProcess {
  /** Resolves when the process is killed. */
  readonly killed: Promise<void>;
  readonly #world: ProcessWorld;
  readonly #clock: ProcessClock;
  readonly #wire: FaultyWire;
  readonly #claims = new Claims();
  readonly #connections = new Map<string, Connection>();
  readonly #canceled = new AbortController();
  isDead = false;
  #kill: () => void = () => undefined;

  constructor(world: ProcessWorld, weather: Weather) {
    this.#world = world;
    this.#clock = new ProcessClock(world.cloud.time);
    this.killed = new Promise((resolve) => (this.#kill = resolve));
    this.#wire = new FaultyWire(world.cloud, this.#clock, weather, world.observer, () => {
      this.kill();
    });
    // Every wait of the process listens to it.
    setMaxListeners(0, this.#canceled.signal);
    if (weather.cancelMs !== undefined) this.#cancelAfter(weather.cancelMs);
  }

  #cancelAfter(ms: number): void {
    void this.#clock.sleep(ms).then(() => {
      this.#canceled.abort();
    });
  }

  /** Where a look was denied, as `region/cluster`: nothing protects an interrupted run there. */
  get deniedAt(): ReadonlySet<string> {
    return this.#wire.deniedAt;
  }

  /** What the run of a resource talks to. */
  ports(actor: string, region: string): RunPorts {
    const { random } = this.#world.cloud;
    const ecs = this.#wireTo(actor, region);
    return {
      ...quietPorts(ecs, this.#clock, random),
      ...this.#connection(region),
      region,
      in: (other) => Promise.resolve(this.ports(actor, other)),
      claims: this.#claims,
      signal: this.#canceled.signal,
    };
  }

  kill(): void {
    this.isDead = true;
    this.#wire.cut();
    this.#clock.kill();
    this.#kill();
  }

  #connection(region: string): Connection {
    const known = this.#connections.get(region);
    if (known) return known;
    const ecs = this.#wireTo(undefined, region);
    const watchers = new Map<string, TaskWatcher>();
    const made: Connection = {
      startedBy: new Map(),
      watcher: (cluster) => {
        const watcher =
          watchers.get(cluster) ??
          new TaskWatcher(cluster, { ecs, clock: this.#clock, random: this.#world.cloud.random });
        watchers.set(cluster, watcher);
        return watcher;
      },
    };
    this.#connections.set(region, made);
    return made;
  }

  #wireTo(actor: string | undefined, region: string): EcsGateway {
    const { bound, gateway } = this.#world;
    const wire = this.#wire.to({ actor, region, gateway: gateway(region) });
    return bound?.(wire, this.#clock) ?? new BoundedEcsGateway(wire, this.#clock);
  }
}
