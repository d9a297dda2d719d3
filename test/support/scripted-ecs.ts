import type { Failure, Task, TaskDefinition } from "@aws-sdk/client-ecs";
import {
  EcsApiError,
  type ApiErrorKind,
  type EcsGateway,
  type TasksAndFailures,
} from "../../src/aws/ecs-gateway";
import { seenTask } from "../../src/aws/seen-task";
import type { RunTaskParameters } from "../../src/inputs/run-task-request";

/** What a scripted ECS answers to one call: an answer, or an error, of this kind at least. */
type Answer<T> = T | ApiErrorKind | EcsApiError;

/** What ECS answers, as the SDK gives it. */
interface SdkAnswer {
  readonly tasks: readonly Task[];
  readonly failures: readonly Failure[];
}

export interface Launched {
  readonly parameters: RunTaskParameters;
  readonly clientToken: string;
}

/** Our own gateway with answers given beforehand, for what a real ECS does too rarely or too slowly. */
export class ScriptedEcs implements EcsGateway {
  readonly launches: Launched[] = [];
  readonly describes: (readonly string[])[] = [];
  readonly stops: string[] = [];
  /** The clusters that were listed. */
  readonly listings: string[] = [];
  /** How often StartTask was called. */
  starts = 0;
  /** Answers of RunTask and of StartTask, in order; the last one stays. */
  runTaskAnswers: Answer<SdkAnswer>[] = [];
  /** What DescribeTasks says of a task when asked for the nth time, n from 0; `undefined`: it is MISSING. */
  describe: (taskArn: string, nth: number) => Answer<Task | undefined> = () => undefined;
  readonly #described = new Map<string, number>();

  runTask(parameters: RunTaskParameters, clientToken: string): Promise<TasksAndFailures> {
    const answer = this.#launchAnswer(this.launches.length);
    this.launches.push({ parameters, clientToken });
    return settle("RunTask", answer).then(read);
  }

  #launchAnswer(nth: number): Answer<SdkAnswer> {
    const answer = this.runTaskAnswers[Math.min(nth, this.runTaskAnswers.length - 1)];
    return answer ?? { tasks: [], failures: [] };
  }

  async describeTasks(_cluster: string, taskArns: readonly string[]): Promise<TasksAndFailures> {
    this.describes.push(taskArns);
    const tasks: Task[] = [];
    for (const taskArn of taskArns) {
      const nth = this.#described.get(taskArn) ?? 0;
      this.#described.set(taskArn, nth + 1);
      const task = await settle("DescribeTasks", this.describe(taskArn, nth));
      if (task) tasks.push({ taskArn, ...task });
    }
    return read({ tasks, failures: [] });
  }

  startTask(): Promise<TasksAndFailures> {
    this.starts += 1;
    return settle("StartTask", this.#launchAnswer(this.starts - 1)).then(read);
  }

  listClusters(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  listTasks(...query: Parameters<EcsGateway["listTasks"]>): Promise<readonly string[]> {
    this.listings.push(query[0]);
    return Promise.resolve([]);
  }

  accountId(): Promise<string | undefined> {
    return Promise.resolve(undefined);
  }

  stopTask(_cluster: string, taskArn: string): Promise<void> {
    this.stops.push(taskArn);
    return Promise.resolve();
  }

  describeTaskDefinition(): Promise<TaskDefinition> {
    return Promise.resolve({ containerDefinitions: [{ name: "app" }] });
  }
}

function read({ tasks, failures }: SdkAnswer): TasksAndFailures {
  return { tasks: tasks.map(seenTask), failures };
}

function settle<T>(operation: string, answer: Answer<T>): Promise<T> {
  if (answer instanceof EcsApiError) return Promise.reject(answer);
  return typeof answer === "string"
    ? Promise.reject(
        new EcsApiError({
          operation,
          kind: answer as ApiErrorKind,
          code: `${answer}Exception`,
          message: `it is ${answer}`,
        }),
      )
    : Promise.resolve(answer);
}
