import { isPlainObject } from "../../text/canonical-json";
import type { InputFailure } from "./shape";
import { containsUnknown, isGiven, isMissing } from "../unknown";

/**
 * Settings of the volume that its type does not have, or needs. The largest sizes and rates are left to ECS: they
 * have grown with EBS.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskManagedEBSVolumeConfiguration.html
 */
export function checkVolume({ volumeConfiguration }: Readonly<Record<string, unknown>>): InputFailure[] {
  const volume = isPlainObject(volumeConfiguration) ? volumeConfiguration.managedEbsVolume : undefined;
  if (!isPlainObject(volume)) return [];
  const known = Object.fromEntries(Object.entries(volume).filter(([, value]) => !containsUnknown(value)));
  const given = (name: string) => isGiven(volume[name]);
  const missing = (name: string) => isMissing(volume[name]);
  const type = typeof known.volumeType === "string" ? known.volumeType : "";
  const below = (name: string, min: number | undefined) =>
    min !== undefined && typeof known[name] === "number" && known[name] < min;
  const rules: readonly (readonly [name: string, isWrong: boolean, reason: string])[] = [
    [
      "sizeInGb",
      missing("sizeInGb") && missing("snapshotId"),
      "is required, unless snapshotId says from what the volume is made",
    ],
    [
      "sizeInGb",
      below("sizeInGb", SMALLEST_GIB[type]),
      `must be at least ${SMALLEST_GIB[type]} GiB with volumeType "${type}"`,
    ],
    [
      "iops",
      NEED_IOPS.includes(type) && missing("iops"),
      `is required with volumeType "${type}"; set it to 100 or more`,
    ],
    ["iops", NO_IOPS.includes(type) && given("iops"), `cannot be used with volumeType "${type}"; remove it`],
    ["iops", type === "gp3" && below("iops", 3000), 'must be at least 3000 with volumeType "gp3"'],
    [
      "throughput",
      type !== "" && type !== "gp3" && given("throughput"),
      `is for volumeType "gp3" only, and this is "${type}"; remove it`,
    ],
    [
      "volumeInitializationRate",
      given("volumeInitializationRate") && missing("snapshotId"),
      "is for a volume made from a snapshot; remove it, or add snapshotId",
    ],
  ];
  return rules
    .filter(([, isWrong]) => isWrong)
    .map(([name, , reason]) => ({ property: `volumeConfiguration.managedEbsVolume.${name}`, reason }));
}

const SMALLEST_GIB: Readonly<Record<string, number>> = { io1: 4, io2: 4, st1: 125, sc1: 125 };
const NEED_IOPS: readonly string[] = ["io1", "io2"];
const NO_IOPS: readonly string[] = ["st1", "sc1", "standard"];
