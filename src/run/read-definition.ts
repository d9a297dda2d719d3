import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { essentialIn } from "../outcome/essential-containers";
import { askPatiently } from "../aws/pace/ask-patiently";
import type { RunPorts } from "./ports/run-ports";

/** What reading a task definition needs. */
type DefinitionPorts = Pick<RunPorts, "ecs" | "clock" | "random" | "status">;

/** The task definition, or `undefined` when it may not be read: then all containers decide, and no log lines are shown. */
export async function readDefinition(
  ports: DefinitionPorts,
  taskDefinitionArn: string | undefined,
): Promise<TaskDefinition | undefined> {
  if (!taskDefinitionArn) return undefined;
  // Patiently: judged without it, the failure of a sidecar would fail the run.
  return askPatiently(ports, "DescribeTaskDefinition", () =>
    ports.ecs.describeTaskDefinition(taskDefinitionArn),
  ).catch(() => undefined);
}

/** The names of the essential containers of a task definition; `undefined` when it may not be read. */
export async function essentialContainers(
  ports: DefinitionPorts,
  taskDefinitionArn: string | undefined,
): Promise<readonly string[] | undefined> {
  return essentialIn(await readDefinition(ports, taskDefinitionArn));
}
