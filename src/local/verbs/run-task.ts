import { randomBytes } from "node:crypto";
import type { RunTaskRequest, Tag } from "@aws-sdk/client-ecs";
import { flag, integer, list, opaque, required, structure, text, type Value } from "../http/shape";
import { verb, type Backend } from "../http/verb";
import { checkRunTask, launchTypeOf } from "./check-run-task";
import type { ClusterRecord } from "../state/clusters";
import { fingerprintOf, replayed, type Launch } from "../state/launches";
import { newTask } from "../state/new-task";
import type { TaskDefinitionRecord } from "../state/task-definitions";
import { capacityProviderStrategy, networkConfiguration, overrides, tags } from "./shapes";

const request = structure({
  taskDefinition: required(text(), "Task definition cannot be empty."),
  cluster: text(),
  count: integer({ min: 1, max: 10 }),
  launchType: text({ oneOf: ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"] }),
  capacityProviderStrategy,
  networkConfiguration,
  overrides,
  clientToken: text({ max: 64, pattern: /^[\x21-\x7e]*$/ }),
  startedBy: text({ max: 128, pattern: /^[A-Za-z0-9\-/_]*$/ }),
  group: text(),
  referenceId: text({ max: 1024 }),
  platformVersion: text(),
  propagateTags: text({ oneOf: ["TASK_DEFINITION", "SERVICE", "NONE"] }),
  enableECSManagedTags: flag,
  enableExecuteCommand: flag,
  placementConstraints: list(opaque<object>(), { max: 10 }),
  placementStrategy: list(opaque<object>(), { max: 5 }),
  volumeConfigurations: list(opaque<object>()),
  tags,
});

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export const runTask = verb({
  name: "RunTask",
  request,
  handle({ clientToken, ...asked }, backend) {
    const { clusters, launches, taskDefinitions } = backend;
    const cluster = clusters.getActive(asked.cluster);
    const fingerprint = fingerprintOf(asked);
    const earlier = clientToken && launches.find(cluster.clusterArn, clientToken, fingerprint);
    if (earlier) return replay(earlier, backend);

    const definition = checkRunTask(
      asked as RunTaskRequest,
      cluster,
      taskDefinitions.find(asked.taskDefinition),
    );
    const failures = backend.imposedFailures(() => true);
    const count = Math.max(0, (asked.count ?? 1) - failures.length);
    const launched = launch({ ...asked, count }, cluster, definition, backend);
    const taskArns = launched.map(({ task }) => task.taskArn);
    if (clientToken) launches.remember(cluster.clusterArn, clientToken, { fingerprint, taskArns, failures });
    return { tasks: launched.map(({ task, tags: kept }) => ({ ...task, tags: kept })), failures };
  },
});

function launch(
  asked: Omit<Value<typeof request>, "clientToken"> & { readonly count: number },
  cluster: ClusterRecord,
  { definition, tags: inherited }: TaskDefinitionRecord,
  { account, clock, lifecycle }: Backend,
): ReturnType<typeof newTask>[] {
  const given: readonly Tag[] = asked.tags ?? [];
  const managed =
    asked.enableECSManagedTags === true ? [{ key: "aws:ecs:clusterName", value: cluster.clusterName }] : [];
  const own = new Set(given.map(({ key }) => key));
  const propagated =
    asked.propagateTags === "TASK_DEFINITION" ? inherited.filter(({ key }) => !own.has(key)) : [];
  return Array.from({ length: asked.count }, () => {
    const record = newTask({
      account,
      cluster,
      definition,
      request: asked as RunTaskRequest,
      launchType: launchTypeOf(asked as RunTaskRequest, cluster),
      tags: [...propagated, ...given, ...managed],
      now: clock.now(),
      newId: () => randomBytes(16).toString("hex"),
    });
    return lifecycle.launch(record);
  });
}

function replay({ taskArns, failures }: Launch, { tasks, clock }: Backend): object {
  return {
    tasks: taskArns
      .map((taskArn) => tasks.remembered(taskArn))
      .filter((record) => record !== undefined)
      .map((record) => replayed(record, clock.now())),
    failures,
  };
}
