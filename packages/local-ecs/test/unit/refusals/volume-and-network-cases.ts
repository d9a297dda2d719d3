import type { Definition } from "../../../src/refusals/task-definitions/task-definition";
import type { Cases } from "./assert-table";
import { app, withContainers, withContainer, inMode, withVolumes, withEfs, side, port } from "./definitions";

export const volumeCases: Cases<Definition> = {
  "names of volumes with other characters": {
    refused: withVolumes([{ name: "../x" }]),
    accepted: withVolumes([{ name: "a_B-1" }]),
    message: 'volumes[0].name must be 1 to 255 letters, numbers, underscores and hyphens: "../x" is not.',
  },
  "a volume of two kinds": {
    refused: withVolumes([
      { name: "data", host: { sourcePath: "/data" }, efsVolumeConfiguration: { fileSystemId: "fs-1" } },
    ]),
    accepted: withVolumes([{ name: "data", host: {}, efsVolumeConfiguration: { fileSystemId: "fs-1" } }]),
    message: "When the volume parameter is specified, only one volume configuration type should be used.",
  },
  "two volumes that are configured at launch": {
    refused: withVolumes(
      [
        { name: "a", configuredAtLaunch: true },
        { name: "b", configuredAtLaunch: true },
      ],
      ["a", "b"],
    ),
    accepted: withVolumes(
      [
        { name: "a", configuredAtLaunch: true },
        { name: "b", configuredAtLaunch: false },
      ],
      ["a"],
    ),
    message: "Only one volume can be configured at launch in a task definition.",
  },
  "a volume that is configured at launch and mounted nowhere": {
    refused: withVolumes([{ name: "a", configuredAtLaunch: true }]),
    accepted: withVolumes([{ name: "a" }]),
    message: "Volumes [a] are not referenced by any of the containers.",
  },
  "a mount point of an unknown volume": {
    refused: withVolumes([{ name: "a" }], ["b"]),
    accepted: withVolumes([{ name: "a" }], ["a"]),
    message: "Unknown volume 'b'.",
  },
  "volumesFrom of an unknown container": {
    refused: withContainer({ volumesFrom: [{ sourceContainer: "x" }] }),
    accepted: withContainers({ ...app, volumesFrom: [{ sourceContainer: "side" }] }, side),
    message: "Invalid 'volumesFrom' setting. Unknown container: 'x'.",
  },
  "an EFS access point beside a root directory": {
    refused: withEfs({
      fileSystemId: "fs-1",
      rootDirectory: "/data",
      authorizationConfig: { accessPointId: "fsap-1" },
    }),
    accepted: withEfs({
      fileSystemId: "fs-1",
      rootDirectory: "/",
      authorizationConfig: { accessPointId: "fsap-1" },
    }),
    message: 'When using an EFS access point, the root directory must either be set to "/" or be omitted.',
  },
  "EFS with IAM and without encryption": {
    refused: withEfs({ fileSystemId: "fs-1", authorizationConfig: { iam: "ENABLED" } }),
    accepted: withEfs({
      fileSystemId: "fs-1",
      transitEncryption: "ENABLED",
      authorizationConfig: { iam: "ENABLED" },
    }),
    message: "EFS IAM authorization requires TransitEncryption to be enabled.",
  },
  "a port of EFS's encryption without encryption": {
    refused: withEfs({ fileSystemId: "fs-1", transitEncryptionPort: 2049, transitEncryption: "DISABLED" }),
    accepted: withEfs({ fileSystemId: "fs-1", transitEncryptionPort: 2049, transitEncryption: "ENABLED" }),
    message: "TransitEncryptionPort requires that TransitEncryption is enabled.",
  },
};

export const networkCases: Cases<Definition> = {
  "awsvpc with another host port than container port": {
    refused: inMode("awsvpc", { portMappings: [{ ...port, hostPort: 8080 }] }),
    accepted: inMode("awsvpc", { portMappings: [{ ...port, hostPort: 80 }, { containerPort: 81 }] }),
    message: "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
  },
  "awsvpc with a hostname": {
    refused: inMode("awsvpc", { hostname: "app" }),
    accepted: withContainer({ hostname: "app" }),
    message: "hostname is not supported on container when networkMode=awsvpc.",
  },
  "awsvpc with links": {
    refused: inMode("awsvpc", { links: ["db"] }),
    accepted: inMode("awsvpc", { links: [] }),
    message: "Links are not supported when networkMode=awsvpc.",
  },
  "awsvpc with DNS servers": {
    refused: inMode("awsvpc", { dnsServers: ["1.1.1.1"] }),
    accepted: withContainer({ dnsServers: ["1.1.1.1"] }),
    message: "DNS servers are not supported on container when networkMode=awsvpc.",
  },
  "awsvpc with extra hosts": {
    refused: inMode("awsvpc", { extraHosts: [{ hostname: "db", ipAddress: "10.0.0.1" }] }),
    accepted: withContainer({ extraHosts: [{ hostname: "db", ipAddress: "10.0.0.1" }] }),
    message: "Extra hosts are not supported on container when networkMode=awsvpc.",
  },
  "awsvpc with disableNetworking": {
    refused: inMode("awsvpc", { disableNetworking: true }),
    accepted: inMode("awsvpc", { disableNetworking: false }),
    message: "Disable Networking is not supported on container when networkMode=awsvpc.",
  },
  "networkMode host with another host port than container port": {
    refused: inMode("host", { portMappings: [{ ...port, hostPort: 8080 }] }),
    accepted: inMode("host", { portMappings: [{ ...port, hostPort: 0 }] }),
    message: "When networkMode=host, the host ports and container ports in port mappings must match.",
  },
  "networkMode none with port mappings": {
    refused: inMode("none", { portMappings: [port] }),
    accepted: withContainer({ portMappings: [{ ...port, hostPort: 8080 }] }),
    message: "Port mappings are not supported when networkMode=none.",
  },
  "a single port beside a range of ports": {
    refused: withContainer({ portMappings: [{ containerPortRange: "80-90", containerPort: 80 }] }),
    accepted: withContainer({ portMappings: [{ containerPortRange: "80-90" }] }),
    message: "cannot specify both single port and port range",
  },
  "a range of ports that does not rise": {
    refused: withContainer({ portMappings: [{ containerPortRange: "90-80" }] }),
    accepted: withContainer({ portMappings: [{ containerPortRange: "80-81" }] }),
    message: "Invalid 'containerPortRange' setting.",
  },
  "ports of one name": {
    refused: withContainers(
      { ...app, portMappings: [{ ...port, name: "web" }] },
      { ...side, portMappings: [{ ...port, name: "web" }] },
    ),
    accepted: withContainer({ portMappings: [{ ...port, name: "web" }, port, port] }),
    message: "port mapping name is already used",
  },
  "an App Mesh proxy without awsvpc": {
    refused: withContainer({}, { proxyConfiguration: { containerName: "app" } }),
    accepted: withContainer({}, { networkMode: "awsvpc", proxyConfiguration: { containerName: "app" } }),
    message: "APPMESH proxy configuration is only supported in networkMode=awsvpc.",
  },
  "an App Mesh proxy in an unknown container": {
    refused: withContainer({}, { networkMode: "awsvpc", proxyConfiguration: { containerName: "envoy" } }),
    accepted: withContainers(app),
    message: "Proxy container [envoy] does not exist.",
  },
};
