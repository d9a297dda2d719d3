import {
  ConflictException,
  DescribeClustersCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  paginateListClusters,
  paginateListTasks,
  RunTaskCommand,
  StartTaskCommand,
  StopTaskCommand,
  type Failure,
  type StartTaskRequest,
  type Task,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { clusterName, parseArn } from "./arn";
import type { RunTaskParameters } from "../inputs/run-task-request";
import { cleanAnswer } from "./clean-answer";
import { classifyError, errorCode, errorText } from "./errors/classify-error";
import { ecsClientConfig, type AwsSettings } from "./connect/client-config";
import { seenTask } from "./seen-task";
import { EcsApiError, type EcsGateway, type TaskFilter, type TasksAndFailures } from "./ecs-gateway";

/** The largest page that ListClusters and ListTasks give. */
const PAGE_SIZE = 100;

/** {@link EcsGateway} over the AWS SDK. */
export class SdkEcsGateway implements EcsGateway {
  readonly #client: ECSClient;
  /** Without the SDK's own retries: whether a launch may have been accepted has to be known after each attempt. */
  readonly #launchClient: ECSClient;

  constructor(settings: AwsSettings) {
    this.#client = new ECSClient(ecsClientConfig(settings));
    // The launch then goes on the connection that the questions before it have opened.
    const { credentials, requestHandler } = this.#client.config;
    const shared = { credentials, requestHandler };
    this.#launchClient = new ECSClient({ ...ecsClientConfig(settings), ...shared, maxAttempts: 1 });
  }

  /** The region that the client works in; `undefined` when nothing says one. */
  async region(): Promise<string | undefined> {
    return this.#client.config.region().catch(() => undefined);
  }

  async runTask(parameters: RunTaskParameters, clientToken: string): Promise<TasksAndFailures> {
    const command = new RunTaskCommand({ ...parameters, clientToken });
    return this.#call("RunTask", () => this.#launchClient.send(command), launched);
  }

  async startTask(parameters: StartTaskRequest): Promise<TasksAndFailures> {
    return this.#call("StartTask", () => this.#launchClient.send(new StartTaskCommand(parameters)), launched);
  }

  async listClusters(): Promise<readonly string[]> {
    return this.#call("ListClusters", async () => {
      const clusterArns: string[] = [];
      for await (const page of paginateListClusters({ client: this.#client, pageSize: PAGE_SIZE }, {})) {
        clusterArns.push(...(page.clusterArns ?? []));
      }
      return clusterArns;
    });
  }

  async listTasks(cluster: string, filter: TaskFilter): Promise<readonly string[]> {
    return this.#call("ListTasks", async () => {
      const taskArns: string[] = [];
      const configuration = { client: this.#client, pageSize: PAGE_SIZE };
      for await (const page of paginateListTasks(configuration, { cluster, ...filter })) {
        taskArns.push(...(page.taskArns ?? []));
      }
      return taskArns;
    });
  }

  async describeTasks(cluster: string, taskArns: readonly string[]): Promise<TasksAndFailures> {
    const command = new DescribeTasksCommand({ cluster, tasks: [...taskArns] });
    return this.#call("DescribeTasks", () => this.#client.send(command), tasksAndFailures);
  }

  async stopTask(cluster: string, taskArn: string, reason: string): Promise<void> {
    const command = new StopTaskCommand({ cluster, task: taskArn, reason });
    await this.#call("StopTask", () => this.#client.send(command));
  }

  async describeTaskDefinition(taskDefinition: string): Promise<TaskDefinition> {
    const command = new DescribeTaskDefinitionCommand({ taskDefinition });
    const answer = await this.#call("DescribeTaskDefinition", () => this.#client.send(command));
    return answer.taskDefinition ?? {};
  }

  async accountId(cluster: string): Promise<string | undefined> {
    // By its name: the answer then tells the present account, also for a cluster that is not there.
    const command = new DescribeClustersCommand({ clusters: [clusterName(cluster)] });
    const answer = await this.#client.send(command).catch(() => undefined);
    const arn = answer?.clusters?.[0]?.clusterArn ?? answer?.failures?.[0]?.arn;
    return arn && parseArn(arn)?.accountId;
  }

  /** Where the client asks, without asking for it. */
  async #asked(): Promise<{ region: string | undefined; account: string | undefined }> {
    const credentials = await this.#client.config.credentials().catch(() => undefined);
    return { region: await this.region(), account: credentials?.accountId };
  }

  async #call<T>(operation: string, send: () => Promise<T>): Promise<T>;
  async #call<T, R>(operation: string, send: () => Promise<T>, read: (answer: T) => R): Promise<R>;
  async #call<T, R>(operation: string, send: () => Promise<T>, read?: (answer: T) => R): Promise<T | R> {
    try {
      const answer = cleanAnswer(await send());
      return read ? read(answer) : answer;
    } catch (error) {
      if (error instanceof UnreadableAnswer)
        throw new EcsApiError({
          operation,
          kind: "broken",
          code: "EmptyAnswer",
          message: error.message,
          cause: error,
        });
      const kind = classifyError(error);
      throw new EcsApiError({
        operation,
        kind,
        code: errorCode(error),
        message: errorText(error),
        // Only of an answer: without one, asking for credentials again could take long.
        ...(kind === "notFound" || kind === "rejected" ? await this.#asked() : {}),
        resourceIds: error instanceof ConflictException ? error.resourceIds : undefined,
        cause: error,
      });
    }
  }
}

interface Lists {
  readonly tasks?: Task[] | undefined;
  readonly failures?: Failure[] | undefined;
}

/** An answer with status 200 that ECS did not write: the SDK takes a proxy's empty page for an object without members. */
class UnreadableAnswer extends Error {
  constructor() {
    super("the answer has neither tasks nor failures; a proxy or a firewall may have given it");
  }
}

/** ECS gives both lists, also when one is empty. */
function tasksAndFailures({ tasks, failures }: Lists): TasksAndFailures {
  if (!Array.isArray(tasks) && !Array.isArray(failures)) throw new UnreadableAnswer();
  return { tasks: (tasks ?? []).map(seenTask), failures: failures ?? [] };
}

/** A launch starts a task or says why it does not. With neither, nobody knows what was started. */
function launched(lists: Lists): TasksAndFailures {
  const answer = tasksAndFailures(lists);
  if (answer.tasks.length === 0 && answer.failures.length === 0) throw new UnreadableAnswer();
  return answer;
}
