import { AwsError } from "../http/aws-error";
import { required, structure, text } from "../http/shape";
import { verb } from "../http/verb";
import { isStopped } from "../state/task-record";
import { describeCluster } from "./describe-clusters";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteCluster.html */
export const deleteCluster = verb({
  name: "DeleteCluster",
  request: structure({ cluster: required(text()) }),
  handle(request, backend) {
    const cluster = backend.clusters.getActive(request.cluster);
    if (!backend.tasks.in(cluster).every(isStopped))
      throw new AwsError(
        "ClusterContainsTasksException",
        "The Cluster cannot be deleted while Tasks are active.",
      );
    return { cluster: describeCluster(backend.clusters.deactivate(cluster), backend, []) };
  },
});
