import type { Failure, RunTaskRequest } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../server/aws-error";
import { flag, list, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import type { OperationContext } from "../operation-context";
import { candidateOf } from "../../state/placement/candidates";
import type { ContainerInstanceRecord } from "../../state/container-instances/container-instances";
import { obstacle } from "../../state/placement/placement";
import { demandOf } from "../../state/placement/task-demand";
import type { TaskRecord } from "../../state/tasks/task-record";
import { checkRunTask } from "./check-run-task";
import { launchTask, type LaunchOrder } from "./launch-tasks";
import { readQuery } from "../read-cluster-query";
import { networkConfiguration, overrides, tags } from "../common-shapes";
import { volumeConfigurations } from "./volume-configurations";

/**
 * Placement is the caller's: constraints and strategies play no part, but a task that does not fit is not started.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html
 */
export const startTask = operation({
  name: "StartTask",
  request: structure({
    taskDefinition: required(text(), "Task definition cannot be empty."),
    containerInstances: required(list(text(), { max: 10 }), "Container instances cannot be empty."),
    cluster: text(),
    networkConfiguration,
    overrides,
    startedBy: text({ max: 36, pattern: /^[A-Za-z0-9\-/_]*$/ }),
    group: text(),
    referenceId: text({ max: 1024 }),
    propagateTags: text({ oneOf: ["TASK_DEFINITION", "SERVICE", "NONE"] }),
    enableECSManagedTags: flag,
    enableExecuteCommand: flag,
    volumeConfigurations,
    tags,
  }),
  handle({ containerInstances: wanted, ...request }, context) {
    if (wanted.length === 0) throw invalidParameter("Container instances cannot be empty.");
    const cluster = context.clusters.getActive(request.cluster);
    const asked = { ...request, launchType: "EC2" } as RunTaskRequest;
    const record = checkRunTask(asked, cluster, context.taskDefinitions.find(request.taskDefinition));
    const order = { asked, cluster, record };
    const launched: TaskRecord[] = [];
    const failures: Failure[] = [];
    const arns = wanted.map((reference) => context.containerInstances.arnOf(cluster, reference));
    const imposed = context.imposedFailures(({ arn }) => arn === undefined || arns.includes(arn));
    for (const arn of arns) {
      const planned = imposed.find((failure) => failure.arn === undefined || failure.arn === arn);
      if (planned !== undefined) {
        failures.push({ ...planned, arn });
        continue;
      }
      const instance = context.containerInstances.find(cluster, arn);
      const reason = whyNot(instance, order, context);
      if (instance !== undefined && reason === undefined)
        launched.push(launchTask(order, instance.instance.containerInstanceArn, context));
      else failures.push({ arn, reason });
    }
    return { tasks: launched.map(({ task, tags: kept }) => ({ ...task, tags: kept })), failures };
  },
});

/**
 * MISSING and INACTIVE: developerguide/api_failures_messages.html. That an instance which is DRAINING counts as
 * INACTIVE is our reading of "prevents new tasks from being scheduled" (container-instance-draining.html).
 */
function whyNot(
  instance: ContainerInstanceRecord | undefined,
  { asked, cluster, record: { definition } }: LaunchOrder,
  { tasks }: OperationContext,
): string | undefined {
  if (instance === undefined) return "MISSING";
  if (instance.instance.status !== "ACTIVE") return "INACTIVE";
  return obstacle(candidateOf(instance, tasks.active(cluster)), {
    demand: demandOf(definition, asked.overrides),
    group: "",
    requiredAttributes: definition.requiresAttributes ?? [],
    constraints: [],
    parse: readQuery,
  });
}
