import type { Failure, StartTaskRequest, Task, TaskDefinition } from "@aws-sdk/client-ecs";
import {
  EcsApiError,
  type EcsGateway,
  type TaskFilter,
  type TasksAndFailures,
} from "../../src/ecs/ecs-gateway";
import { canonicalJson } from "../../src/task/canonical-json";
import type { RunTaskParameters } from "../../src/task/run-task-request";
import { MEMORY_MS, VirtualTask, type TaskPlan } from "./virtual-task";
import type { VirtualTime } from "./virtual-time";

const ARN = "arn:aws:ecs:eu-central-1:123456789012";
const CLUSTER_ARN = `${ARN}:cluster/prod`;
const TOKEN_MS = 24 * 60 * 60_000;
const QUICK: TaskPlan = { pendingMs: 5000, runMs: 10_000, exitCode: 0, exitCodeDelayMs: 0 };

/** What a clientToken stands for. */
interface Accepted {
  readonly request: string;
  readonly tasks: readonly VirtualTask[];
  readonly failures: readonly Failure[];
  readonly atMs: number;
}

/**
 * Amazon ECS as far as one-off tasks need it, in virtual time.
 *
 * Sources: clientTokens and what is replayed for them: AmazonECS/latest/APIReference/ECS_Idempotency.html;
 * how long stopped tasks are shown, and that answers lag behind: API_DescribeTasks, API_RunTask; which tasks a
 * listing shows: API_ListTasks.
 */
export class VirtualEcs implements EcsGateway {
  readonly #time: VirtualTime;
  readonly #random: () => number;
  readonly #tokens = new Map<string, Accepted>();
  readonly tasks: VirtualTask[] = [];
  /** What becomes of the tasks that are launched from now on. */
  plan: TaskPlan = QUICK;
  /** How many tasks there is room for in one call. */
  room = Infinity;
  /** By how much answers may lag behind: each by an amount of its own. */
  lagMs = 0;
  /** The tasks that listings should have shown and did not, since this was last cleared. */
  readonly withheld = new Set<string>();
  /** Told of each launch, before it is answered. */
  onLaunch: (launched: readonly VirtualTask[]) => void = () => undefined;
  /** Told of each task that is told to stop. */
  onStop: (task: VirtualTask, reason: string) => void = () => undefined;

  constructor(time: VirtualTime, random: () => number) {
    this.#time = time;
    this.#random = random;
  }

  runTask(parameters: RunTaskParameters, clientToken: string): Promise<TasksAndFailures> {
    const nowMs = this.#time.nowMs();
    const request = canonicalJson(parameters);
    const known = this.#tokens.get(clientToken);
    if (known && nowMs < expiryMs(known)) {
      return known.request === request
        ? Promise.resolve(replay(known, nowMs))
        : Promise.reject(conflict(known));
    }
    const count = Math.min(parameters.count ?? 1, this.room);
    const tasks = this.#launch(parameters, Array<undefined>(count).fill(undefined));
    const failures = noRoom((parameters.count ?? 1) - count);
    this.#tokens.set(clientToken, { request, tasks, failures, atMs: nowMs });
    return Promise.resolve({ tasks: tasks.map((task) => task.describe(nowMs)), failures });
  }

