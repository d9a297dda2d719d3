import type { ContainerDefinition, RegisterTaskDefinitionRequest, TaskDefinition } from "@aws-sdk/client-ecs";
import { flag, integer, list, map, opaque, required, structure, text } from "../../server/shape";
import { operation } from "../operation";
import { partitionOf } from "../../state/arn";
import { taskUnits } from "../../state/task-definitions/task-size";
import { defined } from "../../values/defined";
import { requiredAttributes } from "../../state/task-definitions/required-attributes";
import { checkTaskDefinition, compatibilitiesOf } from "./check-task-definition";
import {
  environmentFiles,
  ephemeralStorage,
  nameAndValue,
  tags,
  taskCpu,
  taskMemory,
} from "../common-shapes";

const secrets = list(structure({ name: required(text()), valueFrom: required(text()) }));

const containerDefinition = structure({
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
  startTimeout: integer({ min: 2 }),
  stopTimeout: integer({ min: 0 }),
  dependsOn: list(
    structure({
      containerName: required(text()),
      condition: required(text({ oneOf: ["START", "COMPLETE", "SUCCESS", "HEALTHY"] })),
    }),
  ),
  logConfiguration: structure({ logDriver: required(text()), options: map(text()), secretOptions: secrets }),
  portMappings: list(opaque<object>()),
  mountPoints: list(opaque<object>()),
  volumesFrom: list(opaque<object>()),
  healthCheck: opaque<ContainerDefinition["healthCheck"]>(),
  linuxParameters: opaque<object>(),
  ulimits: list(opaque<object>()),
  systemControls: list(opaque<object>()),
  resourceRequirements: list(opaque<object>()),
  restartPolicy: opaque<object>(),
  firelensConfiguration: opaque<object>(),
  repositoryCredentials: opaque<object>(),
  versionConsistency: text({ oneOf: ["enabled", "disabled"] }),
  dockerLabels: map(text()),
  dockerSecurityOptions: list(text()),
  credentialSpecs: list(text()),
  dnsServers: list(text()),
  dnsSearchDomains: list(text()),
  extraHosts: list(opaque<object>()),
  links: list(text()),
  hostname: text(),
  disableNetworking: flag,
  interactive: flag,
  privileged: flag,
  pseudoTerminal: flag,
  readonlyRootFilesystem: flag,
});

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const registerTaskDefinition = operation({
  name: "RegisterTaskDefinition",
  invalid: "ClientException",
  request: structure({
    family: required(text({ max: 255, pattern: /^[A-Za-z0-9_-]+$/ }), "Family should not be null or empty."),
    containerDefinitions: required(list(containerDefinition), "Container list cannot be empty."),
    networkMode: text({ oneOf: ["bridge", "host", "awsvpc", "none"] }),
    requiresCompatibilities: list(text({ oneOf: ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"] })),
    cpu: taskCpu,
    memory: taskMemory,
    taskRoleArn: text(),
    executionRoleArn: text(),
    ephemeralStorage,
    runtimePlatform: structure({ cpuArchitecture: text(), operatingSystemFamily: text() }),
    placementConstraints: list(
      structure({
        type: required(text({ oneOf: ["memberOf"] })),
        expression: required(text({ max: 2000 })),
      }),
      { max: 10 },
    ),
    volumes: list(opaque<object>()),
    pidMode: text({ oneOf: ["host", "task"] }),
    ipcMode: text({ oneOf: ["host", "task", "none"] }),
    proxyConfiguration: opaque<object>(),
    inferenceAccelerators: list(opaque<object>()),
    enableFaultInjection: flag,
    tags,
  }),
  handle({ tags: given = [], ...request }, { taskDefinitions, clock, account }) {
    const asked = request as RegisterTaskDefinitionRequest;
    checkTaskDefinition(asked);
    const containerDefinitions = (asked.containerDefinitions ?? []).map(withDefaults);
    const { family = "", ...others } = asked;
    const definitionAsked = { ...(others as Omit<TaskDefinition, "family">), family, containerDefinitions };
    const { definition, tags: kept } = taskDefinitions.register(
      {
        volumes: [],
        placementConstraints: [],
        ...definitionAsked,
        ...defined({ cpu: unitsText(asked.cpu, "vcpu"), memory: unitsText(asked.memory, "gb") }),
        requiresAttributes: requiredAttributes(definitionAsked),
        compatibilities: compatibilitiesOf(asked),
        registeredAt: new Date(clock.now()),
        registeredBy: `arn:${partitionOf(account)}:iam::${account.accountId}:root`,
      },
      given,
    );
    return { taskDefinition: definition, tags: kept };
  },
});

/** ECS shows `1 vCPU` as `1024` and `2GB` as `2048`. @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html (cpu, memory) */
function unitsText(given: string | undefined, unit: "vcpu" | "gb"): string | undefined {
  const units = taskUnits(given, unit);
  return units === undefined ? undefined : String(units);
}

/** What ECS fills in, so that what is described is what AWS would describe. */
function withDefaults(container: ContainerDefinition): ContainerDefinition {
  return {
    cpu: 0,
    essential: true,
    environment: [],
    portMappings: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
  };
}
