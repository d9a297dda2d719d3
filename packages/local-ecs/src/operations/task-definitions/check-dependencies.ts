import type { ContainerCondition, ContainerDefinition } from "@aws-sdk/client-ecs";
import { clientException } from "../../server/aws-error";

/**
 * The rules of `dependsOn`, without which containers would wait for ever.
 * @throws ClientException. AWS documents the rules about conditions; the texts are ours.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html (read 2026-11)
 */
export function checkDependencies(containers: readonly ContainerDefinition[]): void {
  for (const { name = "", dependsOn = [] } of containers)
    for (const { containerName = "", condition } of dependsOn) {
      const other = containers.find((each) => each.name === containerName);
      if (other === undefined || containerName === name)
        throw clientException(
          `Container ${name} depends on ${containerName}, which is no other container of the task definition.`,
        );
      const obstacle = obstacleTo(condition, other);
      if (obstacle !== undefined)
        throw clientException(
          `Container ${name} depends on ${condition ?? ""} of ${containerName}, which ${obstacle}.`,
        );
    }
  checkOrder(containers);
}

function obstacleTo(
  condition: ContainerCondition | undefined,
  { essential, healthCheck }: ContainerDefinition,
): string | undefined {
  if (condition === "HEALTHY") return healthCheck === undefined ? "has no health check" : undefined;
  if (condition === "START") return undefined;
  return essential === false ? undefined : "is essential";
}

/** Starts them in thought, one after another, until nobody is left who could be next. */
function checkOrder(containers: readonly ContainerDefinition[]): void {
  let waiting = containers;
  for (;;) {
    const names = waiting.map(({ name }) => name);
    const left = waiting.filter(({ dependsOn = [] }) =>
      dependsOn.some(({ containerName }) => names.includes(containerName)),
    );
    if (left.length === 0) return;
    if (left.length === waiting.length)
      throw clientException(`Containers could never start, as dependencies go round: ${names.join(", ")}.`);
    waiting = left;
  }
}
