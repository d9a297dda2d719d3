import type { ContainerStateChange } from "@aws-sdk/client-ecs";
import { clientException, invalidParameter } from "../../server/aws-error";
import { integer, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { networkBindings } from "../common-shapes";

/** For agents. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_SubmitContainerStateChange.html */
export const submitContainerStateChange = operation({
  name: "SubmitContainerStateChange",
  request: structure({
    cluster: text(),
    task: text(),
    containerName: text(),
    runtimeId: text({ max: 255 }),
    status: text(),
    exitCode: integer(),
    reason: text({ max: 1024 }),
    networkBindings,
  }),
  handle({ cluster, task, ...change }, { clusters, tasks, lifecycle }) {
    if (task === undefined) throw clientException("Task cannot be empty.");
    const record = tasks.find(clusters.getActive(cluster), task);
    if (record === undefined) throw invalidParameter("The referenced task was not found.");
    if (!record.task.containers.some(({ name }) => name === change.containerName))
      throw clientException("The task has no container of that name.");
    lifecycle.reportContainer(record, change as ContainerStateChange);
    return { acknowledgment: "ACK" };
  },
});
