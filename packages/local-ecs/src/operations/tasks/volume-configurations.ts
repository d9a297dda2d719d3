import { flag, integer, list, required, structure, text } from "../../server/shape";
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
