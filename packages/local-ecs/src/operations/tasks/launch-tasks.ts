import { randomBytes } from "node:crypto";
import type { Failure, RunTaskRequest, Tag } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../server/aws-error";
import type { OperationContext } from "../operation-context";
import { candidatesIn } from "../../state/placement/candidates";
import type { ClusterRecord } from "../../state/clusters/clusters";
import { launchTypeOf } from "../../state/clusters/launch-type";
import { newTask } from "../../state/tasks/new-task";
import { placeTask } from "../../state/placement/placement";
import type { TaskDefinitionRecord } from "../../state/task-definitions/task-definitions";
import { demandOf } from "../../state/placement/task-demand";
import type { TaskRecord } from "../../state/tasks/task-record";
import { readQuery } from "../read-cluster-query";

export interface LaunchOrder {
  /** As far as tasks are concerned, StartTask asks for the same as RunTask. */
  readonly asked: RunTaskRequest;
  readonly cluster: ClusterRecord;
  readonly record: TaskDefinitionRecord;
}

export interface Launched {
  readonly launched: readonly TaskRecord[];
  readonly failures: readonly Failure[];
}

/** ClientTokens `count` tasks, each on the instance that placement finds for it; on Fargate no instance is needed. */
export function launchTasks(order: LaunchOrder, context: OperationContext): Launched {
  const { asked, cluster } = order;
  const count = asked.count ?? 1;
  if (launchTypeOf(asked, cluster) === "FARGATE")
    return {
      launched: Array.from({ length: count }, () => launchTask(order, undefined, context)),
      failures: [],
    };
  const wish = wishOf(order);
  const launched: TaskRecord[] = [];
  const failures = new Map<string, Failure>();
  for (let each = 0; each < count; each += 1) {
    // Anew for each task: the one before has taken its share.
    const candidates = candidatesIn(cluster, context).filter(
      ({ containerInstanceArn }) =>
        context.containerInstances.get(containerInstanceArn)?.instance.status === "ACTIVE",
    );
    // Observed by many users, on services' events too; AWS does not document it.
    if (candidates.length === 0) throw invalidParameter("No Container Instances were found in your cluster.");
    const placed = placeTask(candidates, wish);
    if ("place" in placed) launched.push(launchTask(order, placed.place.containerInstanceArn, context));
    else
      for (const failure of placed.failures)
        failures.set(`${failure.arn ?? ""} ${failure.reason ?? ""}`, failure);
  }
  return { launched, failures: [...failures.values()] };
}

/** ClientTokens one task, on this instance, whatever else may be there. */
export function launchTask(
  { asked, cluster, record }: LaunchOrder,
  containerInstanceArn: string | undefined,
  { account, clock, lifecycle }: OperationContext,
): TaskRecord {
  const task = newTask({
    account,
    cluster,
    definition: record.definition,
    request: asked,
    launchType: launchTypeOf(asked, cluster),
    containerInstanceArn,
    tags: tagsOf(asked, cluster, record),
    now: clock.now(),
    newId: () => randomBytes(16).toString("hex"),
  });
  return lifecycle.launch(task);
}

function wishOf({ asked, record: { definition } }: LaunchOrder): Parameters<typeof placeTask>[1] {
  const constraints = [...(definition.placementConstraints ?? []), ...(asked.placementConstraints ?? [])];
  for (const { type, expression } of constraints) if (type === "memberOf") readQuery(expression ?? "");
  return {
    demand: demandOf(definition, asked.overrides),
    group: asked.group ?? `family:${definition.family}`,
    requiredAttributes: definition.requiresAttributes ?? [],
    constraints,
    strategies: asked.placementStrategy ?? [],
    parse: readQuery,
    random: Math.random,
  };
}

/** The task's own tags win over those it inherits. */
function tagsOf(
  asked: RunTaskRequest,
  cluster: ClusterRecord,
  { tags: inherited }: TaskDefinitionRecord,
): Tag[] {
  const given = asked.tags ?? [];
  const managed =
    asked.enableECSManagedTags === true ? [{ key: "aws:ecs:clusterName", value: cluster.clusterName }] : [];
  const own = new Set(given.map(({ key }) => key));
  const propagated =
    asked.propagateTags === "TASK_DEFINITION" ? inherited.filter(({ key }) => !own.has(key)) : [];
  return [...propagated, ...given, ...managed];
}
