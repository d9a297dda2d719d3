import type { ClusterRecord } from "./clusters";
import type { ContainerInstanceRecord, ContainerInstances } from "./container-instances";
import type { Candidate } from "./placement";
import { remainingResources } from "./resources";
import { isStopped, type TaskRecord } from "./task-record";
import type { Tasks } from "./tasks";

/** The instances of a cluster as placement and cluster queries see them, each with the tasks that are on it. */
export function candidatesIn(
  cluster: ClusterRecord,
  { containerInstances, tasks }: { readonly containerInstances: ContainerInstances; readonly tasks: Tasks },
): readonly Candidate[] {
  const active = tasks.in(cluster).filter((record) => !isStopped(record));
  return containerInstances.in(cluster).map((record) => candidateOf(record, active));
}

/** @param active - the tasks of its cluster that have not stopped: only these hold resources. */
export function candidateOf(record: ContainerInstanceRecord, active: readonly TaskRecord[]): Candidate {
  const { instance } = record;
  const own = active.filter(({ task }) => task.containerInstanceArn === instance.containerInstanceArn);
  const taskGroups = own.map(({ task }) => task.group ?? "");
  return {
    containerInstanceArn: instance.containerInstanceArn,
    agentConnected: instance.agentConnected,
    attributes: instance.attributes,
    remaining: remainingResources(
      instance.registeredResources,
      own.map(({ demand }) => demand),
    ),
    taskGroups,
    subject: subjectOf(record, own, taskGroups),
  };
}

function subjectOf(
  { instance }: ContainerInstanceRecord,
  own: readonly TaskRecord[],
  taskGroups: readonly string[],
): Candidate["subject"] {
  const counted = (status: string): string =>
    String(own.filter(({ task }) => task.lastStatus === status).length);
  return (name) => {
    if (name.startsWith("attribute:"))
      return instance.attributes
        .filter((attribute) => `attribute:${attribute.name ?? ""}` === name)
        .map(({ value = "" }) => value);
    switch (name) {
      case "agentConnected":
        return [String(instance.agentConnected)];
      case "agentVersion":
        return [instance.versionInfo?.agentVersion ?? ""];
      case "ec2InstanceId":
        return [instance.ec2InstanceId];
      case "registeredAt":
        return [instance.registeredAt.toISOString()];
      case "runningTasksCount":
        return [counted("RUNNING")];
      case "pendingTasksCount":
        return [counted("PENDING")];
      case "task:group":
        return taskGroups;
      default:
        return [];
    }
  };
}
