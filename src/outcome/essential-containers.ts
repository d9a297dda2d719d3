import type { TaskDefinition } from "@aws-sdk/client-ecs";

/** "If the essential parameter … is omitted, a container is assumed to be essential", API_ContainerDefinition. */
export function essentialIn(definition: TaskDefinition | undefined): readonly string[] | undefined {
  const essential = definition?.containerDefinitions?.filter((container) => container.essential !== false);
  return essential?.map((container) => container.name ?? "");
}
