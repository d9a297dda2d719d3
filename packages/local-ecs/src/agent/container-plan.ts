import type { ContainerDefinition, ContainerOverride, KeyValuePair, Volume } from "@aws-sdk/client-ecs";
import type { Dependency } from "./dependencies";
import { planHealthCheck, type HealthCheckPlan } from "./health-check";
import type { TaskPayload } from "./task-payload";

/** ECS stops a container by force after 30 seconds, unless its definition says otherwise. @see API_ContainerDefinition.html */
const DEFAULT_STOP_TIMEOUT_SECONDS = 30;

/** What the agent has to do for one container. */
export interface ContainerPlan {
  readonly name: string;
  readonly image: string;
  readonly isEssential: boolean;
  readonly entryPoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** References to files with further variables, the ones that win first. */
  readonly environmentFiles: readonly string[];
  /** Variable → where its value is kept. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly workingDirectory: string | undefined;
  readonly user: string | undefined;
  /** CPU units: 1024 are one CPU. */
  readonly cpu: number;
  /** The hard limit, in MiB; more memory than that is the container's end. */
  readonly memoryMib: number | undefined;
  readonly isOffline: boolean;
  readonly mountPoints: readonly MountPoint[];
  readonly dependsOn: readonly Dependency[];
  readonly healthCheck: HealthCheckPlan | undefined;
  /** After so long, nobody waits any more for this container to be complete or healthy. */
  readonly startTimeoutMs: number | undefined;
  readonly stopTimeoutMs: number;
  readonly logs: LogPlan | undefined;
}

export interface LogPlan {
  readonly group: string;
  /** Absent: the stream is named after the container's runtime id. */
  readonly streamPrefix: string | undefined;
}

export interface MountPoint {
  readonly volume: string;
  /** Undefined for a volume that is the task's own. */
  readonly hostPath: string | undefined;
  readonly target: string;
  readonly isReadOnly: boolean;
}

/** The containers of a task, each definition combined with its override. */
export function planContainers(payload: TaskPayload): readonly ContainerPlan[] {
  return payload.containerDefinitions.map((definition) =>
    planContainer(
      payload,
      definition,
      payload.containerOverrides.filter(({ name }) => name === definition.name),
    ),
  );
}

/**
 * An override's command replaces the definition's, its variables come on top; an empty command counts as none.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerOverride.html (read 2026-11)
 */
function planContainer(
  { networkMode, volumes, memoryMib: taskMemoryMib }: TaskPayload,
  definition: ContainerDefinition,
  overrides: readonly ContainerOverride[],
): ContainerPlan {
  const { name = "", image = "", entryPoint, workingDirectory, user, essential = true } = definition;
  const { startTimeout, stopTimeout, secrets = [], dependsOn = [] } = definition;
  const ownMemoryMib = overrides.findLast(({ memory }) => memory !== undefined)?.memory ?? definition.memory;
  const command = overrides
    .map((override) => override.command)
    .findLast((given) => given !== undefined && given.length > 0);
  return {
    name,
    image,
    isEssential: essential,
    entryPoint,
    command: command ?? definition.command,
    environment: Object.fromEntries(
      [definition, ...overrides].flatMap(({ environment = [] }) => environment.map(variable)),
    ),
    environmentFiles: [...overrides.toReversed(), definition].flatMap(({ environmentFiles = [] }) =>
      environmentFiles.map(({ value = "" }) => value),
    ),
    secrets: Object.fromEntries(
      secrets.map(({ name: variable = "", valueFrom = "" }) => [variable, valueFrom]),
    ),
    workingDirectory,
    user,
    cpu: overrides.findLast(({ cpu }) => cpu !== undefined)?.cpu ?? definition.cpu ?? 0,
    // The task's limit is one for all its containers, so that none of them may exceed it.
    memoryMib: ownMemoryMib ?? taskMemoryMib,
    isOffline: networkMode === "none" || definition.disableNetworking === true,
    mountPoints: planMountPoints(definition, volumes),
    dependsOn: dependsOn.map(({ containerName = "", condition = "START" }) => ({ containerName, condition })),
    healthCheck: planHealthCheck(definition),
    startTimeoutMs: startTimeout === undefined ? undefined : startTimeout * 1000,
    stopTimeoutMs: (stopTimeout ?? DEFAULT_STOP_TIMEOUT_SECONDS) * 1000,
    logs: planLogs(definition),
  };
}

function planMountPoints(
  { mountPoints = [] }: ContainerDefinition,
  volumes: readonly Volume[],
): readonly MountPoint[] {
  return mountPoints.map(({ sourceVolume: volume = "", containerPath: target = "", readOnly = false }) => ({
    volume,
    hostPath: volumes.find(({ name }) => name === volume)?.host?.sourcePath,
    target,
    isReadOnly: readOnly,
  }));
}

function planLogs({ logConfiguration }: ContainerDefinition): LogPlan | undefined {
  const group = logConfiguration?.options?.["awslogs-group"];
  if (logConfiguration?.logDriver !== "awslogs" || group === undefined) return undefined;
  return { group, streamPrefix: logConfiguration.options?.["awslogs-stream-prefix"] };
}

function variable({ name = "", value = "" }: KeyValuePair): readonly [string, string] {
  return [name, value];
}
