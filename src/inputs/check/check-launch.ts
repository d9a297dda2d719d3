import { isPlainObject } from "../../text/canonical-json";
import type { InputFailure } from "./shape";
import { containsUnknown, isGiven, isMissing } from "../unknown";

type Inputs = Readonly<Record<string, unknown>>;

/** What is wrong about how and where the tasks are to be started: options that do not go together. */
export function checkLaunch(inputs: Inputs): InputFailure[] {
  return [
    exclusiveOptions,
    startedByOfStartTask,
    uniqueInstances,
    strategyShares,
    fargateOptions,
    instanceOptions,
    constraintExpressions,
    strategyFields,
  ].flatMap((rule) => rule(inputs));
}

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
  // Nothing but the marker of this package tells the tasks of a key.
  ["idempotencyKey", "startedBy"],
];

function exclusiveOptions(inputs: Inputs): InputFailure[] {
  const both = EXCLUSIVE.filter(([one, other]) => isGiven(inputs[one]) && isGiven(inputs[other]));
  return both.map(([one, other]) => ({
    property: one,
    reason: `cannot be used together with ${other}; remove one of the two`,
  }));
}

/** StartTask takes fewer characters than RunTask: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StartTask.html */
const MAX_STARTED_BY_OF_START_TASK = 36;

function startedByOfStartTask({ startedBy, containerInstances }: Inputs): InputFailure[] {
  if (!isGiven(containerInstances) || typeof startedBy !== "string" || containsUnknown(startedBy)) return [];
  if (startedBy.length <= MAX_STARTED_BY_OF_START_TASK) return [];
  const reason = `has ${startedBy.length} characters; at most ${MAX_STARTED_BY_OF_START_TASK} are allowed together with containerInstances`;
  return [{ property: "startedBy", reason }];
}

/** A `distinctInstance` has no expression, a `memberOf` is nothing without one: API_PlacementConstraint. */
function constraintExpressions({ placementConstraints }: Inputs): InputFailure[] {
  return objectsIn(placementConstraints).flatMap(([index, constraint]) => {
    const property = `placementConstraints[${index}].expression`;
    if (constraint.type === "memberOf" && isMissing(constraint.expression))
      return [
        {
          property,
          reason: 'is required with type "memberOf", such as "attribute:ecs.instance-type =~ g5.*"',
        },
      ];
    if (constraint.type !== "distinctInstance" || !isGiven(constraint.expression)) return [];
    return [{ property, reason: 'cannot be used with type "distinctInstance"; remove it' }];
  });
}

/** One task runs on each instance: a task that is to run twice needs two resources. */
function uniqueInstances({ containerInstances }: Inputs): InputFailure[] {
  if (!Array.isArray(containerInstances)) return [];
  const instances: readonly unknown[] = containerInstances;
  return instances.flatMap((instance, index) =>
    !containsUnknown(instance) && instances.indexOf(instance) < index
      ? [
          {
            property: `containerInstances[${index}]`,
            reason: `is ${JSON.stringify(instance)} a second time; remove it: one task is started on each instance`,
          },
        ]
      : [],
  );
}

/**
 * "Only one capacity provider in a capacity provider strategy can have a base defined"; of several, "at least one
 * … must have a weight value greater than zero".
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 */
function strategyShares({ capacityProviderStrategies }: Inputs): InputFailure[] {
  if (containsUnknown(capacityProviderStrategies)) return [];
  const strategies = objectsIn(capacityProviderStrategies);
  const isPositive = (value: unknown) => typeof value === "number" && value > 0;
  const secondBase = strategies.filter(([, { base }]) => isPositive(base))[1];
  const bases = secondBase && [
    {
      property: `capacityProviderStrategies[${secondBase[0]}].base`,
      reason: "is the second one above 0; only one capacity provider can have a base, so remove one",
    },
  ];
  if (strategies.length < 2 || strategies.some(([, { weight }]) => isPositive(weight))) return bases ?? [];
  const reason = "has no weight above 0; give at least one of several capacity providers a weight";
  return [...(bases ?? []), { property: "capacityProviderStrategies", reason }];
}

/**
 * Fargate runs only tasks with network mode awsvpc, which need a network configuration, and places them by itself.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
function fargateOptions(inputs: Inputs): InputFailure[] {
  if (!isOnFargate(inputs)) return [];
  const missing = isMissing(inputs.networkConfiguration)
    ? [{ property: "networkConfiguration", reason: "is required on Fargate, with at least one subnet" }]
    : [];
  const reason = "cannot be used on Fargate, which places tasks by itself; remove it";
  const placements = ["placementConstraints", "orderedPlacementStrategies"]
    .filter((property) => lengthOf(inputs[property]) > 0)
    .map((property) => ({ property, reason }));
  return [...missing, ...placements];
}

/**
 * What tasks on container instances do not have. "A platform version is only specified for tasks hosted on Fargate"
 * (API_RunTask); the public address is observed: ECS answers "Assign public IP is not supported for this launch type".
 */
function instanceOptions(inputs: Inputs): InputFailure[] {
  if (!isOnInstances(inputs)) return [];
  const { platformVersion, containerInstances, networkConfiguration } = inputs;
  const failures: InputFailure[] = [];
  // Together with containerInstances this is said of options that exclude each other.
  if (isGiven(platformVersion) && !isGiven(containerInstances))
    failures.push({ property: "platformVersion", reason: "is for Fargate only; remove it" });
  if (isPlainObject(networkConfiguration) && networkConfiguration.assignPublicIp === true) {
    const reason = "is for Fargate only: a task on a container instance gets no public address; remove it";
    failures.push({ property: "networkConfiguration.assignPublicIp", reason });
  }
  return failures;
}

function isOnInstances({ launchType, containerInstances }: Inputs): boolean {
  return launchType === "EC2" || launchType === "EXTERNAL" || isGiven(containerInstances);
}

/** Whether the inputs say so; where they say nothing, the cluster's default strategy decides. */
function isOnFargate(inputs: Inputs): boolean {
  if (isOnInstances(inputs)) return false;
  const { launchType, platformVersion, capacityProviderStrategies } = inputs;
  const providers = objectsIn(capacityProviderStrategies).map(([, { capacityProvider }]) => capacityProvider);
  return (
    launchType === "FARGATE" ||
    isGiven(platformVersion) ||
    providers.some((provider) => provider === "FARGATE" || provider === "FARGATE_SPOT")
  );
}

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PlacementStrategy.html */
function strategyFields({ orderedPlacementStrategies }: Inputs): InputFailure[] {
  return objectsIn(orderedPlacementStrategies).flatMap(([index, { type, field }]) => {
    const property = `orderedPlacementStrategies[${index}].field`;
    if (type === "spread" && isMissing(field)) {
      const example = '"instanceId" or "attribute:ecs.availability-zone"';
      return [{ property, reason: `is required with type "spread", such as ${example}` }];
    }
    if (type !== "binpack" || containsUnknown(field)) return [];
    if (typeof field === "string" && /^(cpu|memory)$/i.test(field)) return [];
    return [{ property, reason: 'must be "cpu" or "memory" with type "binpack"' }];
  });
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** The objects in a list, each with its place. */
function objectsIn(value: unknown): (readonly [number, Readonly<Record<string, unknown>>])[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return [...items.entries()].filter((entry): entry is [number, Record<string, unknown>] =>
    isPlainObject(entry[1]),
  );
}
