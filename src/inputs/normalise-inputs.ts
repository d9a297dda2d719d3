import { familyOf } from "../aws/arn";
import { canonicalJson, isPlainObject } from "../text/canonical-json";
import { exitBits } from "./exit-code";
import {
  INPUT_DEFAULTS,
  type ContainerOverride,
  type NameAndValue,
  type TaskInputs,
  type TaskOverrides,
  type VolumeConfiguration,
} from "./task-inputs";

declare const IS_NORMAL: unique symbol;

/**
 * Inputs with defaults filled in and everything whose order or form means nothing in one order and form. Only
 * {@link normaliseInputs} makes them.
 */
export type NormalInputs = ReturnType<typeof normalFormOf> & { readonly [IS_NORMAL]: true };

const known = new WeakMap<TaskInputs, NormalInputs>();

/**
 * Brings inputs into one form, so that what is equal in meaning is equal: the order of environment variables,
 * tags, subnets and security groups, map or list form, omitted or the default.
 *
 * Both the comparison with the recorded run and the RunTask request are made from this form, which makes the
 * request a pure function of the meaning of the inputs, as idempotency by `clientToken` needs it.
 *
 * It is done once for a set of inputs, however often it is asked for.
 */
export function normaliseInputs(inputs: TaskInputs): NormalInputs {
  const normal = known.get(inputs) ?? (normalFormOf(inputs) as NormalInputs);
  known.set(inputs, normal);
  return normal;
}

function normalFormOf(inputs: TaskInputs) {
  return {
    ...inputs,
    cluster: inputs.cluster ?? INPUT_DEFAULTS.cluster,
    capacityProviderStrategies: sorted(inputs.capacityProviderStrategies, (item) => ({
      capacityProvider: item.capacityProvider,
      // "If no value is specified, the default value of 0 is used", for base and for weight.
      // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
      base: item.base ?? 0,
      weight: item.weight ?? 0,
    })),
    networkConfiguration: inputs.networkConfiguration && {
      subnets: [...inputs.networkConfiguration.subnets].sort(),
      securityGroups: [...(inputs.networkConfiguration.securityGroups ?? [])].sort(),
      assignPublicIp: inputs.networkConfiguration.assignPublicIp ?? false,
    },
    overrides: normaliseOverrides(inputs.overrides),
    count: inputs.count ?? INPUT_DEFAULTS.count,
    // "If one isn't specified, the LATEST platform version is used", API_RunTask.
    platformVersion: inputs.platformVersion === "LATEST" ? undefined : inputs.platformVersion,
    // "The default value is the family name of the task definition (for example, family:my-family-name)", API_RunTask.
    group: isDefaultGroup(inputs) ? undefined : inputs.group,
    placementConstraints: sorted(inputs.placementConstraints, (constraint) => constraint),
    // These are applied in the order they are given in.
    orderedPlacementStrategies: unlessEmpty(inputs.orderedPlacementStrategies),
    propagateTags: inputs.propagateTags === "NONE" ? undefined : inputs.propagateTags,
    volumeConfiguration: inputs.volumeConfiguration && normaliseVolume(inputs.volumeConfiguration),
    enableEcsManagedTags: inputs.enableEcsManagedTags ?? false,
    enableExecuteCommand: inputs.enableExecuteCommand ?? false,
    containerInstances: sorted(inputs.containerInstances, (instance) => instance),
    expectedImageDigests: unlessNoMembers(inputs.expectedImageDigests),
    successContainers: sorted(inputs.successContainers, (name) => name),
    successExitCodes: (inputs.successExitCodes ?? INPUT_DEFAULTS.successExitCodes)
      .map(exitBits)
      .sort((a, b) => a - b),
    waitFor: inputs.waitFor ?? INPUT_DEFAULTS.waitFor,
    timeoutSeconds: inputs.timeoutSeconds ?? INPUT_DEFAULTS.timeoutSeconds,
    startTimeoutSeconds: inputs.startTimeoutSeconds ?? INPUT_DEFAULTS.startTimeoutSeconds,
    showLogs: inputs.showLogs ?? INPUT_DEFAULTS.showLogs,
    capacityRetrySeconds: inputs.capacityRetrySeconds ?? INPUT_DEFAULTS.capacityRetrySeconds,
    onTimeout: inputs.onTimeout ?? INPUT_DEFAULTS.onTimeout,
    tags: unlessNoMembers(inputs.tags),
  };
}

/** "By default, Amazon ECS deletes the volume": API_TaskManagedEBSVolumeTerminationPolicy. */
function normaliseVolume({ managedEbsVolume, ...rest }: VolumeConfiguration): VolumeConfiguration {
  const { terminationPolicy, ...settings } = managedEbsVolume;
  const isKept = terminationPolicy?.deleteOnTermination === false;
  return { ...rest, managedEbsVolume: isKept ? { ...settings, terminationPolicy } : settings };
}

function isDefaultGroup({ group, taskDefinition }: TaskInputs): boolean {
  return group !== undefined && group === `family:${familyOf(taskDefinition)}`;
}

export type NormalOverrides = NonNullable<ReturnType<typeof normaliseOverrides>>;

/** The overrides in one form; `undefined` when they override nothing. */
export function normaliseOverrides(overrides: TaskOverrides | undefined) {
  const normal = {
    ...overrides,
    containerOverrides: sorted(overrides?.containerOverrides, normaliseContainer)?.filter(
      (container) => canonicalJson(container) !== canonicalJson({ name: container.name }),
    ),
  };
  if (normal.containerOverrides?.length === 0) normal.containerOverrides = undefined;
  return Object.values(normal).every((value) => value === undefined) ? undefined : normal;
}

function normaliseContainer(container: ContainerOverride) {
  return {
    ...container,
    environment: environmentList(container.environment),
    environmentFiles: unlessEmpty(container.environmentFiles),
    resourceRequirements: sorted(container.resourceRequirements, (requirement) => requirement),
  };
}

/** An environment in the API's form, sorted by name; of a name given twice the last value counts, as in ECS. */
export function environmentList(
  environment: ContainerOverride["environment"],
): readonly NameAndValue[] | undefined {
  if (environment === undefined) return undefined;
  const pairs = isList(environment)
    ? environment.map(({ name, value }): [string, string] => [name, value])
    : Object.entries(environment);
  return sorted([...new Map(pairs)], ([name, value]) => ({ name, value }));
}

function isList(
  environment: NonNullable<ContainerOverride["environment"]>,
): environment is readonly NameAndValue[] {
  return Array.isArray(environment);
}

function sorted<T, U>(list: readonly T[] | undefined, map: (item: T) => U): U[] | undefined {
  return unlessEmpty((list ?? []).map(map).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)));
}

/** Things that have a name sort by it, so that a request reads well; the rest by all they hold. */
function sortKey(item: unknown): string {
  return isPlainObject(item) && typeof item.name === "string" ? item.name : canonicalJson(item);
}

function unlessEmpty<T extends readonly unknown[]>(list: T | undefined): T | undefined {
  return list && list.length > 0 ? list : undefined;
}

function unlessNoMembers<T extends object>(map: T | undefined): T | undefined {
  return map && Object.keys(map).length > 0 ? map : undefined;
}
