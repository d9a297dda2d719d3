import type { TaskManagedEBSVolumeConfiguration } from "@aws-sdk/client-ecs";
import type { LaunchRule } from "./launch";
import { firstOf } from "../rule";
import { api, issue } from "../sources";

const ERROR = "InvalidParameterException";

/** The smallest volume of each type, in GiB. The largest ones have grown with EBS: none is checked. */
const smallest: Readonly<Record<string, number>> = { io1: 4, io2: 4, st1: 125, sc1: 125 };

type Volume = TaskManagedEBSVolumeConfiguration;

/** What is wrong with a volume's settings, each as the API reference says it of the member. */
const settings: readonly ((volume: Volume) => string | undefined)[] = [
  ({ sizeInGiB, snapshotId }) =>
    sizeInGiB === undefined && snapshotId === undefined ? "sizeInGiB or snapshotId is required" : undefined,
  ({ sizeInGiB, volumeType = "" }) => {
    const least = smallest[volumeType] ?? 1;
    return (sizeInGiB ?? least) < least ? `sizeInGiB of ${volumeType} must be at least ${least}` : undefined;
  },
  ({ volumeType = "", iops }) =>
    volumeType.startsWith("io") && iops === undefined ? `iops is required for ${volumeType}` : undefined,
  ({ volumeType = "", iops }) =>
    /^(st1|sc1|standard)$/.test(volumeType) && iops !== undefined
      ? `iops is not supported for ${volumeType}`
      : undefined,
  ({ volumeType, iops = 3000 }) =>
    volumeType === "gp3" && iops < 3000 ? "iops of gp3 must be at least 3000" : undefined,
  ({ volumeType = "gp3", throughput }) =>
    volumeType !== "gp3" && throughput !== undefined
      ? `throughput is not supported for ${volumeType}`
      : undefined,
  ({ volumeInitializationRate, snapshotId }) =>
    volumeInitializationRate !== undefined && snapshotId === undefined
      ? "volumeInitializationRate needs a snapshotId"
      : undefined,
];

export const launchVolumeRules: readonly LaunchRule[] = [
  {
    refused: "a volume that the task definition does not have",
    error: ERROR,
    message: ({ request: { volumeConfigurations = [] }, definition: { volumes = [] } }) =>
      volumeConfigurations.every(({ name }) =>
        volumes.some((volume) => volume.name === name && volume.configuredAtLaunch === true),
      )
        ? undefined
        : "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
    source: issue("go-to-k/cdkd#811"),
  },
  {
    refused: "settings of an EBS volume that do not go together",
    error: ERROR,
    message: ({ request: { volumeConfigurations } }) =>
      firstOf(volumeConfigurations, ({ name = "", managedEBSVolume: volume }) => {
        const wrong = volume && firstOf(settings, (setting) => setting(volume));
        return wrong === undefined ? undefined : `The volume ${name} is not valid: ${wrong}.`;
      }),
    source: `${api("TaskManagedEBSVolumeConfiguration")}; the text is ours`,
  },
];
