import type { StartTaskRequest, TaskDefinition } from "@aws-sdk/client-ecs";
import { plainLine } from "../text/plain-text";
import type { EcsFailure } from "./ecs-failure";
import type { RunTaskParameters } from "../inputs/run-task-request";
import type { SeenTask } from "../outcome/task-record";

/** What this package asks of Amazon ECS. Every method throws {@link EcsApiError} and nothing else. */
export interface EcsGateway {
  runTask(parameters: RunTaskParameters, clientToken: string): Promise<TasksAndFailures>;
  /** Unlike RunTask it has no idempotency token: it is sent exactly once. */
  startTask(parameters: StartTaskRequest): Promise<TasksAndFailures>;
  /** The ARNs of all ACTIVE clusters of the account in the region, from all pages. */
  listClusters(): Promise<readonly string[]>;
  /** The ARNs of all tasks that pass the filter, from all pages. */
  listTasks(cluster: string, filter: TaskFilter): Promise<readonly string[]>;
  /** @param taskArns - 1 to 100, all of one cluster. */
  describeTasks(cluster: string, taskArns: readonly string[]): Promise<TasksAndFailures>;
  stopTask(cluster: string, taskArn: string, reason: string): Promise<void>;
  describeTaskDefinition(taskDefinition: string): Promise<TaskDefinition>;
  /** The account that the present credentials belong to; `undefined` when it cannot be told. */
  accountId(cluster: string): Promise<string | undefined>;
}

/** Which tasks ListTasks names. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
export interface TaskFilter {
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly family?: string | undefined;
  /** Name or ARN. */
  readonly serviceName?: string | undefined;
}

/** ECS answers with HTTP 200 and both lists: what could be done and what could not. */
export interface TasksAndFailures {
  readonly tasks: readonly SeenTask[];
  readonly failures: readonly EcsFailure[];
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
  | "rejected"
  /** Nothing was asked, and nothing can be before this machine is set up in another way: certificates, proxy, endpoint. */
  | "misconfigured";

/** What is known of an error of an AWS API call. */
interface ApiErrorFacts {
  readonly operation: string;
  readonly kind: ApiErrorKind;
  /** The name AWS gives the error, e.g. `ClusterNotFoundException`. */
  readonly code: string;
  readonly message: string;
  readonly cause?: unknown;
  /** The region that was asked. */
  readonly region?: string | undefined;
  /** The account that was asked, where the credentials tell it. */
  readonly account?: string | undefined;
  /** Of a ConflictException: the ARNs of the tasks that the clientToken stands for. */
  readonly resourceIds?: readonly string[] | undefined;
}

/** An error of an AWS API call, classified. */
export class EcsApiError extends Error {
  override readonly name = "EcsApiError";
  readonly operation: string;
  readonly kind: ApiErrorKind;
  /** The name AWS gives the error, e.g. `ClusterNotFoundException`. */
  readonly code: string;
  readonly region: string | undefined;
  readonly account: string | undefined;
  /** Of a ConflictException: the ARNs of the tasks that the clientToken stands for. */
  readonly resourceIds: readonly string[];

  /** Whether it can help to ask again. */
  get isPassing(): boolean {
    return this.kind === "throttled" || this.kind === "broken" || this.kind === "unreachable";
  }

  /** What the service did, in words that go on from its name or that of the operation. */
  get inWords(): string {
    if (this.code === "CredentialsUnavailableError") return "could not be asked";
    if (this.kind === "unreachable") return "could not be reached";
    if (this.code === "TimeoutError") return "did not answer in time";
    return this.code === "ConnectionError" ? "gave no answer that could be read" : `answered ${this.code}`;
  }

  /** What was asked and what became of it, as a clause: `DescribeTasks answered AccessDeniedException: not authorized`. */
  get inFull(): string {
    return `${this.operation} ${this.inWords}: ${this.message.replace(/\.$/, "")}`;
  }

  /** Whether the SDK found no credentials, or those it found cannot be had (an expired SSO session), so that nothing was asked. */
  get isForCredentials(): boolean {
    return this.code === "CredentialsProviderError" || this.code === "TokenProviderError";
  }

  constructor(facts: ApiErrorFacts) {
    super(plainLine(facts.message), facts);
    this.resourceIds = (facts.resourceIds ?? []).map(plainLine);
    this.operation = facts.operation;
    this.region = facts.region;
    this.account = facts.account;
    this.kind = facts.kind;
    this.code = plainLine(facts.code);
  }
}
