import type { Failure } from "@aws-sdk/client-ecs";
import { AwsError } from "../../server/aws-error";
import type { Clock } from "../../time/clock";
import { shownTask } from "./shown-task";
import { isStopped, type TaskRecord } from "./task-record";
import type { Tasks } from "./tasks";

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

export interface RememberedLaunch {
  readonly fingerprint: string;
  readonly createdAt: number;
  readonly taskArns: readonly string[];
  readonly failures: readonly Failure[];
}

/**
 * What RunTask answered to a clientToken, so that the same request again starts nothing. Tokens are counted
 * per cluster and live for 24 hours, or until one hour after the last of their tasks stopped.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/ECS_Idempotency.html (read 2026-11)
 */
export class ClientTokens {
  readonly #byToken: Map<string, RememberedLaunch>;
  readonly #tasks: Tasks;
  readonly #clock: Clock;

  constructor(tasks: Tasks, clock: Clock, byToken = new Map<string, RememberedLaunch>()) {
    this.#tasks = tasks;
    this.#clock = clock;
    this.#byToken = byToken;
    for (const [key, launch] of byToken) if (this.#isSpent(launch)) byToken.delete(key);
  }

  remember(clusterArn: string, clientToken: string, launch: Omit<RememberedLaunch, "createdAt">): void {
    this.#dropSpent();
    this.#byToken.set(keyOf(clusterArn, clientToken), { ...launch, createdAt: this.#clock.now() });
  }

  /** None is spent in its first hour, and the oldest come first: with many tokens a look at all would be long. */
  #dropSpent(): void {
    const horizon = this.#clock.now() - HOUR_MS;
    for (const [key, launch] of this.#byToken) {
      if (launch.createdAt > horizon) return;
      if (this.#isSpent(launch)) this.#byToken.delete(key);
    }
  }

  /**
   * @returns the launch that was made with this token and these parameters; undefined when the token is new or spent.
   * @throws ConflictException when the parameters are not the ones the token was first used with.
   */
  find(clusterArn: string, clientToken: string, fingerprint: string): RememberedLaunch | undefined {
    const key = keyOf(clusterArn, clientToken);
    const launch = this.#byToken.get(key);
    if (launch === undefined) return undefined;
    if (this.#isSpent(launch)) {
      this.#byToken.delete(key);
      return undefined;
    }
    if (launch.fingerprint !== fingerprint)
      throw new AwsError(
        "ConflictException",
        "The clientToken was used before, with other parameters. Use a new token, or the same parameters.",
        { resourceIds: launch.taskArns },
      );
    return launch;
  }

  #isSpent({ createdAt, taskArns }: RememberedLaunch): boolean {
    const now = this.#clock.now();
    const stoppedAt = taskArns.map((taskArn) => {
      const record = this.#tasks.remembered(taskArn);
      // A task that is not remembered stopped more than an hour ago.
      if (record === undefined) return createdAt;
      return isStopped(record) ? (record.task.stoppedAt?.getTime() ?? now) : Infinity;
    });
    return now >= Math.min(createdAt + DAY_MS, Math.max(createdAt, ...stoppedAt) + HOUR_MS);
  }
}

/** A replay shows of a stopped task its ARN and statuses only. @see ECS_Idempotency.html */
export function replayed(record: TaskRecord, now: number): object {
  const { taskArn, lastStatus, desiredStatus } = record.task;
  return isStopped(record)
    ? { taskArn, lastStatus, desiredStatus }
    : { ...shownTask(record, now), tags: record.tags };
}

/** Equal for requests that differ in nothing but the order of members. */
export function fingerprintOf(request: object): string {
  return JSON.stringify(request, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}

function keyOf(clusterArn: string, clientToken: string): string {
  return `${clusterArn} ${clientToken}`;
}
