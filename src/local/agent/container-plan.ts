import type { ContainerDefinition, ContainerOverride, KeyValuePair } from "@aws-sdk/client-ecs";
import type { TaskPayload } from "./task-payload";

/** ECS stops a container by force after 30 seconds, unless its definition says otherwise. @see API_ContainerDefinition.html */
const defaultStopTimeoutSeconds = 30;

/** What the agent has to do for one container. */
export interface ContainerPlan {
  readonly name: string;
  readonly image: string;
  readonly isEssential: boolean;
  readonly entryPoint: readonly string[] | undefined;
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string | undefined;
  readonly stopTimeoutMs: number;
  readonly logs: LogPlan | undefined;
}

export interface LogPlan {
  readonly group: string;
  /** Absent: the stream is named after the container's runtime id. */
  readonly streamPrefix: string | undefined;
}

/** The containers of a task, each definition combined with its override. */
export function planContainers({
  containerDefinitions,
  containerOverrides,
}: TaskPayload): readonly ContainerPlan[] {
  return containerDefinitions.map((definition) =>
    planContainer(
      definition,
      containerOverrides.filter(({ name }) => name === definition.name),
    ),
  );
}

/**
 * An override's command replaces the definition's, its variables come on top; an empty command counts as none.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerOverride.html (read 2026-11)
 */
function planContainer(
  definition: ContainerDefinition,
  overrides: readonly ContainerOverride[],
): ContainerPlan {
  const { name = "", image = "", entryPoint, workingDirectory, essential = true, stopTimeout } = definition;
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
    workingDirectory,
    stopTimeoutMs: (stopTimeout ?? defaultStopTimeoutSeconds) * 1000,
    logs: planLogs(definition),
  };
}

function planLogs({ logConfiguration }: ContainerDefinition): LogPlan | undefined {
  const group = logConfiguration?.options?.["awslogs-group"];
  if (logConfiguration?.logDriver !== "awslogs" || group === undefined) return undefined;
  return { group, streamPrefix: logConfiguration.options?.["awslogs-stream-prefix"] };
}

/** What the task needs that this agent cannot give it; undefined when it can run. */
export function unmetNeed({ containerDefinitions, containerOverrides }: TaskPayload): string | undefined {
  for (const { name = "", secrets = [] } of containerDefinitions)
    if (secrets.length > 0)
      return `unable to pull secrets or registry auth: the local ECS resolves no secrets, and container ${name} asks for ${secrets.map((secret) => secret.name).join(", ")}`;
  for (const { name = "", environmentFiles = [] } of [...containerDefinitions, ...containerOverrides])
    if (environmentFiles.length > 0)
      return `failed to download env files: the local ECS reads no environment files, and container ${name} names some`;
  return undefined;
}

const variable = ({ name = "", value = "" }: KeyValuePair): readonly [string, string] => [name, value];
