import { canonicalJson, isPlainObject } from "./canonical-json";
import { INPUT_SHAPE } from "./input-rules";
import { normaliseOverrides } from "./normalise-inputs";
import { overridesRequest } from "./run-task-request";
import type { InputFailure } from "./shape";
import type { TaskOverrides } from "./task-inputs";
import { containsUnknown } from "./unknown";

/**
 * "A total of 8192 characters are allowed for overrides. This limit includes the JSON formatting characters of
 * the override structure."
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
 */
const MAX_OVERRIDES_CHARACTERS = 8192;

/**
 * Everything that is wrong with the inputs, found before anything is started: what ECS would reject, and what
 * it would silently misread. Values that preview does not know yet are never wrong.
 */
export function checkInputs(inputs: unknown): InputFailure[] {
  const failures = INPUT_SHAPE(inputs, "");
  if (failures.length > 0 || !isPlainObject(inputs)) return failures;
  return RULES.flatMap((rule) => rule(inputs));
}

/** What the shapes of single values cannot say. */
const RULES: readonly ((inputs: Record<string, unknown>) => InputFailure[])[] = [
  exclusiveOptions,
  startedByOfStartTask,
  constraintExpressions,
  volumeSize,
  uniqueInstances,
  uniqueNames,
  overridesSize,
];

/**
 * Options that ECS does not take together: "When you use launchType, you must omit the
 * capacityProviderStrategy parameter" (API_RunTask), and what StartTask does not have (API_StartTask), which
 * is used for `containerInstances`.
 */
const EXCLUSIVE: readonly (readonly [string, string])[] = [
  ["launchType", "capacityProviderStrategies"],
  ["launchType", "containerInstances"],
  ["capacityProviderStrategies", "containerInstances"],
  ["placementConstraints", "containerInstances"],
  ["orderedPlacementStrategies", "containerInstances"],
  ["platformVersion", "containerInstances"],
  ["count", "containerInstances"],
];

function exclusiveOptions(inputs: Record<string, unknown>): InputFailure[] {
  const given = (name: string) => inputs[name] !== undefined && inputs[name] !== null;
  return EXCLUSIVE.filter(([one, other]) => given(one) && given(other)).map(([one, other]) => ({
    property: one,
    reason: `cannot be used together with ${other}; remove one of the two`,
  }));
}

/** StartTask takes fewer characters than RunTask: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html */
const MAX_STARTED_BY_OF_START_TASK = 36;

function startedByOfStartTask({ startedBy, containerInstances }: Record<string, unknown>): InputFailure[] {
  if (!containerInstances || typeof startedBy !== "string" || containsUnknown(startedBy)) return [];
  if (startedBy.length <= MAX_STARTED_BY_OF_START_TASK) return [];
  const reason = `has ${startedBy.length} characters; at most ${MAX_STARTED_BY_OF_START_TASK} are allowed together with containerInstances`;
  return [{ property: "startedBy", reason }];
}

/** A `distinctInstance` has no expression, a `memberOf` is nothing without one: API_PlacementConstraint. */
function constraintExpressions({ placementConstraints }: Record<string, unknown>): InputFailure[] {
  if (!Array.isArray(placementConstraints)) return [];
  return placementConstraints.flatMap((constraint: unknown, index) => {
    if (!isPlainObject(constraint)) return [];
    const property = `placementConstraints[${index}].expression`;
    const given = constraint.expression !== undefined && constraint.expression !== null;
    if (constraint.type === "memberOf" && !given)
      return [{ property, reason: 'is required with type "memberOf"' }];
    if (constraint.type !== "distinctInstance" || !given) return [];
    return [{ property, reason: 'cannot be used with type "distinctInstance"' }];
  });
}

/** "You must specify either a volume size or a snapshot ID": API_TaskManagedEBSVolumeConfiguration. */
function volumeSize({ volumeConfiguration }: Record<string, unknown>): InputFailure[] {
  const volume = isPlainObject(volumeConfiguration) ? volumeConfiguration.managedEbsVolume : undefined;
  const given = (value: unknown) => value !== undefined && value !== null;
  if (!isPlainObject(volume) || given(volume.sizeInGb) || given(volume.snapshotId)) return [];
  const property = "volumeConfiguration.managedEbsVolume.sizeInGb";
  return [{ property, reason: "is required, unless snapshotId says from what the volume is made" }];
}

/** One task runs on each instance: a task that is to run twice needs two resources. */
function uniqueInstances({ containerInstances }: Record<string, unknown>): InputFailure[] {
  if (!Array.isArray(containerInstances)) return [];
  const instances: readonly unknown[] = containerInstances;
  return instances.flatMap((instance, index) =>
    !containsUnknown(instance) && instances.indexOf(instance) < index
      ? [{ property: `containerInstances[${index}]`, reason: `is ${JSON.stringify(instance)} a second time` }]
      : [],
  );
}

/** ECS would apply only one of two overrides for the same container. */
function uniqueNames(inputs: Record<string, unknown>): InputFailure[] {
  const overrides = isPlainObject(inputs.overrides) ? inputs.overrides.containerOverrides : undefined;
  if (!Array.isArray(overrides)) return [];
  const names = overrides.map((override: unknown) => (isPlainObject(override) ? override.name : undefined));
  return names.flatMap((name, index) =>
    typeof name === "string" && !containsUnknown(name) && names.indexOf(name) < index
      ? [
          {
            property: `overrides.containerOverrides[${index}].name`,
            reason: `is "${name}" a second time; put all overrides of a container into one entry`,
          },
        ]
      : [],
  );
}

function overridesSize(inputs: Record<string, unknown>): InputFailure[] {
  if (containsUnknown(inputs.overrides)) return [];
  const overrides = overridesRequest(normaliseOverrides(inputs.overrides as TaskOverrides | undefined));
  const size = overrides ? canonicalJson(overrides).length : 0;
  if (size <= MAX_OVERRIDES_CHARACTERS) return [];
  const reason = `has ${size} characters as JSON; ECS allows at most ${MAX_OVERRIDES_CHARACTERS}. Put large values into the task definition, an environment file or SSM`;
  return [{ property: "overrides", reason }];
}
