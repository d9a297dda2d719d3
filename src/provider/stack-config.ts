import type { AwsSettings, Credentials, Role } from "../aws/connect/client-config";
import { isPlainObject } from "../text/canonical-json";
import { durationSeconds } from "../text/duration";
import type { LookUpOptions } from "../inputs/task-inputs";

/** How the dynamic provider's host gives access to the stack's configuration, secrets in plain text. */
export interface StackConfig {
  get(key: string): string | undefined;
}

/**
 * How AWS is reached for a resource: its own inputs first, then the stack's `aws:` configuration, as
 * `@pulumi/aws` reads it. What neither says is left to the SDK's own chain.
 *
 * @param taskRegion - the region of a task that exists already: it can only be found there.
 * @see https://www.pulumi.com/registry/packages/aws/installation-configuration/
 */
export function awsSettings(
  inputs: LookUpOptions,
  config: StackConfig | undefined,
  taskRegion?: string,
): AwsSettings {
  const get = (key: string) => config?.get(`aws:${key}`);
  const endpoints = listOfMaps(get("endpoints")).reduce((all, map) => ({ ...all, ...map }), {});
  const url = (...services: string[]) =>
    inputs.endpoint ?? services.map((name) => endpoints[name]).find(isText);
  // A profile that is asked for is meant instead of the stack's keys, not besides them.
  const credentials = inputs.profile ? undefined : keys(get("accessKey"), get("secretKey"), get("token"));
  return {
    region: taskRegion ?? inputs.region ?? get("region"),
    profile: inputs.profile ?? get("profile"),
    credentials,
    assumeRoles: inputs.assumeRole
      ? [inputs.assumeRole]
      : configuredRoles(get("assumeRoles") ?? get("assumeRole")),
    ecsEndpoint: url("ecs"),
    logsEndpoint: url("cloudwatchlogs", "logs"),
    stsEndpoint: [endpoints.sts].find(isText),
    ecrEndpoint: url("ecr"),
  };
}

function keys(accessKey?: string, secretKey?: string, token?: string): Credentials | undefined {
  if (!accessKey || !secretKey) return undefined;
  return { accessKeyId: accessKey, secretAccessKey: secretKey, ...(token ? { sessionToken: token } : {}) };
}

function configuredRoles(text: string | undefined): Role[] {
  return listOfMaps(text)
    .filter((map): map is Record<string, unknown> & Role => isText(map.roleArn))
    .map(({ duration, ...role }) => ({
      ...role,
      ...(isText(duration) ? { durationSeconds: durationSeconds(duration) } : {}),
    }));
}

/** The structured settings of `aws:` are maps, or lists of maps, as JSON; what cannot be read says nothing. */
function listOfMaps(text = "[]"): Record<string, unknown>[] {
  try {
    const parsed: unknown = JSON.parse(text);
    const maps: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return maps.filter(isPlainObject);
  } catch {
    return [];
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
