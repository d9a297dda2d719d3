import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { RunPorts } from "./run-ports";

/** The task definition, or `undefined` when it may not be read: then all containers decide, and no log lines are shown. */
export async function readDefinition(
  { ecs }: Pick<RunPorts, "ecs">,
  taskDefinitionArn: string | undefined,
): Promise<TaskDefinition | undefined> {
  if (!taskDefinitionArn) return undefined;
  return ecs.describeTaskDefinition(taskDefinitionArn).catch(() => undefined);
}

/** The names of the essential containers of a task definition; `undefined` when it may not be read. */
export async function essentialContainers(
  ports: RunPorts,
  taskDefinitionArn: string | undefined,
): Promise<readonly string[] | undefined> {
  return essentialIn(await readDefinition(ports, taskDefinitionArn));
}

/** "If the essential parameter … is omitted, a container is assumed to be essential", API_ContainerDefinition. */
export function essentialIn(definition: TaskDefinition | undefined): readonly string[] | undefined {
  const essential = definition?.containerDefinitions?.filter((container) => container.essential !== false);
  return essential?.map((container) => container.name ?? "");
}
