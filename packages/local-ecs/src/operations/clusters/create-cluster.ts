import type { Cluster, ClusterSetting, Tag } from "@aws-sdk/client-ecs";
import { list, opaque, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { describeCluster } from "./describe-clusters";
import { capacityProviderStrategy, tags } from "../common-shapes";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html */
export const createCluster = operation({
  name: "CreateCluster",
  request: structure({
    clusterName: text({ max: 255, pattern: /^[A-Za-z0-9_-]+$/ }),
    tags,
    settings: list(opaque<ClusterSetting>()),
    configuration: opaque<Cluster["configuration"]>(),
    capacityProviders: list(text()),
    defaultCapacityProviderStrategy: capacityProviderStrategy,
    serviceConnectDefaults: opaque<Cluster["serviceConnectDefaults"]>(),
  }),
  handle({ clusterName = "default", tags: given = [], ...settings }, context) {
    const isNew = context.clusters.find(clusterName)?.status !== "ACTIVE";
    const cluster = context.clusters.create(clusterName, {
      ...settings,
      tags: given as Tag[],
    } as Partial<Cluster>);
    if (isNew && context.hasDefaultInstance)
      context.containerInstances.putDefault(cluster, context.clock.now());
    return { cluster: describeCluster(cluster, context, ["TAGS", "SETTINGS", "CONFIGURATIONS"]) };
  },
});
