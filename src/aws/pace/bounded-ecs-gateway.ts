import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { EcsApiError, type EcsGateway, type TasksAndFailures } from "../ecs-gateway";
import { LIST_MS, OPTIONAL_QUESTION_MS, ORDER_MS, QUESTION_MS, SURVEY_LIST_MS } from "../../time-limits";
import { answerWithin } from "./answer-within";
import type { Clock } from "./clock";

/** How long a call may take with all of its attempts, in milliseconds. */
export interface CallLimits {
  /** A question that is one request. */
  readonly question: number;
  /** A list with all of its pages. */
  readonly list: number;
  /** What starts or stops something. */
  readonly order: number;
  /** A question whose answer is not required. */
  readonly optional: number;
}

export const CALL_LIMITS: CallLimits = {
  question: QUESTION_MS,
  list: LIST_MS,
  order: ORDER_MS,
  optional: OPTIONAL_QUESTION_MS,
};

/** As {@link CALL_LIMITS} for surveys, which list whole accounts. */
export const SURVEY_LIMITS: CallLimits = { ...CALL_LIMITS, list: SURVEY_LIST_MS };

/**
 * An {@link EcsGateway} whose every call ends. The requests have limits of their own, but a credentials source, a
 * setting such as `AWS_MAX_ATTEMPTS` or a list whose pages never end can make a call longer than anybody waits.
 */
export class BoundedEcsGateway implements EcsGateway {
  readonly #ecs: EcsGateway;
  readonly #clock: Clock;
  readonly #limits: CallLimits;

  constructor(ecs: EcsGateway, clock: Clock, limits: CallLimits = CALL_LIMITS) {
    this.#ecs = ecs;
    this.#clock = clock;
    this.#limits = limits;
  }

  runTask(...order: Parameters<EcsGateway["runTask"]>): Promise<TasksAndFailures> {
    return this.#bound("RunTask", this.#limits.order, this.#ecs.runTask(...order));
  }

  startTask(...order: Parameters<EcsGateway["startTask"]>): Promise<TasksAndFailures> {
    return this.#bound("StartTask", this.#limits.order, this.#ecs.startTask(...order));
  }

  stopTask(...order: Parameters<EcsGateway["stopTask"]>): Promise<void> {
    return this.#bound("StopTask", this.#limits.order, this.#ecs.stopTask(...order));
  }

  listClusters(): Promise<readonly string[]> {
    return this.#bound("ListClusters", this.#limits.list, this.#ecs.listClusters());
  }

  listTasks(...question: Parameters<EcsGateway["listTasks"]>): Promise<readonly string[]> {
    return this.#bound("ListTasks", this.#limits.list, this.#ecs.listTasks(...question));
  }

  describeTasks(...question: Parameters<EcsGateway["describeTasks"]>): Promise<TasksAndFailures> {
    return this.#bound("DescribeTasks", this.#limits.question, this.#ecs.describeTasks(...question));
  }

  describeTaskDefinition(taskDefinition: string): Promise<TaskDefinition> {
    const answer = this.#ecs.describeTaskDefinition(taskDefinition);
    return this.#bound("DescribeTaskDefinition", this.#limits.question, answer);
  }

  accountId(cluster: string): Promise<string | undefined> {
    const limit = { clock: this.#clock, limitMs: this.#limits.optional };
    return answerWithin(limit, this.#ecs.accountId(cluster), () => undefined);
  }

  #bound<T>(operation: string, limitMs: number, answer: Promise<T>): Promise<T> {
    return answerWithin({ clock: this.#clock, limitMs }, answer, () => {
      // The request may have arrived: whoever sent an order has to look.
      throw new EcsApiError({
        operation,
        kind: "broken",
        code: "TimeoutError",
        message: `no answer for ${limitMs / 1000} s`,
      });
    });
  }
}
