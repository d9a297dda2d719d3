import type { Resource } from "@aws-sdk/client-ecs";

/** What a task takes of a container instance: CPU units, memory in MiB, and ports of the host. */
export interface Demand {
  readonly cpu: number;
  readonly memory: number;
  readonly tcpPorts: readonly number[];
  readonly udpPorts: readonly number[];
}

export type ResourceName = "CPU" | "MEMORY" | "PORTS" | "PORTS_UDP";

/** What is left of an instance's resources. Of ports, a list says which are taken, not which are left. */
export function remainingResources(
  registered: readonly Resource[],
  demands: readonly Demand[],
): readonly Resource[] {
  return registered.map((resource) => {
    const { name, integerValue = 0, stringSetValue = [] } = resource;
    const sum = (of: (demand: Demand) => number): number => demands.reduce((all, each) => all + of(each), 0);
    if (name === "CPU") return { ...resource, integerValue: integerValue - sum(({ cpu }) => cpu) };
    if (name === "MEMORY") return { ...resource, integerValue: integerValue - sum(({ memory }) => memory) };
    if (name !== "PORTS" && name !== "PORTS_UDP") return resource;
    const taken = demands.flatMap((demand) => portsOf(demand, name)).map(String);
    return { ...resource, stringSetValue: [...stringSetValue, ...taken] };
  });
}

/** The first resource of which not enough is left; undefined when the task fits. */
export function lackingResource(remaining: readonly Resource[], demand: Demand): ResourceName | undefined {
  const of = (wanted: ResourceName): Resource => remaining.find(({ name }) => name === wanted) ?? {};
  const collides = (name: "PORTS" | "PORTS_UDP"): boolean =>
    portsOf(demand, name).some((port) => of(name).stringSetValue?.includes(String(port)));
  if (demand.cpu > (of("CPU").integerValue ?? 0)) return "CPU";
  if (demand.memory > (of("MEMORY").integerValue ?? 0)) return "MEMORY";
  if (collides("PORTS")) return "PORTS";
  return collides("PORTS_UDP") ? "PORTS_UDP" : undefined;
}

function portsOf({ tcpPorts, udpPorts }: Demand, name: "PORTS" | "PORTS_UDP"): readonly number[] {
  return name === "PORTS" ? tcpPorts : udpPorts;
}
