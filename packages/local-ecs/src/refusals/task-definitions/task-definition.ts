import type { ContainerDefinition, RegisterTaskDefinitionRequest } from "@aws-sdk/client-ecs";
import { firstOf, only, type Rule } from "../rule";

export type Definition = RegisterTaskDefinitionRequest;
export type DefinitionRule = Rule<Definition>;

/** Makes a rule about task definitions of one about each of its containers. */
export function ofEachContainer(
  message: (container: ContainerDefinition, definition: Definition) => string | undefined,
): DefinitionRule["message"] {
  return (definition) =>
    firstOf(definition.containerDefinitions, (container) => message(container, definition));
}

export function requiresFargate({ requiresCompatibilities = [] }: Definition): boolean {
  return requiresCompatibilities.includes("FARGATE");
}

/** On EC2 the operating system need not be said: what says nothing counts as Linux. */
export function isForWindows({ runtimePlatform }: Pick<Definition, "runtimePlatform">): boolean {
  return runtimePlatform?.operatingSystemFamily?.startsWith("WINDOWS") === true;
}

export function onlyInMode(
  networkMode: NonNullable<Definition["networkMode"]>,
  rules: readonly DefinitionRule[],
): readonly DefinitionRule[] {
  return only((definition) => definition.networkMode === networkMode, rules);
}
