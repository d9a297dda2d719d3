import { readEnvironmentFile } from "./environment-files";
import { resolveSecret, type SecretStore } from "./secrets";

/** Where a task's variables come from, besides its definition. */
export interface EnvironmentSources {
  readonly secrets: SecretStore;
  /** The folder that stands for S3; undefined: there are no environment files. */
  readonly environmentFiles: string | undefined;
}

/** The part of a container's plan that decides its variables. */
export interface WantedEnvironment {
  readonly environment: Readonly<Record<string, string>>;
  readonly environmentFiles: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * All variables of a container: what is spelled out wins over files, an earlier file over a later one, and secrets over
 * everything (amazon-ecs-agent, agent/api/container/container.go).
 * @throws Error that says which file or secret is missing; never with a value.
 */
export async function collectEnvironment(
  { environment, environmentFiles, secrets }: WantedEnvironment,
  sources: EnvironmentSources,
): Promise<Readonly<Record<string, string>>> {
  const files = [];
  for (const arn of environmentFiles) files.push(await readEnvironmentFile(sources.environmentFiles, arn));
  const values: [string, string][] = [];
  for (const [name, valueFrom] of Object.entries(secrets))
    values.push([name, await resolveSecret(sources.secrets, valueFrom)]);
  return Object.assign({}, ...files.reverse(), environment, Object.fromEntries(values)) as Record<
    string,
    string
  >;
}
