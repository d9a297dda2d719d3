import type { ContainerInstance, ContainerInstanceField, Failure } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../server/aws-error";
import { list, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import type { OperationContext } from "../operation-context";
import { candidateOf, taskCounts } from "../../state/placement/candidates";
import type { ContainerInstanceRecord } from "../../state/container-instances/container-instances";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeContainerInstances.html */
export const describeContainerInstances = operation({
  name: "DescribeContainerInstances",
  request: structure({
    cluster: text(),
    containerInstances: required(list(text(), { max: 100 }), "Container instances cannot be empty."),
    include: list(text({ oneOf: ["TAGS", "CONTAINER_INSTANCE_HEALTH"] })),
  }),
  handle({ cluster: reference, containerInstances: wanted, include = [] }, context) {
    if (wanted.length === 0) throw invalidParameter("Container instances cannot be empty.");
    const cluster = context.clusters.getActive(reference);
    const found: ContainerInstance[] = [];
    const failures: Failure[] = [];
    for (const each of new Set(wanted)) {
      const record = context.containerInstances.find(cluster, each);
      if (record === undefined)
        failures.push({ arn: context.containerInstances.arnOf(cluster, each), reason: "MISSING" });
      else found.push(showInstance(record, context, include));
    }
    return { containerInstances: found, failures };
  },
});

/** The instance as the API shows it, with what follows from the tasks on it. */
export function showInstance(
  record: ContainerInstanceRecord,
  { tasks }: OperationContext,
  include: readonly ContainerInstanceField[],
): ContainerInstance {
  const { instance } = record;
  const active = tasks.active(record);
  return {
    versionInfo: {},
    ...instance,
    remainingResources: [...candidateOf(record, active).remaining],
    ...taskCounts(record, active),
    attachments: [],
    tags: include.includes("TAGS") ? [...record.tags] : [],
    ...(include.includes("CONTAINER_INSTANCE_HEALTH")
      ? { healthStatus: { overallStatus: instance.agentConnected ? "OK" : "IMPAIRED", details: [] } }
      : {}),
  };
}
