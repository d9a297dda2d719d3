import { launchTypeOf } from "../../state/clusters/launch-type";
import { isOnFargate, onlyOnFargate, type Launch, type LaunchRule } from "./launch";
import { only } from "../rule";
import { api, deployed, guide, issue } from "../sources";
import { isForWindows } from "../task-definitions/task-definition";

const ERROR = "InvalidParameterException";

export const capacityRules: readonly LaunchRule[] = [
  {
    refused: "a launch type beside a capacity provider strategy",
    error: ERROR,
    message: ({ request: { launchType, capacityProviderStrategy = [] } }) =>
      launchType !== undefined && capacityProviderStrategy.length > 0
        ? "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
        : undefined,
    source: `${api("RunTask")}; its text is observed in several places`,
  },
  {
    refused: "a capacity provider that the cluster does not have",
    error: ERROR,
    message: ({ request: { capacityProviderStrategy = [] }, cluster }) =>
      capacityProviderStrategy.every(
        ({ capacityProvider = "" }) =>
          cluster.settings.capacityProviders?.includes(capacityProvider) === true,
      )
        ? undefined
        : "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster or specify a valid capacity provider and try again.",
    source: issue("dask/dask-cloudprovider#328"),
  },
  {
    refused: "two capacity providers with a base",
    error: ERROR,
    message: ({ request: { capacityProviderStrategy = [] } }) =>
      capacityProviderStrategy.filter(({ base = 0 }) => base > 0).length > 1
        ? "Only one capacity provider in a capacity provider strategy can have a base."
        : undefined,
    source: `${api("CapacityProviderStrategyItem")}; the text is ours`,
  },
  {
    refused: "several capacity providers, and none with a weight",
    error: ERROR,
    message: ({ request: { capacityProviderStrategy: strategy = [] } }) =>
      strategy.length > 1 && strategy.every(({ weight = 0 }) => weight === 0)
        ? "At least one capacity provider must have a weight greater than zero."
        : undefined,
    source: `${api("CapacityProviderStrategyItem")}; the text is ours`,
  },
  ...onlyOnFargate([
    {
      refused: "Fargate for a task definition that cannot run there",
      error: ERROR,
      message: ({ definition: { compatibilities = [] } }) =>
        compatibilities.includes("FARGATE")
          ? undefined
          : "Task definition does not support launch_type FARGATE.",
      source: issue("aws/aws-cli#3983"),
    },
  ]),
  {
    refused: "managed instances by a launch type",
    error: ERROR,
    message: ({ request: { launchType } }) =>
      launchType === "MANAGED_INSTANCES"
        ? "Managed instances are chosen by a capacity provider strategy, not by launchType."
        : undefined,
    source: `${api("RunTask")}; the text is ours`,
  },
  ...only<Launch>(
    ({ request }) => request.platformVersion !== undefined,
    [
      {
        refused: "a platform version elsewhere than on Fargate",
        error: ERROR,
        message: (launch) =>
          isOnFargate(launch)
            ? undefined
            : `The platform version must be null when specifying an ${launchTypeOf(launch.request, launch.cluster)} launch type.`,
        source: issue("aws/amazon-ecs-cli#1040"),
      },
      {
        refused: "a platform version that there is not",
        error: "PlatformUnknownException",
        message: (launch) =>
          platformVersions(launch).includes(launch.request.platformVersion ?? "")
            ? undefined
            : "The specified platform version does not exist.",
        source: `${guide("platform-fargate.html")}; the text is that of the error in ${api("RunTask")}`,
      },
    ],
  ),
];

function platformVersions({ definition }: Launch): readonly string[] {
  return isForWindows(definition) ? ["LATEST", "1.0.0"] : ["LATEST", "1.4.0", "1.3.0"];
}

/** How many constraints there may be counts those of the task definition, too. */
const MAX_CONSTRAINTS = 10;

export const placementRules: readonly LaunchRule[] = [
  ...onlyOnFargate([
    {
      refused: "placement on Fargate",
      error: ERROR,
      message: ({ request: { placementConstraints = [], placementStrategy = [] } }) =>
        placementConstraints.length + placementStrategy.length > 0
          ? "Placement constraints and strategies are not supported with FARGATE launch type."
          : undefined,
      source: `${guide("task-placement.html")}, ${deployed("service-fargate-placement")}; the text is ours`,
    },
  ]),
  {
    refused: "binpack by anything but cpu and memory",
    error: ERROR,
    message: ({ request: { placementStrategy = [] } }) =>
      placementStrategy.some(({ type, field = "" }) => type === "binpack" && !/^(cpu|memory)$/i.test(field))
        ? "The field of the placement strategy binpack must be cpu or memory."
        : undefined,
    source: `${api("PlacementStrategy")}, ${deployed("svc-binpack-field")}; the text is ours`,
  },
  {
    refused: "spread by nothing",
    error: ERROR,
    message: ({ request: { placementStrategy = [] } }) =>
      placementStrategy.some(({ type, field = "" }) => type === "spread" && field === "")
        ? "The placement strategy spread needs a field."
        : undefined,
    source: `${api("PlacementStrategy")}; the text is ours`,
  },
  {
    refused: "more than 10 placement constraints",
    error: ERROR,
    message: ({ request, definition }) =>
      [...(definition.placementConstraints ?? []), ...(request.placementConstraints ?? [])].length >
      MAX_CONSTRAINTS
        ? `A task can have at most ${MAX_CONSTRAINTS} placement constraints.`
        : undefined,
    source: `${api("RunTask")}; the text is ours`,
  },
  {
    refused: "distinctInstance with an expression",
    error: ERROR,
    message: ({ request: { placementConstraints = [] } }) =>
      placementConstraints.some(
        ({ type, expression }) => type === "distinctInstance" && expression !== undefined,
      )
        ? "A placement constraint of type distinctInstance takes no expression."
        : undefined,
    source: `${api("PlacementConstraint")}, ${deployed("svc-placement-constraint-distinct-instance-expression")}; the text is ours`,
  },
];
