import type { ContainerDefinition, PortMapping, TaskOverride } from "@aws-sdk/client-ecs";
import type { Demand } from "./resources";
import { taskUnits } from "../task-definitions/task-size";
import type { StoredTaskDefinition } from "../task-definitions/task-definitions";

/**
 * What the task reserves on a container instance: the task's size where it has one, else the sum of its containers,
 * of which each takes its memoryReservation, or its memory where it has none.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html (read 2026-11)
 */
export function demandOf(definition: StoredTaskDefinition, overrides: TaskOverride = {}): Demand {
  const containers = definition.containerDefinitions.map((container) => overridden(container, overrides));
  const sum = (of: (container: ContainerDefinition) => number | undefined): number =>
    containers.reduce((all, container) => all + (of(container) ?? 0), 0);
  const ports = hostPorts(definition);
  return {
    cpu: taskUnits(overrides.cpu ?? definition.cpu, "vcpu") ?? sum(({ cpu }) => cpu),
    memory:
      taskUnits(overrides.memory ?? definition.memory, "gb") ??
      sum(({ memory, memoryReservation }) => memoryReservation ?? memory),
    tcpPorts: ports.filter(({ protocol }) => protocol !== "udp").map(({ port }) => port),
    udpPorts: ports.filter(({ protocol }) => protocol === "udp").map(({ port }) => port),
  };
}

function overridden(
  container: ContainerDefinition,
  { containerOverrides = [] }: TaskOverride,
): ContainerDefinition {
  const override = containerOverrides.findLast(({ name }) => name === container.name);
  return {
    cpu: override?.cpu ?? container.cpu,
    memory: override?.memory ?? container.memory,
    memoryReservation: override?.memoryReservation ?? container.memoryReservation,
  };
}

/** Ports that are fixed: a host port of 0 is chosen when the container starts; a task with its own network takes none. */
function hostPorts({ networkMode = "bridge", containerDefinitions }: StoredTaskDefinition) {
  if (networkMode !== "bridge" && networkMode !== "host") return [];
  return containerDefinitions
    .flatMap(({ portMappings = [] }): PortMapping[] => portMappings)
    .map(({ protocol, hostPort, containerPort }) => ({
      protocol,
      port: hostPort ?? (networkMode === "host" ? containerPort : undefined) ?? 0,
    }))
    .filter(({ port }) => port > 0);
}
