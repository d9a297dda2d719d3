import type { RunTaskRequest } from "@aws-sdk/client-ecs";
import { flag, integer, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import type { OperationContext } from "../operation-context";
import { checkRunTask } from "./check-run-task";
import { fingerprintOf, replayed, type RememberedLaunch } from "../../state/tasks/client-tokens";
import { launchTasks } from "./launch-tasks";
import {
  capacityProviderStrategy,
  networkConfiguration,
  overrides,
  placementConstraints,
  placementStrategy,
  tags,
} from "../common-shapes";
import { volumeConfigurations } from "./volume-configurations";

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
  placementConstraints,
  placementStrategy,
  volumeConfigurations,
  tags,
});

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export const runTask = operation({
  name: "RunTask",
  request,
  handle({ clientToken, ...asked }, context) {
    const { clusters, clientTokens, taskDefinitions } = context;
    const cluster = clusters.getActive(asked.cluster);
    const fingerprint = fingerprintOf(asked);
    const earlier = clientToken && clientTokens.find(cluster.clusterArn, clientToken, fingerprint);
    if (earlier) return replay(earlier, context);

    const record = checkRunTask(asked as RunTaskRequest, cluster, taskDefinitions.find(asked.taskDefinition));
    const imposed = context.imposedFailures(() => true);
    const count = Math.max(0, (asked.count ?? 1) - imposed.length);
    const order = { asked: { ...asked, count } as RunTaskRequest, cluster, record };
    const { launched, failures: found } = launchTasks(order, context);
    const failures = [...imposed, ...found];
    const taskArns = launched.map(({ task }) => task.taskArn);
    if (clientToken)
      clientTokens.remember(cluster.clusterArn, clientToken, { fingerprint, taskArns, failures });
    return { tasks: launched.map(({ task, tags: kept }) => ({ ...task, tags: kept })), failures };
  },
});

function replay({ taskArns, failures }: RememberedLaunch, { tasks, clock }: OperationContext): object {
  return {
    tasks: taskArns
      .map((taskArn) => tasks.remembered(taskArn))
      .filter((record) => record !== undefined)
      .map((record) => replayed(record, clock.now())),
    failures,
  };
}
