import type { EcsGateway, TaskFilter, TasksAndFailures } from "../ecs-gateway";
import { CallPace } from "./call-pace";
import type { Clock } from "./clock";

/**
 * Three quarters of what an account may read in a region (100 at once, 20 a second): the rest is for others.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
const READS = { burst: 75, perSecond: 15 };

/** The same share for task definitions and for clusters (50 at once, 20 a second). */
const FEW_READS = { burst: 37, perSecond: 15 };

/** What Fargate lets an account launch; a launch that is throttled all the same is tried again. */
const LAUNCHES = { burst: 20, perSecond: 20 };

/** How many ARNs a page of ListTasks holds. */
const PAGE_SIZE = 100;

/**
 * An {@link EcsGateway} that asks no faster than ECS allows, so that thousands of tasks are not throttled. Questions
 * that are equal and wait for their turn are asked once, for all who ask.
 */
export class PacedEcsGateway implements EcsGateway {
  readonly #ecs: EcsGateway;
  readonly #reads: CallPace;
  readonly #definitions: CallPace;
  readonly #clusters: CallPace;
  readonly #launches: CallPace;
  /** The questions that wait for their turn. One that was sent answers nobody who asks later: it may be out of date. */
  readonly #waiting = new Map<string, Promise<unknown>>();

  constructor(ecs: EcsGateway, clock: Clock) {
    this.#ecs = ecs;
    this.#reads = new CallPace(READS, clock);
    this.#definitions = new CallPace(FEW_READS, clock);
    this.#clusters = new CallPace(FEW_READS, clock);
    this.#launches = new CallPace(LAUNCHES, clock);
  }

  async runTask(...order: Parameters<EcsGateway["runTask"]>): Promise<TasksAndFailures> {
    await this.#launches.turn();
    return this.#ecs.runTask(...order);
  }

  async startTask(...order: Parameters<EcsGateway["startTask"]>): Promise<TasksAndFailures> {
    await this.#launches.turn();
    return this.#ecs.startTask(...order);
  }

  async stopTask(...order: Parameters<EcsGateway["stopTask"]>): Promise<void> {
    await this.#launches.turn();
    await this.#ecs.stopTask(...order);
  }

  listClusters(): Promise<readonly string[]> {
    return this.#ask(this.#clusters, ["listClusters"], () => this.#ecs.listClusters());
  }

  listTasks(cluster: string, filter: TaskFilter): Promise<readonly string[]> {
    return this.#ask(this.#reads, ["listTasks", cluster, filter], async () => {
      const taskArns = await this.#ecs.listTasks(cluster, filter);
      // Each page was a call.
      this.#reads.spend(Math.max(0, Math.ceil(taskArns.length / PAGE_SIZE) - 1));
      return taskArns;
    });
  }

  describeTasks(cluster: string, taskArns: readonly string[]): Promise<TasksAndFailures> {
    return this.#ask(this.#reads, ["describeTasks", cluster, taskArns], () =>
      this.#ecs.describeTasks(cluster, taskArns),
    );
  }

  describeTaskDefinition(taskDefinition: string): ReturnType<EcsGateway["describeTaskDefinition"]> {
    return this.#ask(this.#definitions, ["describeTaskDefinition", taskDefinition], () =>
      this.#ecs.describeTaskDefinition(taskDefinition),
    );
  }

  accountId(cluster: string): Promise<string | undefined> {
    return this.#ask(this.#clusters, ["accountId", cluster], () => this.#ecs.accountId(cluster));
  }

  #ask<T>(pace: CallPace, question: readonly unknown[], send: () => Promise<T>): Promise<T> {
    const key = JSON.stringify(question);
    const waiting = this.#waiting.get(key);
    if (waiting) return waiting as Promise<T>;
    const asking = pace.turn().then(() => {
      this.#waiting.delete(key);
      return send();
    });
    this.#waiting.set(key, asking);
    return asking;
  }
}
