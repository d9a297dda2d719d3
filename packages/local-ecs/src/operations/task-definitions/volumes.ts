import { EFSAuthorizationConfigIAM, EFSTransitEncryption, Scope } from "@aws-sdk/client-ecs";
import { flag, integer, list, map, required, structure, text } from "../../server/shape";

/** Members, types and enumerations are those of the service model, which the SDK is made of. */
export const volumes = list(
  structure({
    name: text(),
    host: structure({ sourcePath: text() }),
    dockerVolumeConfiguration: structure({
      scope: text({ oneOf: Object.values(Scope) }),
      autoprovision: flag,
      driver: text(),
      driverOpts: map(text()),
      labels: map(text()),
    }),
    efsVolumeConfiguration: structure({
      fileSystemId: required(text()),
      rootDirectory: text(),
      transitEncryption: text({ oneOf: Object.values(EFSTransitEncryption) }),
      transitEncryptionPort: integer(),
      authorizationConfig: structure({
        accessPointId: text(),
        iam: text({ oneOf: Object.values(EFSAuthorizationConfigIAM) }),
      }),
    }),
    s3filesVolumeConfiguration: structure({
      fileSystemArn: required(text()),
      rootDirectory: text(),
      transitEncryptionPort: integer(),
      accessPointArn: text(),
    }),
    fsxWindowsFileServerVolumeConfiguration: structure({
      fileSystemId: required(text()),
      rootDirectory: required(text()),
      authorizationConfig: required(
        structure({ credentialsParameter: required(text()), domain: required(text()) }),
      ),
    }),
    configuredAtLaunch: flag,
  }),
);
