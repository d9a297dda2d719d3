import type { EFSVolumeConfiguration, Volume } from "@aws-sdk/client-ecs";
import { quoted } from "../../values/quoted";
import { isVolumeName } from "../../values/volume-name";
import { firstOf } from "../rule";
import { api, deployed, issue } from "../sources";
import { ofEachContainer, type Definition, type DefinitionRule } from "./task-definition";

const ERROR = "ClientException";

export const volumeRules: readonly DefinitionRule[] = [
  {
    refused: "names of volumes with other characters",
    error: ERROR,
    message: ({ volumes = [] }) =>
      firstOf([...volumes.entries()], ([index, { name }]) =>
        name !== undefined && !isVolumeName(name)
          ? `volumes[${index}].name must be 1 to 255 letters, numbers, underscores and hyphens: ${quoted(name)} is not.`
          : undefined,
      ),
    source: `${api("Volume")}; the text is ours`,
  },
  {
    refused: "a volume of two kinds",
    error: ERROR,
    message: ({ volumes = [] }) =>
      volumes.some((volume) => kindsOf(volume) > 1)
        ? "When the volume parameter is specified, only one volume configuration type should be used."
        : undefined,
    source: `${api("Volume")}; the text is that of AWS Batch, https://docs.aws.amazon.com/batch/latest/APIReference/API_Volume.html`,
  },
  {
    refused: "two volumes that are configured at launch",
    error: ERROR,
    message: (definition) =>
      configuredAtLaunch(definition).length > 1
        ? "Only one volume can be configured at launch in a task definition."
        : undefined,
    source: `${api("Volume")}: "may only have one volume configured at launch"; the text is ours`,
  },
  {
    refused: "a volume that is configured at launch and mounted nowhere",
    error: ERROR,
    message(definition) {
      const mounted = (definition.containerDefinitions ?? [])
        .flatMap(({ mountPoints = [] }) => mountPoints)
        .map(({ sourceVolume }) => sourceVolume);
      const left = configuredAtLaunch(definition).filter(({ name }) => !mounted.includes(name));
      return left.length > 0
        ? `Volumes [${left.map(({ name }) => name).join(", ")}] are not referenced by any of the containers.`
        : undefined;
    },
    source: deployed("volume-not-referenced"),
  },
  {
    refused: "a mount point of an unknown volume",
    error: ERROR,
    message: ofEachContainer(({ mountPoints }, { volumes = [] }) =>
      firstOf(mountPoints, ({ sourceVolume }) =>
        sourceVolume !== undefined && !volumes.some(({ name }) => name === sourceVolume)
          ? `Unknown volume '${sourceVolume}'.`
          : undefined,
      ),
    ),
    source: issue("ansible/ansible#35751"),
  },
  {
    refused: "volumesFrom of an unknown container",
    error: ERROR,
    message: ofEachContainer(({ volumesFrom }, { containerDefinitions = [] }) =>
      firstOf(volumesFrom, ({ sourceContainer }) =>
        sourceContainer !== undefined && !containerDefinitions.some(({ name }) => name === sourceContainer)
          ? `Invalid 'volumesFrom' setting. Unknown container: '${sourceContainer}'.`
          : undefined,
      ),
    ),
    source: deployed("volumesfrom-source-container-missing"),
  },
  {
    refused: "an EFS access point beside a root directory",
    error: ERROR,
    message: ofEachEfs(({ authorizationConfig, rootDirectory = "/" }) =>
      authorizationConfig?.accessPointId !== undefined && !["", "/"].includes(rootDirectory)
        ? 'When using an EFS access point, the root directory must either be set to "/" or be omitted.'
        : undefined,
    ),
    source: deployed("efs-access-point-with-root-directory"),
  },
  {
    refused: "EFS with IAM and without encryption",
    error: ERROR,
    message: ofEachEfs(({ authorizationConfig, transitEncryption }) =>
      authorizationConfig?.iam === "ENABLED" && transitEncryption !== "ENABLED"
        ? "EFS IAM authorization requires TransitEncryption to be enabled."
        : undefined,
    ),
    source: deployed("efs-iam-without-transit-encryption"),
  },
  {
    refused: "a port of EFS's encryption without encryption",
    error: ERROR,
    message: ofEachEfs(({ transitEncryptionPort, transitEncryption }) =>
      transitEncryptionPort !== undefined && transitEncryption !== "ENABLED"
        ? "TransitEncryptionPort requires that TransitEncryption is enabled."
        : undefined,
    ),
    source: deployed("efs-transit-encryption-port-without-encryption"),
  },
];

function ofEachEfs(
  message: (volume: EFSVolumeConfiguration) => string | undefined,
): DefinitionRule["message"] {
  return ({ volumes }) =>
    firstOf(
      volumes,
      ({ efsVolumeConfiguration }) => efsVolumeConfiguration && message(efsVolumeConfiguration),
    );
}

function configuredAtLaunch({ volumes = [] }: Definition): readonly Volume[] {
  return volumes.filter((volume) => volume.configuredAtLaunch === true);
}

/** A `host` without a path is in the answer about every other volume, and so in what people send again. */
function kindsOf(volume: Volume): number {
  return [
    (volume.host?.sourcePath ?? "") !== "",
    volume.configuredAtLaunch === true,
    volume.dockerVolumeConfiguration !== undefined,
    volume.efsVolumeConfiguration !== undefined,
    volume.s3filesVolumeConfiguration !== undefined,
    volume.fsxWindowsFileServerVolumeConfiguration !== undefined,
  ].filter(Boolean).length;
}
