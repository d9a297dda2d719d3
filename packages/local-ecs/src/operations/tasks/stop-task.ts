import { invalidParameter } from "../../server/aws-error";
import { required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { shownTask } from "../../state/tasks/shown-task";
import { isTaskReference } from "../../state/tasks/tasks";

/**
 * A task that has stopped already is answered as it is (AWS documents neither this nor an error).
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html
 */
export const stopTask = operation({
  name: "StopTask",
  request: structure({ cluster: text(), task: required(text(), "Task cannot be empty."), reason: text() }),
  handle(
    { cluster: reference, task, reason = "Task stopped by user" },
    { clusters, tasks, lifecycle, clock },
  ) {
    const cluster = clusters.getActive(reference);
    // Both texts are observed: aws-sdk-js#1466, apache/airflow's ECS executor.
    if (!isTaskReference(task)) throw invalidParameter("Task Identifier is invalid");
    const record = tasks.find(cluster, task);
    if (record === undefined) throw invalidParameter("The referenced task was not found.");
    const stopping = lifecycle.stop(record, reason);
    return { task: { ...shownTask(stopping, clock.now()), tags: stopping.tags } };
  },
});
