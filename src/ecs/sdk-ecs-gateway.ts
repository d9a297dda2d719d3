import {
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  RunTaskCommand,
  StopTaskCommand,
  type Failure,
  type Task,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import type { RunTaskParameters } from "../task/run-task-request";
import { classifyError, errorCode, errorText } from "./classify-error";
import { ecsClientConfig, type AwsSettings } from "./client-config";
import { EcsApiError, type EcsGateway, type TasksAndFailures } from "./ecs-gateway";

/** {@link EcsGateway} over the AWS SDK. */
export class SdkEcsGateway implements EcsGateway {
  readonly #client: ECSClient;
  /** Without the SDK's own retries: whether a launch may have been accepted has to be known after each attempt. */
  readonly #launchClient: ECSClient;

  constructor(settings: AwsSettings) {
    this.#client = new ECSClient(ecsClientConfig(settings));
    const { credentials } = this.#client.config;
    this.#launchClient = new ECSClient({ ...ecsClientConfig(settings), credentials, maxAttempts: 1 });
  }

  /** The region that the client works in; `undefined` when nothing says one. */
  async region(): Promise<string | undefined> {
    return this.#client.config.region().catch(() => undefined);
  }

  async runTask(parameters: RunTaskParameters, clientToken: string): Promise<TasksAndFailures> {
    return this.#call("RunTask", async () =>
      tasksAndFailures(await this.#launchClient.send(new RunTaskCommand({ ...parameters, clientToken }))),
    );
  }

  async describeTasks(cluster: string, taskArns: readonly string[]): Promise<TasksAndFailures> {
    return this.#call("DescribeTasks", async () =>
      tasksAndFailures(await this.#client.send(new DescribeTasksCommand({ cluster, tasks: [...taskArns] }))),
    );
  }

  async stopTask(cluster: string, taskArn: string, reason: string): Promise<void> {
    await this.#call("StopTask", () =>
      this.#client.send(new StopTaskCommand({ cluster, task: taskArn, reason })),
    );
  }

  async describeTaskDefinition(taskDefinition: string): Promise<TaskDefinition> {
    return this.#call("DescribeTaskDefinition", async () => {
      const answer = await this.#client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      return answer.taskDefinition ?? {};
    });
  }

  async #call<T>(operation: string, send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      throw new EcsApiError(operation, classifyError(error), errorCode(error), errorText(error), {
        cause: error,
      });
    }
  }
}

function tasksAndFailures(answer: {
  tasks?: Task[] | undefined;
  failures?: Failure[] | undefined;
}): TasksAndFailures {
  return { tasks: answer.tasks ?? [], failures: answer.failures ?? [] };
}
