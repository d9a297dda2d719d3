import type { AwsSettings } from "../ecs/client-config";
import { isPlainObject } from "../task/canonical-json";
import type { TaskInputs } from "../task/task-inputs";

/** How the dynamic provider's host gives access to the stack's configuration. */
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
  inputs: Pick<TaskInputs, "region" | "endpoint">,
  config: StackConfig | undefined,
  taskRegion?: string,
): AwsSettings {
  const endpoints = configuredEndpoints(config?.get("aws:endpoints"));
  return {
    region: taskRegion ?? inputs.region ?? config?.get("aws:region"),
    ecsEndpoint: inputs.endpoint ?? endpoints.ecs,
    logsEndpoint: inputs.endpoint ?? endpoints.cloudwatchlogs ?? endpoints.logs,
  };
}

/** `aws:endpoints` is a list of maps from services to URLs; one that cannot be read says nothing. */
function configuredEndpoints(text: string | undefined): Partial<Record<string, string>> {
  try {
    const parsed: unknown = JSON.parse(text ?? "[]");
    const maps: readonly unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    return Object.fromEntries(maps.filter(isPlainObject).flatMap((map) => Object.entries(map))) as Partial<
      Record<string, string>
    >;
  } catch {
    return {};
  }
}
