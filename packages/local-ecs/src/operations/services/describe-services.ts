import type { Deployment, Failure, Service } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../server/aws-error";
import { list, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import type { ServiceRecord } from "../../state/services/services";
import type { StoredTask } from "../../state/tasks/task-record";
import { isPending } from "../../state/tasks/task-status";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
export const describeServices = operation({
  name: "DescribeServices",
  request: structure({
    cluster: text(),
    services: required(list(text(), { max: 10 }), "Services cannot be empty."),
    include: list(text({ oneOf: ["TAGS"] })),
  }),
  handle({ cluster: reference, services: wanted, include = [] }, context) {
    if (wanted.length === 0) throw invalidParameter("Services cannot be empty.");
    const cluster = context.clusters.getActive(reference);
    const tasks = context.tasks.in(cluster).map(({ task }) => task);
    const found: Service[] = [];
    const failures: Failure[] = [];
    for (const each of wanted) {
      const record = context.services.find(cluster, each);
      if (record === undefined)
        failures.push({ arn: context.services.arnOf(cluster, each), reason: "MISSING" });
      else
        found.push({
          ...showService(record, tasks),
          ...(include.includes("TAGS") ? { tags: [...record.tags] } : {}),
        });
    }
    return { services: found, failures };
  },
});

function showService(
  record: ServiceRecord,
  tasks: readonly Pick<StoredTask, "startedBy" | "lastStatus">[],
): Service {
  const { serviceArn, serviceName, clusterArn, taskDefinitionArn, createdAt, deploymentId } = record;
  const { desiredCount, launchType, networkConfiguration } = record;
  const own = tasks.filter(({ startedBy }) => startedBy === deploymentId);
  const counts = {
    desiredCount,
    runningCount: own.filter(({ lastStatus }) => lastStatus === "RUNNING").length,
    pendingCount: own.filter(({ lastStatus }) => isPending(lastStatus)).length,
  };
  const network = networkConfiguration === undefined ? {} : { networkConfiguration };
  const deployment: Deployment = {
    id: deploymentId,
    status: "PRIMARY",
    taskDefinition: taskDefinitionArn,
    ...counts,
    failedTasks: 0,
    createdAt,
    updatedAt: createdAt,
    launchType,
    ...network,
    rolloutState: counts.runningCount >= desiredCount ? "COMPLETED" : "IN_PROGRESS",
  };
  return {
    serviceArn,
    serviceName,
    clusterArn,
    loadBalancers: [],
    serviceRegistries: [],
    status: "ACTIVE",
    ...counts,
    launchType,
    taskDefinition: taskDefinitionArn,
    deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100 },
    deployments: [deployment],
    events: [],
    createdAt,
    placementConstraints: [],
    placementStrategy: [],
    ...network,
    schedulingStrategy: "REPLICA",
    deploymentController: { type: "ECS" },
    enableECSManagedTags: false,
    propagateTags: "NONE",
    enableExecuteCommand: false,
  };
}
