import type { Cluster, ClusterField, Failure } from "@aws-sdk/client-ecs";
import { list, structure, text } from "../../server/shape";
import { operation } from "../operation";
import type { OperationContext } from "../operation-context";
import type { ClusterRecord } from "../../state/clusters/clusters";
import { isPending } from "../../state/tasks/task-status";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html */
export const describeClusters = operation({
  name: "DescribeClusters",
  request: structure({
    clusters: list(text(), { max: 100 }),
    include: list(text({ oneOf: ["ATTACHMENTS", "CONFIGURATIONS", "SETTINGS", "STATISTICS", "TAGS"] })),
  }),
  handle({ clusters = ["default"], include = [] }, context) {
    const found: Cluster[] = [];
    const failures: Failure[] = [];
    for (const reference of clusters) {
      const cluster = context.clusters.find(reference);
      if (cluster === undefined) failures.push({ arn: context.clusters.arnOf(reference), reason: "MISSING" });
      else found.push(describeCluster(cluster, context, include));
    }
    return { clusters: found, failures };
  },
});

/** The cluster as the API shows it; `include` names the parts that are shown only when asked for. */
export function describeCluster(
  cluster: ClusterRecord,
  { tasks, containerInstances, services }: OperationContext,
  include: readonly ClusterField[],
): Cluster {
  const { tags = [], settings = [], configuration, ...others } = cluster.settings;
  const statuses = tasks.in(cluster).map(({ task }) => task.lastStatus);
  return {
    clusterArn: cluster.clusterArn,
    clusterName: cluster.clusterName,
    status: cluster.status,
    registeredContainerInstancesCount: containerInstances.in(cluster).length,
    runningTasksCount: statuses.filter((status) => status === "RUNNING").length,
    pendingTasksCount: statuses.filter(isPending).length,
    activeServicesCount: services.in(cluster).length,
    statistics: [],
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
    ...others,
    tags: include.includes("TAGS") ? tags : [],
    settings: include.includes("SETTINGS") ? settings : [],
    ...(include.includes("CONFIGURATIONS") && configuration !== undefined ? { configuration } : {}),
  };
}
