import type { RunTaskRequest, TaskOverride } from "@aws-sdk/client-ecs";
import type { NormalInputs, NormalOverrides } from "./normalise-inputs";

/** What RunTask is asked, without the idempotency token: a pure function of the inputs' meaning and the marker. */
export type RunTaskParameters = Omit<RunTaskRequest, "clientToken">;

/**
 * The RunTask request for these inputs. What was not given is not sent: an empty list or string means
 * something else to ECS than an absent one.
 *
 * @param startedBy - the marker by which the task is recognised, see `marker.ts`.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
export function runTaskRequest(inputs: NormalInputs, startedBy: string): RunTaskParameters {
  return withoutUndefined({
    cluster: inputs.cluster,
    taskDefinition: inputs.taskDefinition,
    count: inputs.count,
    startedBy,
    launchType: inputs.launchType as RunTaskRequest["launchType"],
    capacityProviderStrategy: inputs.capacityProviderStrategies,
    networkConfiguration: inputs.networkConfiguration && {
      awsvpcConfiguration: withoutUndefined({
        subnets: inputs.networkConfiguration.subnets,
        securityGroups:
          inputs.networkConfiguration.securityGroups.length > 0
            ? inputs.networkConfiguration.securityGroups
            : undefined,
        // Always said: left out, the default differs between RunTask's texts, and aws.ecs.Service means "no".
        assignPublicIp: inputs.networkConfiguration.assignPublicIp ? "ENABLED" : "DISABLED",
      }),
    },
    overrides: overridesRequest(inputs.overrides),
    tags: inputs.tags && Object.entries(inputs.tags).map(([key, value]) => ({ key, value })),
  });
}

/** The overrides as they go over the wire, which is what their limit of 8,192 characters counts. */
export function overridesRequest(overrides: NormalOverrides | undefined): TaskOverride | undefined {
  if (!overrides) return undefined;
  const { ephemeralStorage, ...rest } = overrides;
  return withoutUndefined({
    ...rest,
    ephemeralStorage: ephemeralStorage && { sizeInGiB: ephemeralStorage.sizeInGib },
  }) as TaskOverride;
}

function withoutUndefined<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
