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
  handle(request, backend) {
    const cluster = backend.clusters.getActive(request.cluster);
    if (!backend.tasks.in(cluster).every(isStopped))
      throw new AwsError(
        "ClusterContainsTasksException",
        "The Cluster cannot be deleted while Tasks are active.",
      );
    if (backend.services.in(cluster).length > 0)
      throw new AwsError(
        "ClusterContainsServicesException",
        "The Cluster cannot be deleted while Services are active.",
      );
    const instances = backend.containerInstances.in(cluster);
    if (!instances.every(({ isDefault }) => isDefault))
      throw new AwsError(
        "ClusterContainsContainerInstancesException",
        "The Cluster cannot be deleted while Container Instances are active or draining.",
      );
    for (const instance of instances)
      backend.containerInstances.put(changedInstance(instance, { status: "INACTIVE" }));
    return { cluster: describeCluster(backend.clusters.deactivate(cluster), backend, []) };
  },
});
