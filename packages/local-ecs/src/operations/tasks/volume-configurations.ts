import type { RunTaskRequest, TaskManagedEBSVolumeConfiguration } from "@aws-sdk/client-ecs";
import { invalidParameter } from "../../server/aws-error";
import { flag, integer, list, required, structure, text } from "../../server/shape";
import type { StoredTaskDefinition } from "../../state/task-definitions/task-definitions";
import { tags } from "../common-shapes";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskManagedEBSVolumeConfiguration.html (read 2026-11) */
export const volumeConfigurations = list(
  structure({
    name: required(text()),
    managedEBSVolume: structure({
      roleArn: required(text()),
      encrypted: flag,
      filesystemType: text({ oneOf: ["ext3", "ext4", "xfs", "ntfs"] }),
      iops: integer({ min: 100 }),
      kmsKeyId: text(),
      sizeInGiB: integer({ min: 1 }),
      snapshotId: text(),
      throughput: integer({ min: 125 }),
      volumeInitializationRate: integer({ min: 100, max: 300 }),
      volumeType: text({ oneOf: ["gp2", "gp3", "io1", "io2", "sc1", "st1", "standard"] }),
      terminationPolicy: structure({ deleteOnTermination: required(flag) }),
      tagSpecifications: list(
        structure({
          resourceType: required(text({ oneOf: ["volume"] })),
          propagateTags: text({ oneOf: ["TASK_DEFINITION", "SERVICE", "NONE"] }),
          tags,
        }),
      ),
    }),
  }),
  { max: 1 },
);

/** The smallest volume of each type, in GiB, as that page says. The largest ones have grown with EBS: none is checked. */
const smallest: Readonly<Record<string, number>> = { io1: 4, io2: 4, st1: 125, sc1: 125 };

/**
 * The rules between the volume, its settings and the task definition. The text about what is not in the task definition
 * is observed (go-to-k/cdkd#811), the others are ours.
 */
export function checkVolumes(
  { volumeConfigurations: configurations = [] }: RunTaskRequest,
  { volumes = [] }: StoredTaskDefinition,
): void {
  for (const { name, managedEBSVolume: volume } of configurations) {
    if (!volumes.some((each) => each.name === name && each.configuredAtLaunch === true))
      throw invalidParameter(
        "Volume configuration provided but no matching configuredAtLaunch volume found in task definition.",
      );
    const wrong = volume && wrongSetting(volume);
    if (wrong) throw invalidParameter(`The volume ${name ?? ""} is not valid: ${wrong}.`);
  }
}

function wrongSetting(volume: TaskManagedEBSVolumeConfiguration): string | undefined {
  const { volumeType = "", sizeInGiB, snapshotId, iops, throughput, volumeInitializationRate } = volume;
  const min = smallest[volumeType] ?? 1;
  if (sizeInGiB === undefined && snapshotId === undefined) return "sizeInGiB or snapshotId is required";
  if (sizeInGiB !== undefined && sizeInGiB < min) return `sizeInGiB of ${volumeType} must be at least ${min}`;
  if (volumeType.startsWith("io") && iops === undefined) return `iops is required for ${volumeType}`;
  if (/^(st1|sc1|standard)$/.test(volumeType) && iops !== undefined)
    return `iops is not supported for ${volumeType}`;
  if (volumeType === "gp3" && iops !== undefined && iops < 3000) return "iops of gp3 must be at least 3000";
  if (throughput !== undefined && volumeType !== "" && volumeType !== "gp3")
    return `throughput is not supported for ${volumeType}`;
  if (volumeInitializationRate !== undefined && snapshotId === undefined)
    return "volumeInitializationRate needs a snapshotId";
  return undefined;
}
