import type { ContainerInstance, Failure } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../server/aws-error";
import { list, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { changedInstance } from "../../state/container-instances/container-instances";
import { showInstance } from "./describe-container-instances";

/**
 * DRAINING keeps new tasks away; tasks that run there and belong to no service are not touched.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateContainerInstancesState.html
 */
export const updateContainerInstancesState = operation({
  name: "UpdateContainerInstancesState",
  request: structure({
    cluster: text(),
    containerInstances: required(list(text(), { max: 10 }), "Container instances cannot be empty."),
    status: required(text({ oneOf: ["ACTIVE", "DRAINING"] })),
  }),
  handle({ cluster: reference, containerInstances: wanted, status }, context) {
    if (wanted.length === 0) throw invalidParameter("Container instances cannot be empty.");
    const { containerInstances, clusters } = context;
    const cluster = clusters.getActive(reference);
    const updated: ContainerInstance[] = [];
    const failures: Failure[] = [];
    for (const each of wanted) {
      const record = containerInstances.find(cluster, each);
      const arn = containerInstances.arnOf(cluster, each);
      if (record === undefined) failures.push({ arn, reason: "MISSING" });
      else if (record.instance.status === "INACTIVE") failures.push({ arn, reason: "INACTIVE" });
      else
        updated.push(showInstance(containerInstances.put(changedInstance(record, { status })), context, []));
    }
    return { containerInstances: updated, failures };
  },
});
