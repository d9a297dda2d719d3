import type { ContainerDefinition, ContainerOverride, Volume } from "@aws-sdk/client-ecs";

/**
 * What the server tells the agent about a task: to run it, or, when `desiredStatus` is STOPPED, to stop it. The real
 * agent gets the like of it as PayloadMessage over its web socket (observed: amazon-ecs-agent 1.105, ecs-agent/acs).
 */
export interface TaskPayload {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly containerDefinitions: readonly ContainerDefinition[];
  readonly containerOverrides: readonly ContainerOverride[];
  /** Container name → ARN. */
  readonly containerArns: Readonly<Record<string, string>>;
  /** What all containers together may use. */
  readonly memoryMib: number | undefined;
  readonly family: string;
  readonly revision: number;
  readonly networkMode: string | undefined;
  readonly volumes: readonly Volume[];
  readonly launchType: string | undefined;
  readonly availabilityZone: string | undefined;
}
