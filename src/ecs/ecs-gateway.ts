import type { Failure, Task, TaskDefinition } from "@aws-sdk/client-ecs";
import type { RunTaskParameters } from "../task/run-task-request";

/** What this package asks of Amazon ECS. Every method throws {@link EcsApiError} and nothing else. */
export interface EcsGateway {
  runTask(parameters: RunTaskParameters, clientToken: string): Promise<TasksAndFailures>;
  /** @param taskArns - 1 to 100, all of one cluster. */
  describeTasks(cluster: string, taskArns: readonly string[]): Promise<TasksAndFailures>;
  stopTask(cluster: string, taskArn: string, reason: string): Promise<void>;
  describeTaskDefinition(taskDefinition: string): Promise<TaskDefinition>;
}

/** ECS answers with HTTP 200 and both lists: what could be done and what could not. */
export interface TasksAndFailures {
  readonly tasks: readonly Task[];
  readonly failures: readonly Failure[];
}

/** What an error of an AWS API means for whoever asked. */
export type ApiErrorKind =
  /** Too many calls: ask again, more slowly. */
  | "throttled"
  /** The answer was lost or the service had a problem: ask again. What was asked may have happened. */
  | "broken"
  /** No connection came about: ask again. What was asked has not happened. */
  | "unreachable"
  /** Not permitted, or the credentials are missing or expired. */
  | "denied"
  /** The thing that was named does not exist. */
  | "notFound"
  /** The request is wrong and stays wrong. */
  | "rejected";

/** An error of an AWS API call, classified. */
export class EcsApiError extends Error {
  override readonly name = "EcsApiError";
  readonly operation: string;
  readonly kind: ApiErrorKind;
  /** The name AWS gives the error, e.g. `ClusterNotFoundException`. */
  readonly code: string;

  /** Whether it can help to ask again. */
  get isPassing(): boolean {
    return this.kind === "throttled" || this.kind === "broken" || this.kind === "unreachable";
  }

  constructor(operation: string, kind: ApiErrorKind, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.operation = operation;
    this.kind = kind;
    this.code = code;
  }
}
