import { clientException, invalidParameter } from "../../server/aws-error";
import { flag, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { changedInstance } from "../../state/container-instances/container-instances";
import { isStopped } from "../../state/tasks/task-record";
import { showInstance } from "./describe-container-instances";

/**
 * With `force`, tasks that still run there go on, and go on being reported: nothing ends their agent, which is this server's.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeregisterContainerInstance.html
 */
export const deregisterContainerInstance = operation({
  name: "DeregisterContainerInstance",
  request: structure({ cluster: text(), containerInstance: required(text()), force: flag }),
  handle({ cluster: reference, containerInstance, force = false }, context) {
    const cluster = context.clusters.getActive(reference);
    const record = context.containerInstances.find(cluster, containerInstance);
    if (record === undefined) throw clientException("The referenced container instance was not found.");
    const own = context.tasks
      .in(cluster)
      .filter(({ task }) => task.containerInstanceArn === record.instance.containerInstanceArn);
    // That force is needed is documented; the text is moto's.
    if (!force && !own.every(isStopped)) throw invalidParameter("Found running tasks on the instance.");
    const inactive = changedInstance(record, { status: "INACTIVE", agentConnected: false });
    return { containerInstance: showInstance(context.containerInstances.put(inactive), context, ["TAGS"]) };
  },
});
