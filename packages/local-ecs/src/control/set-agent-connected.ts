import type { OperationContext } from "../operations/operation-context";
import { changedInstance } from "../state/container-instances/container-instances";

export function setAgentConnected(
  containerInstanceArn: string,
  agentConnected: boolean,
  { containerInstances }: OperationContext,
): void {
  const record = containerInstances.get(containerInstanceArn);
  if (record === undefined)
    throw new Error(
      `There is no container instance ${containerInstanceArn}. Give the full ARN of a registered one.`,
    );
  containerInstances.put(changedInstance(record, { agentConnected }));
}
