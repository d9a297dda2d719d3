import type { Failure, StartTaskRequest, TaskDefinition } from "@aws-sdk/client-ecs";
import {
  EcsApiError,
  type EcsGateway,
  type TaskFilter,
  type TasksAndFailures,
} from "../../../src/aws/ecs-gateway";
import { seenTask } from "../../../src/aws/seen-task";
import type { RunTaskParameters } from "../../../src/inputs/run-task-request";
import { canonical } from "../canonical";
import { ACCOUNT, familyIn, LATEST_REVISION, nameOf, regionOf } from "./places";
import type { VirtualCloud } from "./virtual-cloud";
import type { VirtualCluster } from "./virtual-cluster";
import { VirtualTask } from "./virtual-task";

/**
 * The ECS of one region.
 *
 * Sources: clientTokens and what is replayed for them: AmazonECS/latest/APIReference/ECS_Idempotency.html;
 * how long stopped tasks are shown, and that answers lag behind: API_DescribeTasks, API_RunTask; which tasks a
 * listing shows: API_ListTasks.
 */
export class VirtualRegion implements EcsGateway {
  readonly #cloud: VirtualCloud;
  readonly #region: string;

  constructor(cloud: VirtualCloud, region: string) {
    this.#cloud = cloud;
    this.#region = region;
  }

