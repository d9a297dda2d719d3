import type { Accepted } from "./client-tokens";
import { CLUSTERS, REGIONS } from "./places";
import { QUICK, type TaskPlan } from "./task-plan";
import { VirtualCluster } from "./virtual-cluster";
import { VirtualRegion } from "./virtual-region";
import type { VirtualTask } from "./virtual-task";
import type { VirtualTime } from "../virtual-time";

/** Who sees what ECS really does. */
export interface CloudObserver {
  /** Tasks were launched for somebody, before it is answered. */
  launched(tasks: readonly VirtualTask[]): void;
  /** A clientToken was used for the first time, whatever came of it. */
  accepted(cluster: VirtualCluster, accepted: Accepted): void;
  /** A task was told to stop. */
  stopped(task: VirtualTask, reason: string): void;
}

/** Amazon ECS as far as one-off tasks need it, in virtual time: one account, its regions and their clusters. */
export class VirtualCloud {
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly tasks: VirtualTask[] = [];
  readonly clusters: readonly VirtualCluster[];
  readonly #regions: ReadonlyMap<string, VirtualRegion>;
  /** What becomes of the tasks that are launched from now on. */
  plan: TaskPlan = QUICK;
  /** How many tasks there is room for in one call. */
  room = Infinity;
  /** What a token that nobody has used stands for from now on: a task that failed. */
  spoilsWith: VirtualTask | undefined;
  /** By how much answers may lag behind: each by an amount of its own. */
  lagMs = 0;
  /** The tasks that listings should have shown and did not, since this was last cleared. */
  readonly withheld = new Set<string>();
  /** The tasks that DescribeTasks was asked for and said to be MISSING although they are there, likewise. */
  readonly denied = new Set<string>();
  observer: CloudObserver | undefined;

  constructor(time: VirtualTime, random: () => number) {
    this.time = time;
    this.random = random;
    this.clusters = REGIONS.flatMap((region) => CLUSTERS.map((name) => new VirtualCluster(region, name)));
    this.#regions = new Map(REGIONS.map((region) => [region, new VirtualRegion(this, region)]));
  }

  /** @throws Error for a region that there is not. */
  region(name: string): VirtualRegion {
    const region = this.#regions.get(name);
    if (!region) throw new Error(`There is no region ${name}.`);
    return region;
  }

  cluster(region: string, name: string): VirtualCluster | undefined {
    return this.clusters.find((cluster) => cluster.region === region && cluster.name === name);
  }

  taskOf(taskArn: string): VirtualTask | undefined {
    return this.tasks.find((task) => task.taskArn === taskArn);
  }

  /** The cluster is gone, its tasks with it, and what ECS remembered of them. */
  deleteCluster(region: string, name: string): void {
    const cluster = this.cluster(region, name);
    if (!cluster) return;
    cluster.isDeleted = true;
    for (const task of this.tasks)
      if (task.origin.region === region && task.origin.cluster === name) task.forget(this.time.nowMs());
  }

  /** Everything is as it should be again. */
  heal(): void {
    this.lagMs = 0;
    for (const cluster of this.clusters) {
      cluster.isDeleted = false;
      cluster.isListingDenied = false;
    }
  }

  /** The moment that an answer shows. */
  viewMs(): number {
    return this.time.nowMs() - Math.floor(this.random() * this.lagMs);
  }
}
