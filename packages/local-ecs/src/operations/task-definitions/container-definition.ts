import {
  ApplicationProtocol,
  ContainerCondition,
  DeviceCgroupPermission,
  FirelensConfigurationType,
  LogDriver,
  UlimitName,
  VersionConsistency,
} from "@aws-sdk/client-ecs";
import { flag, integer, list, map, required, structure, text } from "../../server/shape";
import { environmentFiles, nameAndValue, resourceRequirements } from "../common-shapes";

/** Members, types and enumerations are those of the service model, which the SDK is made of. */

const secrets = list(structure({ name: required(text()), valueFrom: required(text()) }));

const portMappings = list(
  structure({
    containerPort: integer(),
    hostPort: integer(),
    // "Amazon ECS treats any other specified value as tcp": API_PortMapping.
    protocol: text(),
    name: text(),
    appProtocol: text({ oneOf: Object.values(ApplicationProtocol) }),
    containerPortRange: text(),
  }),
);

const linuxParameters = structure({
  capabilities: structure({ add: list(text()), drop: list(text()) }),
  devices: list(
    structure({
      hostPath: required(text()),
      containerPath: text(),
      permissions: list(text({ oneOf: Object.values(DeviceCgroupPermission) })),
    }),
  ),
  initProcessEnabled: flag,
  sharedMemorySize: integer(),
  tmpfs: list(
    structure({ containerPath: required(text()), size: required(integer()), mountOptions: list(text()) }),
  ),
  maxSwap: integer(),
  swappiness: integer(),
});

const healthCheck = structure({
  command: required(list(text())),
  interval: integer(),
  timeout: integer(),
  retries: integer(),
  startPeriod: integer(),
});

export const containerDefinition = structure({
  name: required(
    text({ max: 255, pattern: /^[A-Za-z0-9_-]+$/ }),
    "Container.name should not be null or empty.",
  ),
  image: required(text(), "Container.image should not be null or empty."),
  essential: flag,
  cpu: integer({ min: 0 }),
  memory: integer({ min: 4 }),
  memoryReservation: integer({ min: 4 }),
  entryPoint: list(text()),
  command: list(text()),
  environment: list(nameAndValue),
  environmentFiles,
  secrets,
  workingDirectory: text(),
  user: text(),
  startTimeout: integer({ min: 0 }),
  stopTimeout: integer({ min: 0 }),
  dependsOn: list(
    structure({
      containerName: required(text()),
      condition: required(text({ oneOf: Object.values(ContainerCondition) })),
    }),
  ),
  logConfiguration: structure({
    logDriver: required(text({ oneOf: Object.values(LogDriver) })),
    options: map(text()),
    secretOptions: secrets,
  }),
  portMappings,
  mountPoints: list(structure({ sourceVolume: text(), containerPath: text(), readOnly: flag })),
  volumesFrom: list(structure({ sourceContainer: text(), readOnly: flag })),
  healthCheck,
  linuxParameters,
  ulimits: list(
    structure({
      name: required(text({ oneOf: Object.values(UlimitName) })),
      softLimit: required(integer()),
      hardLimit: required(integer()),
    }),
  ),
  systemControls: list(structure({ namespace: text(), value: text() })),
  resourceRequirements,
  restartPolicy: structure({
    enabled: required(flag),
    ignoredExitCodes: list(integer()),
    restartAttemptPeriod: integer(),
  }),
  firelensConfiguration: structure({
    type: required(text({ oneOf: Object.values(FirelensConfigurationType) })),
    options: map(text()),
  }),
  repositoryCredentials: structure({ credentialsParameter: required(text()) }),
  versionConsistency: text({ oneOf: Object.values(VersionConsistency) }),
  dockerLabels: map(text()),
  dockerSecurityOptions: list(text()),
  credentialSpecs: list(text()),
  dnsServers: list(text()),
  dnsSearchDomains: list(text()),
  extraHosts: list(structure({ hostname: required(text()), ipAddress: required(text()) })),
  links: list(text()),
  hostname: text(),
  disableNetworking: flag,
  interactive: flag,
  privileged: flag,
  pseudoTerminal: flag,
  readonlyRootFilesystem: flag,
});