  runTask(parameters: RunTaskParameters, clientToken: string): Promise<TasksAndFailures> {
    return this.#answer("RunTask", parameters.cluster, (cluster) => {
      const cloud = this.#cloud;
      const nowMs = cloud.time.nowMs();
      const request = canonical(parameters);
      const { spoilsWith } = cloud;
      if (spoilsWith && !cluster.tokens.answer(clientToken, request, nowMs))
        cluster.tokens.accept(clientToken, { request, tasks: [spoilsWith], failures: [], atMs: nowMs });
      const known = cluster.tokens.answer(clientToken, request, nowMs);
      if (known) return known;
      const wanted = parameters.count ?? 1;
      const count = Math.min(wanted, cloud.room);
      const tasks = this.#launch(cluster, parameters, Array<undefined>(count).fill(undefined));
      const failures = noRoom(wanted - count);
      const accepted = { request, tasks, failures, atMs: nowMs };
      cluster.tokens.accept(clientToken, accepted);
      cloud.observer?.accepted(cluster, accepted);
      return { tasks: tasks.map((task) => seenTask(task.describe(nowMs))), failures };
    });
  }

  startTask(parameters: StartTaskRequest): Promise<TasksAndFailures> {
    return this.#answer("StartTask", parameters.cluster, (cluster) => {
      const instances = parameters.containerInstances ?? [];
      const tasks = this.#launch(cluster, parameters, instances.slice(0, this.#cloud.room));
      const failures = noRoom(instances.length - tasks.length);
      return { tasks: tasks.map((task) => seenTask(task.describe(this.#cloud.time.nowMs()))), failures };
    });
  }

  listClusters(): Promise<readonly string[]> {
    const active = this.#cloud.clusters.filter(
      ({ region, isDeleted }) => region === this.#region && !isDeleted,
    );
    return Promise.resolve(active.map(({ arn }) => arn));
  }

  listTasks(cluster: string, { family, desiredStatus }: TaskFilter): Promise<readonly string[]> {
    return this.#answer("ListTasks", cluster, (place) => {
      if (place.isListingDenied)
        throw new EcsApiError({
          operation: "ListTasks",
          kind: "denied",
          code: "AccessDeniedException",
          message: "not authorized",
        });
      const nowMs = this.#cloud.time.nowMs();
      const atMs = this.#cloud.viewMs();
      const shown: string[] = [];
      for (const task of this.#tasksOf(place)) {
        if (family !== undefined && task.origin.family !== family) continue;
        const showsAt = (ms: number) =>
          task.isKnown(ms) && task.isListed(ms) && task.desiredStatus(ms) === desiredStatus;
        const shouldShow = task.isKnown(nowMs) && task.desiredStatus(nowMs) === desiredStatus;
        if (showsAt(atMs)) shown.push(task.taskArn);
        else if (shouldShow) this.#cloud.withheld.add(task.taskArn);
      }
      return shown;
    });
  }

  describeTasks(cluster: string, taskArns: readonly string[]): Promise<TasksAndFailures> {
    return this.#answer("DescribeTasks", cluster, (place) => {
      taskArns.forEach((arn) => {
        this.#requireOwnRegion("DescribeTasks", arn);
      });
      const nowMs = this.#cloud.time.nowMs();
      const atMs = this.#cloud.viewMs();
      const asked = this.#tasksOf(place).filter(({ taskArn }) => taskArns.includes(taskArn));
      const shown = asked.filter((task) => {
        const isShown = task.isKnown(atMs) && !task.isHidden(atMs);
        if (isShown) task.wasShown = true;
        else if (task.isKnown(nowMs) && task.isHidden(atMs)) this.#cloud.denied.add(task.taskArn);
        return isShown;
      });
      const missing = taskArns.filter((arn) => !shown.some(({ taskArn }) => taskArn === arn));
      return {
        tasks: shown.map((task) => seenTask(task.describe(atMs))),
        failures: missing.map((arn) => ({ arn, reason: "MISSING" })),
      };
    });
  }

  stopTask(cluster: string, taskArn: string, reason: string): Promise<void> {
    return this.#answer("StopTask", cluster, (place) => {
      this.#requireOwnRegion("StopTask", taskArn);
      const nowMs = this.#cloud.time.nowMs();
      const task = this.#tasksOf(place).find((each) => each.taskArn === taskArn);
      if (!task?.isKnown(nowMs) || task.isHidden(nowMs)) throw taskNotFound();
      if (task.isAlive(nowMs)) this.#cloud.observer?.stopped(task, reason);
      task.stop(nowMs);
    });
  }

  /** `app` is essential, and so is the sidecar of the family "other". */
  describeTaskDefinition(taskDefinition: string): Promise<TaskDefinition> {
    if (isForeign(taskDefinition, this.#region))
      return Promise.reject(invalidRegion("DescribeTaskDefinition"));
    const sidecar = familyIn(taskDefinition) === "other" ? [{ name: "proxy", essential: true }] : [];
    const containerDefinitions = [
      { name: "init", essential: false },
      { name: "app", essential: true },
      ...sidecar,
    ];
    return Promise.resolve({ taskDefinitionArn: this.#definitionArn(taskDefinition), containerDefinitions });
  }

  accountId(): Promise<string | undefined> {
    return Promise.resolve(ACCOUNT);
  }

  #launch(
    cluster: VirtualCluster,
    parameters: RunTaskParameters | StartTaskRequest,
    instances: readonly (string | undefined)[],
  ): readonly VirtualTask[] {
    const { taskDefinition = "" } = parameters;
    if (isForeign(taskDefinition, this.#region)) throw invalidRegion("RunTask");
    const { time, tasks, plan } = this.#cloud;
    const epochMs = time.wallMs() - time.nowMs();
    const launched = instances.map((instance, index) => {
      const id = String(tasks.length + index + 1).padStart(4, "0");
      const isLast = index > 0 && index === instances.length - 1;
      const origin = {
        taskArn: `arn:aws:ecs:${this.#region}:${ACCOUNT}:task/${cluster.name}/${id}`,
        clusterArn: cluster.arn,
        taskDefinitionArn: this.#definitionArn(taskDefinition),
        region: this.#region,
        cluster: cluster.name,
        family: familyIn(taskDefinition),
        request: parameters,
        containerInstanceArn:
          instance && `arn:aws:ecs:${this.#region}:${ACCOUNT}:container-instance/${cluster.name}/${instance}`,
        createdMs: time.nowMs(),
        isLateInListings: index > 0,
      };
      const pendingMs = plan.pendingMs + (isLast ? (plan.stragglerMs ?? 0) : 0);
      return new VirtualTask(origin, { ...plan, pendingMs }, epochMs);
    });
    tasks.push(...launched);
    if (launched.length > 0) this.#cloud.observer?.launched(launched);
    return launched;
  }

  #definitionArn(taskDefinition: string): string {
    const name = nameOf(taskDefinition);
    const revision = name.includes(":") ? "" : `:${LATEST_REVISION}`;
    return `arn:aws:ecs:${this.#region}:${ACCOUNT}:task-definition/${name}${revision}`;
  }

  #tasksOf({ name }: VirtualCluster): readonly VirtualTask[] {
    return this.#cloud.tasks.filter(
      ({ origin }) => origin.region === this.#region && origin.cluster === name,
    );
  }

  /** What is done is done at once, before the caller goes on. */
  #answer<T>(
    operation: string,
    cluster: string | undefined,
    act: (cluster: VirtualCluster) => T,
  ): Promise<T> {
    return new Promise((resolve) => {
      resolve(act(this.#clusterOf(operation, cluster ?? "default")));
    });
  }

  #clusterOf(operation: string, reference: string): VirtualCluster {
    this.#requireOwnRegion(operation, reference);
    const cluster = this.#cloud.cluster(this.#region, nameOf(reference));
    if (cluster && !cluster.isDeleted) return cluster;
    throw new EcsApiError({
      operation,
      kind: "notFound",
      code: "ClusterNotFoundException",
      message: "Cluster not found.",
    });
  }

  #requireOwnRegion(operation: string, reference: string): void {
    if (isForeign(reference, this.#region)) throw invalidRegion(operation);
  }
}

function isForeign(reference: string, region: string): boolean {
  return (regionOf(reference) ?? region) !== region;
}

function invalidRegion(operation: string): EcsApiError {
  return new EcsApiError({
    operation,
    kind: "rejected",
    code: "InvalidParameterException",
    message: "Invalid Region in ARN",
  });
}

export function taskNotFound(): EcsApiError {
  const message = "The referenced task was not found.";
  return new EcsApiError({
    operation: "StopTask",
    kind: "notFound",
    code: "InvalidParameterException",
    message,
  });
}

function noRoom(count: number): readonly Failure[] {
  return Array.from({ length: count }, () => ({ reason: "RESOURCE:MEMORY" }));
}
