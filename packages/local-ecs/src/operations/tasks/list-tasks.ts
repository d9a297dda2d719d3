import { AwsError, invalidParameter } from "../../server/aws-error";
import { integer, structure, text, type Value } from "../../server/shape";
import { operation } from "../operation";
import { lastPart } from "../../state/arn";
import type { TaskRecord } from "../../state/tasks/task-record";
import { page } from "../page";

const request = structure({
  cluster: text(),
  family: text(),
  containerInstance: text(),
  serviceName: text(),
  startedBy: text({ max: 128 }),
  launchType: text({ oneOf: ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"] }),
  desiredStatus: text({ oneOf: ["RUNNING", "PENDING", "STOPPED"] }),
  maxResults: integer({ min: 1, max: 100 }),
  nextToken: text(),
});

export type TaskFilters = Value<typeof request>;

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
export const listTasks = operation({
  name: "ListTasks",
  request,
  handle(filters, { clusters, services, tasks, visibility }) {
    checkFilters(filters);
    const cluster = clusters.getActive(filters.cluster);
    const { serviceName } = filters;
    if (serviceName !== undefined && services.find(cluster, serviceName) === undefined)
      throw new AwsError("ServiceNotFoundException", "Service not found.");
    const matching = tasks
      .in(cluster, filters)
      .filter((record) => matches(record, filters) && visibility.shows("ListTasks", record));
    const { items, nextToken } = page(
      matching.map(({ task }) => task.taskArn),
      filters,
    );
    return { taskArns: items, ...nextToken };
  },
});

/**
 * "When you specify startedBy as the value, it must be the only filter that you use": the documented rule.
 * A desiredStatus of RUNNING is the default and passes: released clients send both (observed: Apache Airflow).
 * The text is observed on AWS.
 */
function checkFilters({
  startedBy,
  family,
  containerInstance,
  serviceName,
  launchType,
  desiredStatus,
}: TaskFilters): void {
  const others = [
    family,
    containerInstance,
    serviceName,
    launchType,
    desiredStatus === "RUNNING" ? undefined : desiredStatus,
  ];
  if (startedBy !== undefined && others.some((filter) => filter !== undefined))
    throw invalidParameter("cannot specify startedBy with other arguments");
}

/** By default tasks that are meant to run; a task's desiredStatus is never PENDING, so that filter matches nothing. */
function matches({ task, definition }: TaskRecord, filters: TaskFilters): boolean {
  const {
    desiredStatus = "RUNNING",
    family,
    startedBy,
    launchType,
    serviceName,
    containerInstance,
  } = filters;
  return (
    task.desiredStatus === desiredStatus &&
    (family === undefined || definition.family === family) &&
    (startedBy === undefined || task.startedBy === startedBy) &&
    (launchType === undefined || task.launchType === launchType) &&
    (serviceName === undefined || task.group === `service:${lastPart(serviceName)}`) &&
    (containerInstance === undefined ||
      lastPart(task.containerInstanceArn ?? "") === lastPart(containerInstance))
  );
}
