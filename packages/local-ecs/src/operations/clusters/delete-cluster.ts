import { AwsError } from "../../server/aws-error";
import { required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { changedInstance } from "../../state/container-instances/container-instances";
import { isStopped } from "../../state/tasks/task-record";
import { describeCluster } from "./describe-clusters";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html */
export const deleteCluster = operation({
  name: "DeleteCluster",
  request: structure({ cluster: required(text()) }),
  handle(request, context) {
    const cluster = context.clusters.getActive(request.cluster);
    if (!context.tasks.in(cluster).every(isStopped))
      throw new AwsError(
        "ClusterContainsTasksException",
        "The Cluster cannot be deleted while Tasks are active.",
      );
    if (context.services.in(cluster).length > 0)
      throw new AwsError(
        "ClusterContainsServicesException",
        "The Cluster cannot be deleted while Services are active.",
      );
    const instances = context.containerInstances.in(cluster);
    if (!instances.every(({ isDefault }) => isDefault))
      throw new AwsError(
        "ClusterContainsContainerInstancesException",
        "The Cluster cannot be deleted while Container Instances are active or draining.",
      );
    for (const instance of instances)
      context.containerInstances.put(changedInstance(instance, { status: "INACTIVE" }));
    return { cluster: describeCluster(context.clusters.deactivate(cluster), context, []) };
  },
});
