import type { Failure } from "@aws-sdk/client-ecs";
import { EcsApiError, type TasksAndFailures } from "../../../src/aws/ecs-gateway";
import { seenTask } from "../../../src/aws/seen-task";
import { MEMORY_MS, type VirtualTask } from "./virtual-task";

const DAY_MS = 24 * 60 * 60_000;

/** What a clientToken stands for. */
export interface Accepted {
  /** The parameters it was sent with first. */
  readonly request: string;
  readonly tasks: readonly VirtualTask[];
  readonly failures: readonly Failure[];
  readonly atMs: number;
}

/**
 * The clientTokens of one cluster.
 *
 * Source: AmazonECS/latest/APIReference/ECS_Idempotency.html.
 */
export class ClientTokens {
  readonly #accepted = new Map<string, Accepted>();

  accept(token: string, accepted: Accepted): void {
    this.#accepted.set(token, accepted);
  }

  /**
   * The answer of a token that ECS remembers; `undefined` for one that it does not.
   *
   * @throws EcsApiError ConflictException when it was sent with other parameters.
   */
  answer(token: string, request: string, nowMs: number): TasksAndFailures | undefined {
    const accepted = this.#accepted.get(token);
    if (!accepted || !isRemembered(accepted, nowMs)) return undefined;
    if (accepted.request !== request) throw conflict(accepted);
    return replay(accepted, nowMs);
  }
}

/** "the lower of 24 hours and the lifetime of the resource plus one hour", ECS_Idempotency. */
export function isRemembered({ tasks, atMs }: Accepted, nowMs: number): boolean {
  const endMs = Math.max(atMs, ...tasks.map(({ stoppedMs }) => stoppedMs));
  return nowMs < Math.min(atMs + DAY_MS, endMs + MEMORY_MS);
}

/** "For stopped tasks only taskArn, lastStatus and desiredStatus are returned", ECS_Idempotency. */
function replay({ tasks, failures }: Accepted, nowMs: number): TasksAndFailures {
  const answers = tasks.map((task) => {
    if (task.isAlive(nowMs)) return seenTask(task.describe(nowMs));
    return seenTask({ taskArn: task.taskArn, lastStatus: "STOPPED", desiredStatus: "STOPPED" });
  });
  return { tasks: answers, failures };
}

/** Names no task when the token stands for failures only. */
function conflict({ tasks }: Accepted): EcsApiError {
  const resourceIds = tasks.map(({ taskArn }) => taskArn);
  const message = "The clientToken was used with other parameters.";
  return new EcsApiError({
    operation: "RunTask",
    kind: "rejected",
    code: "ConflictException",
    message,
    resourceIds,
  });
}
