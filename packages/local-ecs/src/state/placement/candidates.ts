import type { ClusterRecord } from "../clusters/clusters";
import type { ContainerInstanceRecord, ContainerInstances } from "../container-instances/container-instances";
import type { Candidate } from "./placement";
import { remainingResources } from "./resources";
import type { TaskRecord } from "../tasks/task-record";
import type { Tasks } from "../tasks/tasks";

/** The instances of a cluster as placement and cluster queries see them, each with the tasks that are on it. */
export function candidatesIn(
  cluster: ClusterRecord,
  { containerInstances, tasks }: { readonly containerInstances: ContainerInstances; readonly tasks: Tasks },
): readonly Candidate[] {
  const active = tasks.active(cluster);
  return containerInstances.in(cluster).map((record) => candidateOf(record, active));
}

/** @param active - the tasks of its cluster that have not stopped. */
export function candidateOf(record: ContainerInstanceRecord, active: readonly TaskRecord[]): Candidate {
  const { instance } = record;
  const own = tasksOn(record, active);
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

/** "that have a desired status of RUNNING" and "that are in the PENDING status": API_ContainerInstance.html (read 2026-11). */
export function taskCounts(
  record: ContainerInstanceRecord,
  active: readonly TaskRecord[],
): { readonly runningTasksCount: number; readonly pendingTasksCount: number } {
  const own = tasksOn(record, active);
  return {
    runningTasksCount: own.filter(({ task }) => task.desiredStatus === "RUNNING").length,
    pendingTasksCount: own.filter(({ task }) => task.lastStatus === "PENDING").length,
  };
}

function tasksOn(
  { instance }: ContainerInstanceRecord,
  active: readonly TaskRecord[],
): readonly TaskRecord[] {
  return active.filter(({ task }) => task.containerInstanceArn === instance.containerInstanceArn);
}

function subjectOf(
  record: ContainerInstanceRecord,
  own: readonly TaskRecord[],
  taskGroups: readonly string[],
): Candidate["subject"] {
  const { instance } = record;
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
      case "pendingTasksCount":
        return [String(taskCounts(record, own)[name])];
      case "task:group":
        return taskGroups;
      default:
        return [];
    }
  };
}
