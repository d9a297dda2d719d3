import type { CapacityProviderStrategyItem, RunTaskRequest } from "@aws-sdk/client-ecs";
import type { ClusterRecord } from "./clusters";

/**
 * The capacity provider that gets the task: of the strategy that was asked for, else of the cluster's default. Undefined
 * where the launch type says it, or nothing does.
 */
export function capacityProviderOf(
  { launchType, capacityProviderStrategy: asked = [] }: RunTaskRequest,
  { settings }: ClusterRecord,
): string | undefined {
  if (launchType !== undefined) return undefined;
  return chosen(asked.length > 0 ? asked : (settings.defaultCapacityProviderStrategy ?? []));
}

/**
 * Each task is launched as if it were the first: a base comes before the weights, and without a weight none is placed.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html (read 2026-11)
 */
function chosen(strategy: readonly CapacityProviderStrategyItem[]): string | undefined {
  const based = strategy.find(({ base = 0 }) => base > 0);
  const [heaviest] = strategy.toSorted(({ weight: one = 0 }, { weight: other = 0 }) => other - one);
  return (based ?? heaviest)?.capacityProvider;
}
