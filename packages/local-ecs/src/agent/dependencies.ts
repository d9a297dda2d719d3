import type { ContainerCondition } from "@aws-sdk/client-ecs";

/** What a container waits for before it is pulled and started. */
export interface Dependency {
  readonly containerName: string;
  readonly condition: ContainerCondition;
}

/** What is known of the container that another one waits for. */
export interface DependencyState {
  readonly status: "PENDING" | "RUNNING" | "STOPPED";
  readonly exitCode: number | undefined;
  readonly isHealthy: boolean;
  /** It runs for longer than its `startTimeout`. */
  readonly isLate: boolean;
  /** It has stopped without ever having run. */
  readonly hasNotStarted: boolean;
}

/** `met`, `waiting`, or why it can never be met. */
export type Resolution = "met" | "waiting" | { readonly impossible: string };

/**
 * Whether a container may start as far as this one dependency goes. A HEALTHY that never comes is waited for without
 * end, as the real agent does, unless the dependency has a `startTimeout`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html (read 2026-11); rules and
 * texts: amazon-ecs-agent, agent/engine/dependencygraph/graph.go.
 */
export function resolveDependency(
  target: string,
  { containerName, condition }: Dependency,
  state: DependencyState | undefined,
): Resolution {
  const of = `container ordering dependency [${containerName}] for target [${target}]`;
  const impossible = (why: string): Resolution => ({ impossible: `dependency graph: ${why}` });
  if (state === undefined) return impossible(`${of} does not exist.`);
  if (state.isLate && condition !== "START") return impossible(`${of} has timed out.`);
  if (condition === "SUCCESS" && state.status === "STOPPED" && state.exitCode !== 0)
    return impossible(`failed to resolve ${of} as dependency did not exit successfully.`);
  if (state.hasNotStarted) return impossible(`failed to resolve ${of} because dependency will never start`);
  return isMet(condition, state) ? "met" : "waiting";
}

function isMet(condition: ContainerCondition, { status, isHealthy }: DependencyState): boolean {
  switch (condition) {
    case "START":
      return status !== "PENDING";
    case "COMPLETE":
    case "SUCCESS":
      return status === "STOPPED";
    case "HEALTHY":
      return isHealthy;
  }
}

/** Of all a container waits for: the first that can never come decides, then any that has not come yet. */
export function resolveAll(resolutions: readonly Resolution[]): Resolution {
  return (
    resolutions.find((resolution) => typeof resolution === "object") ??
    (resolutions.includes("waiting") ? "waiting" : "met")
  );
}
