import { EcsApiError, type EcsGateway } from "../../../src/ecs/ecs-gateway";
import type { Clock } from "../../../src/watch/clock";

/** How long a call may take, in milliseconds. */
const LIMITS_MS: Partial<Record<keyof EcsGateway, number>> = {
  runTask: 30_000,
  startTask: 30_000,
  stopTask: 30_000,
  accountId: 10_000,
};
const LONGEST_MS = 60_000;

/**
 * An {@link EcsGateway} whose calls end: one that takes too long is given up as an answer that was lost.
 *
 * It stands in for `src/watch/bounded-ecs-gateway.ts`: when that file is there, this one exports what it holds.
 */
export class BoundedEcsGateway implements EcsGateway {
  readonly #ecs: EcsGateway;
  readonly #clock: Clock;

  constructor(ecs: EcsGateway, clock: Clock) {
    this.#ecs = ecs;
    this.#clock = clock;
  }

  runTask(...order: Parameters<EcsGateway["runTask"]>): ReturnType<EcsGateway["runTask"]> {
    return this.#within("runTask", () => this.#ecs.runTask(...order));
  }

  startTask(...order: Parameters<EcsGateway["startTask"]>): ReturnType<EcsGateway["startTask"]> {
    return this.#within("startTask", () => this.#ecs.startTask(...order));
  }

  listClusters(): ReturnType<EcsGateway["listClusters"]> {
    return this.#within("listClusters", () => this.#ecs.listClusters());
  }

  listTasks(...query: Parameters<EcsGateway["listTasks"]>): ReturnType<EcsGateway["listTasks"]> {
    return this.#within("listTasks", () => this.#ecs.listTasks(...query));
  }

  describeTasks(...query: Parameters<EcsGateway["describeTasks"]>): ReturnType<EcsGateway["describeTasks"]> {
    return this.#within("describeTasks", () => this.#ecs.describeTasks(...query));
  }

  stopTask(...order: Parameters<EcsGateway["stopTask"]>): Promise<void> {
    return this.#within("stopTask", () => this.#ecs.stopTask(...order));
  }

  describeTaskDefinition(name: string): ReturnType<EcsGateway["describeTaskDefinition"]> {
    return this.#within("describeTaskDefinition", () => this.#ecs.describeTaskDefinition(name));
  }

  accountId(cluster: string): ReturnType<EcsGateway["accountId"]> {
    return this.#within("accountId", () => this.#ecs.accountId(cluster));
  }

  async #within<T>(operation: keyof EcsGateway, send: () => Promise<T>): Promise<T> {
    const limitMs = LIMITS_MS[operation] ?? LONGEST_MS;
    const answered = new AbortController();
    const tooLate = this.#clock.sleep(limitMs, answered.signal).then(() => {
      const message = `no answer within ${limitMs / 1000} s`;
      throw new EcsApiError(operation, "broken", "TimeoutError", message);
    });
    tooLate.catch(() => undefined);
    try {
      return await Promise.race([send(), tooLate]);
    } finally {
      answered.abort();
    }
  }
}