  startTask(parameters: StartTaskRequest): Promise<TasksAndFailures> {
    const instances = parameters.containerInstances ?? [];
    const tasks = this.#launch(parameters, instances.slice(0, this.room));
    const failures = noRoom(instances.length - tasks.length);
    return Promise.resolve({ tasks: tasks.map((task) => task.describe(this.#time.nowMs())), failures });
  }

  listClusters(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  listTasks(_cluster: string, { family, desiredStatus }: TaskFilter): Promise<readonly string[]> {
    const showsAt = (task: VirtualTask, atMs: number) =>
      task.isKnown(atMs) &&
      task.desiredStatus(atMs) === desiredStatus &&
      (family === undefined || task.origin.taskDefinitionArn.includes(`/${family}:`));
    const nowMs = this.#time.nowMs();
    const atMs = this.#viewMs();
    for (const task of this.tasks)
      if (showsAt(task, nowMs) && !showsAt(task, atMs)) this.withheld.add(task.taskArn);
    const shown = this.tasks.filter((task) => showsAt(task, atMs));
    return Promise.resolve(shown.map(({ taskArn }) => taskArn));
  }

  describeTasks(_cluster: string, taskArns: readonly string[]): Promise<TasksAndFailures> {
    const atMs = this.#viewMs();
    const asked = this.tasks.filter(({ taskArn }) => taskArns.includes(taskArn));
    // Withheld by a listing it can be overlooked; who knows its ARN can ask again.
    const shown = asked.filter((task) => task.isKnown(atMs));
    const tasks = shown.map((task) => task.describe(atMs));
    const missing = taskArns.filter((arn) => !shown.some(({ taskArn }) => taskArn === arn));
    return Promise.resolve({ tasks, failures: missing.map((arn) => ({ arn, reason: "MISSING" })) });
  }

  stopTask(_cluster: string, taskArn: string, reason: string): Promise<void> {
    const task = this.tasks.find((each) => each.taskArn === taskArn);
    if (!task?.isKnown(this.#time.nowMs())) {
      const message = "The referenced task was not found.";
      return Promise.reject(new EcsApiError("StopTask", "notFound", "InvalidParameterException", message));
    }
    this.onStop(task, reason);
    task.stop(this.#time.nowMs());
    return Promise.resolve();
  }

  describeTaskDefinition(taskDefinition: string): Promise<TaskDefinition> {
    return Promise.resolve({ taskDefinitionArn: taskDefinition, containerDefinitions: [{ name: "app" }] });
  }

  accountId(): Promise<string | undefined> {
    return Promise.resolve("123456789012");
  }

  taskOf(taskArn: string): VirtualTask | undefined {
    return this.tasks.find((task) => task.taskArn === taskArn);
  }

  #launch(
    { taskDefinition = "", startedBy = "", overrides }: RunTaskParameters | StartTaskRequest,
    instances: readonly (string | undefined)[],
  ): readonly VirtualTask[] {
    const epochMs = this.#time.wallMs() - this.#time.nowMs();
    const { stragglerMs = 0, pendingMs } = this.plan;
    const launched = instances.map((instance, index) => {
      const isStraggler = index > 0 && index === instances.length - 1;
      const origin = {
        taskArn: `${ARN}:task/prod/${String(this.tasks.length + index + 1).padStart(4, "0")}`,
        clusterArn: CLUSTER_ARN,
        taskDefinitionArn: `${ARN}:task-definition/${taskDefinition}`,
        startedBy,
        overrides: overrides,
        containerInstanceArn: instance && `${ARN}:container-instance/prod/${instance}`,
        createdMs: this.#time.nowMs(),
      };
      const plan = { ...this.plan, pendingMs: pendingMs + (isStraggler ? stragglerMs : 0) };
      return new VirtualTask(origin, plan, epochMs);
    });
    this.tasks.push(...launched);
    if (launched.length > 0) this.onLaunch(launched);
    return launched;
  }

  #viewMs(): number {
    return this.#time.nowMs() - Math.floor(this.#random() * this.lagMs);
  }
}

/** "the lower of 24 hours and the lifetime of the resource plus one hour", ECS_Idempotency. */
function expiryMs({ tasks, atMs }: Accepted): number {
  const endMs = Math.max(atMs, ...tasks.map(({ stoppedMs }) => stoppedMs));
  return Math.min(atMs + TOKEN_MS, endMs + MEMORY_MS);
}

/** "For stopped tasks only taskArn, lastStatus and desiredStatus are returned", ECS_Idempotency. */
function replay({ tasks, failures }: Accepted, nowMs: number): TasksAndFailures {
  const answers = tasks.map((task): Task => {
    if (task.isAlive(nowMs)) return task.describe(nowMs);
    return { taskArn: task.taskArn, lastStatus: "STOPPED", desiredStatus: "STOPPED" };
  });
  return { tasks: answers, failures };
}

function conflict({ tasks }: Accepted): EcsApiError {
  const resourceIds = tasks.map(({ taskArn }) => taskArn);
  const message = "The clientToken was used with other parameters.";
  return new EcsApiError("RunTask", "rejected", "ConflictException", message, { resourceIds });
}

function noRoom(count: number): readonly Failure[] {
  return Array.from({ length: count }, () => ({ reason: "RESOURCE:MEMORY" }));
}
