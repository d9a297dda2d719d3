import {
  Compatibility,
  CPUArchitecture,
  IpcMode,
  NetworkMode,
  OSFamily,
  PidMode,
  ProxyConfigurationType,
  TaskDefinitionPlacementConstraintType,
  type ContainerDefinition,
  type RegisterTaskDefinitionRequest,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { canRunOnFargate } from "../../refusals/task-definitions/fargate";
import { refuse } from "../../refusals/rule";
import { definitionRules } from "../../refusals/table";
import { flag, list, opaque, required, structure, text } from "../../server/shape";
import { partitionOf } from "../../state/arn";
import { taskUnits } from "../../state/task-definitions/task-size";
import { defined } from "../../values/defined";
import { requiredAttributes } from "../../state/task-definitions/required-attributes";
import { operation } from "../operation";
import { ephemeralStorage, nameAndValue, tags } from "../common-shapes";
import { containerDefinition } from "./container-definition";
import { volumes } from "./volumes";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const registerTaskDefinition = operation({
  name: "RegisterTaskDefinition",
  invalid: "ClientException",
  request: structure({
    family: required(text({ max: 255, pattern: /^[A-Za-z0-9_-]+$/ }), "Family should not be null or empty."),
    containerDefinitions: required(list(containerDefinition), "Container list cannot be empty."),
    networkMode: text({ oneOf: Object.values(NetworkMode) }),
    requiresCompatibilities: list(text({ oneOf: Object.values(Compatibility) })),
    cpu: text(),
    memory: text(),
    taskRoleArn: text(),
    executionRoleArn: text(),
    ephemeralStorage,
    runtimePlatform: structure({
      cpuArchitecture: text({ oneOf: Object.values(CPUArchitecture) }),
      operatingSystemFamily: text({ oneOf: Object.values(OSFamily) }),
    }),
    placementConstraints: list(
      structure({
        type: required(text({ oneOf: Object.values(TaskDefinitionPlacementConstraintType) })),
        expression: required(text({ max: 2000 })),
      }),
      { max: 10 },
    ),
    volumes,
    pidMode: text({ oneOf: Object.values(PidMode) }),
    ipcMode: text({ oneOf: Object.values(IpcMode) }),
    proxyConfiguration: structure({
      type: text({ oneOf: Object.values(ProxyConfigurationType) }),
      containerName: required(text()),
      properties: list(nameAndValue),
    }),
    inferenceAccelerators: list(structure({ deviceName: required(text()), deviceType: required(text()) })),
    enableFaultInjection: flag,
    trustedExecutionConfiguration: opaque<object>(),
    tags,
  }),
  handle({ tags: given = [], ...request }, { taskDefinitions, clock, account }) {
    const asked = request as RegisterTaskDefinitionRequest;
    refuse(definitionRules, { ...asked, tags: [...given] });
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
        // For which launch types it could be run, whatever it names.
        compatibilities: canRunOnFargate(asked) ? ["EC2", "FARGATE"] : ["EC2"],
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
