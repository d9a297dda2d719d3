import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { isOver } from "./is-over";
import { hasContainerRun, type ContainerRecord, type TaskRecord } from "./task-record";

/** A container that is not started before another one is where it should be: `dependsOn` in the task definition. */
export interface Dependency {
  /** The container that waits. */
  readonly container: string;
  /** The one that it waits for. */
  readonly on: string;
  /** `START`, `COMPLETE`, `SUCCESS` or `HEALTHY`. */
  readonly condition: string;
}

/** All dependencies between the containers of a task definition. */
export function dependenciesIn(definition: TaskDefinition | undefined): readonly Dependency[] {
  return (definition?.containerDefinitions ?? []).flatMap(({ name = "", dependsOn = [] }) =>
    dependsOn.map(({ containerName = "", condition = "START" }) => ({
      container: name,
      on: containerName,
      condition,
    })),
  );
}

/** A dependency that did not come about. */
export interface FailedDependency extends Dependency {
  /** The container that was waited for. */
  readonly failed: ContainerRecord;
}

/** The containers of a task, and which of them waits for which. */
interface StartOrder {
  readonly containers: readonly ContainerRecord[];
  readonly dependencies: readonly Dependency[];
}

/**
 * Why a container was never started: the dependencies that did not come about by somebody's own failure, through
 * all that waited for each other.
 */
export function failedDependencies(
  waiting: ContainerRecord,
  order: StartOrder,
  visited: readonly string[] = [],
): readonly FailedDependency[] {
  if (hasContainerRun(waiting) || visited.includes(waiting.name)) return [];
  return order.dependencies
    .filter(({ container }) => container === waiting.name)
    .flatMap((dependency): readonly FailedDependency[] => {
      const on = order.containers.find(({ name }) => name === dependency.on);
      if (!on) return [];
      const deeper = failedDependencies(on, order, [...visited, waiting.name]);
      if (deeper.length > 0) return deeper;
      return hasFailed(on, dependency.condition) ? [{ ...dependency, failed: on }] : [];
    });
}

/**
 * The dependencies that kept a container of a task that is over from starting. Judging these tasks by them alone names the same
 * culprits as judging them by all dependencies: of a container that is not among them, no dependency failed.
 */
export function decisiveDependencies(
  tasks: readonly TaskRecord[],
  dependencies: readonly Dependency[],
): readonly Dependency[] {
  const wasKept = (container: string) =>
    tasks.filter(isOver).some(({ containers }) => {
      const waiting = containers.find(({ name }) => name === container);
      return waiting !== undefined && failedDependencies(waiting, { containers, dependencies }).length > 0;
    });
  return dependencies.filter(({ container }) => wasKept(container));
}

/** Whether a container did something itself that keeps those waiting that depend on it. */
function hasFailed({ exitCode, reason, healthStatus }: ContainerRecord, condition: string): boolean {
  switch (condition) {
    case "SUCCESS":
      return exitCode === undefined ? reason !== undefined : exitCode !== 0;
    case "HEALTHY":
      return healthStatus === "UNHEALTHY" || exitCode !== undefined || reason !== undefined;
    default:
      return exitCode === undefined && reason !== undefined;
  }
}
