import type {
  RunTaskRequest,
  StartTaskRequest,
  TaskOverride,
  TaskVolumeConfiguration,
} from "@aws-sdk/client-ecs";
import type { NormalInputs, NormalOverrides } from "./normalise-inputs";
import type { VolumeConfiguration } from "./task-inputs";

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
    ...commonRequest(inputs, startedBy),
    count: inputs.count,
    launchType: inputs.launchType,
    capacityProviderStrategy: inputs.capacityProviderStrategies,
    platformVersion: inputs.platformVersion,
    placementConstraints: inputs.placementConstraints,
    placementStrategy: inputs.orderedPlacementStrategies,
  }) as RunTaskParameters;
}

/**
 * The StartTask request for these inputs: the tasks run on exactly the container instances that are named.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html
 */
export function startTaskRequest(inputs: NormalInputs, startedBy: string): StartTaskRequest {
  const request = { ...commonRequest(inputs, startedBy), containerInstances: inputs.containerInstances };
  return withoutUndefined(request) as StartTaskRequest;
}

function commonRequest(inputs: NormalInputs, startedBy: string) {
  return {
    cluster: inputs.cluster,
    taskDefinition: inputs.taskDefinition,
    startedBy,
    group: inputs.group,
    referenceId: inputs.referenceId,
    propagateTags: inputs.propagateTags,
    enableECSManagedTags: inputs.enableEcsManagedTags || undefined,
    enableExecuteCommand: inputs.enableExecuteCommand || undefined,
    networkConfiguration: inputs.networkConfiguration && {
      awsvpcConfiguration: {
        subnets: inputs.networkConfiguration.subnets,
        securityGroups:
          inputs.networkConfiguration.securityGroups.length > 0
            ? inputs.networkConfiguration.securityGroups
            : undefined,
        // Always said: left out, the default is not the same everywhere, and aws.ecs.Service means "no".
        assignPublicIp: inputs.networkConfiguration.assignPublicIp ? "ENABLED" : "DISABLED",
      },
    },
    overrides: overridesRequest(inputs.overrides),
    volumeConfigurations: inputs.volumeConfiguration && [volumeRequest(inputs.volumeConfiguration)],
    tags: inputs.tags && tagList(inputs.tags),
  };
}

function volumeRequest({ name, managedEbsVolume }: VolumeConfiguration): TaskVolumeConfiguration {
  const { fileSystemType, sizeInGb, tagSpecifications, ...rest } = managedEbsVolume;
  return withoutUndefined({
    name,
    managedEBSVolume: {
      ...rest,
      filesystemType: fileSystemType,
      sizeInGiB: sizeInGb,
      tagSpecifications: tagSpecifications?.map(({ tags, ...specification }) => ({
        ...specification,
        tags: tags && tagList(tags),
      })),
    },
  }) as TaskVolumeConfiguration;
}

function tagList(tags: Readonly<Record<string, string>>) {
  return Object.entries(tags).map(([key, value]) => ({ key, value }));
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

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
