import type { Backend } from "../operations/operation";
import { changedInstance } from "../state/container-instances/container-instances";

export function setAgentConnected(
  containerInstanceArn: string,
  agentConnected: boolean,
  { containerInstances }: Backend,
): void {
  const record = containerInstances.get(containerInstanceArn);
  if (record === undefined)
    throw new Error(
      `There is no container instance ${containerInstanceArn}. Give the full ARN of a registered one.`,
    );
  containerInstances.put(changedInstance(record, { agentConnected }));
}
