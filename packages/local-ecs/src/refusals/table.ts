import { containerRules } from "./task-definitions/containers";
import { dependencyRules } from "./task-definitions/dependencies";
import { ec2Rules, fargateRules } from "./task-definitions/fargate";
import type { LaunchRule } from "./launches/launch";
import { capacityRules, placementRules } from "./launches/capacity";
import { launchNetworkRules } from "./launches/network";
import { overrideRules, settingRules } from "./launches/settings";
import { launchVolumeRules } from "./launches/volumes";
import { logRules } from "./task-definitions/logs";
import { networkRules } from "./task-definitions/networks";
import { only } from "./rule";
import { sizeRules } from "./task-definitions/sizes";
import { tagRules } from "./tags";
import { requiresFargate, type DefinitionRule } from "./task-definitions/task-definition";
import { volumeRules } from "./task-definitions/volumes";

/**
 * What RegisterTaskDefinition refuses, beside what the shape of its request does: values of a wrong type or outside of an
 * enumeration, and names. The first rule that is broken decides; which one AWS names first is not known.
 */
export const definitionRules: readonly DefinitionRule[] = [
  ...tagRules("ClientException"),
  ...containerRules,
  ...dependencyRules,
  ...volumeRules,
  ...networkRules,
  ...sizeRules,
  ...logRules,
  ...only(requiresFargate, fargateRules),
  ...ec2Rules,
];

/** What RunTask and StartTask refuse, beside what the shapes of their requests do. */
export const launchRules: readonly LaunchRule[] = [
  ...capacityRules,
  ...placementRules,
  ...launchNetworkRules,
  ...overrideRules,
  ...launchVolumeRules,
  ...settingRules,
  ...tagRules("InvalidParameterException").map(({ message, ...rule }): LaunchRule => ({
    ...rule,
    message: ({ request }) => message(request),
  })),
];
