import type { ContainerDefinition } from "@aws-sdk/client-ecs";
import { firstOf } from "../rule";
import { api, deployed } from "../sources";
import { ofEachContainer, type DefinitionRule } from "./task-definition";

const ERROR = "ClientException";

export const dependencyRules: readonly DefinitionRule[] = [
  {
    refused: "dependsOn of an unknown container",
    error: ERROR,
    message: ofEachContainer(({ dependsOn }, { containerDefinitions = [] }) =>
      firstOf(dependsOn, ({ containerName = "" }) =>
        named(containerDefinitions, containerName) === undefined
          ? `Cannot depend on container ${containerName} because it does not exist.`
          : undefined,
      ),
    ),
    source: deployed("dependson-container-missing"),
  },
  {
    refused: "dependsOn of itself",
    error: ERROR,
    message: ofEachContainer(({ name = "", dependsOn = [] }) =>
      dependsOn.some(({ containerName }) => containerName === name)
        ? `Container ${name} cannot depend on itself.`
        : undefined,
    ),
    source: `${api("ContainerDependency")} says what is waited for, which is never; the text is ours`,
  },
  {
    refused: "HEALTHY of a container without a health check",
    error: ERROR,
    message: ofEachContainer(({ dependsOn = [] }, { containerDefinitions = [] }) =>
      dependsOn.some(
        ({ containerName = "", condition }) =>
          condition === "HEALTHY" && named(containerDefinitions, containerName)?.healthCheck === undefined,
      )
        ? "A dependency container with HEALTHY condition must have health check configured."
        : undefined,
    ),
    source: deployed("dependson-healthy-without-healthcheck"),
  },
  {
    refused: "COMPLETE or SUCCESS of an essential container",
    error: ERROR,
    message: ofEachContainer(({ dependsOn = [] }, { containerDefinitions = [] }) =>
      dependsOn.some(
        ({ containerName = "", condition = "" }) =>
          ["COMPLETE", "SUCCESS"].includes(condition) &&
          named(containerDefinitions, containerName)?.essential !== false,
      )
        ? "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container."
        : undefined,
    ),
    source: deployed("dependson-complete-on-essential"),
  },
  {
    refused: "dependencies that go round",
    error: ERROR,
    message({ containerDefinitions = [] }) {
      const never = waitingForever(containerDefinitions);
      return never.length > 0
        ? `Containers could never start, as dependencies go round: ${never.map(({ name }) => name).join(", ")}.`
        : undefined;
    },
    source: `${api("ContainerDependency")} says what is waited for, which is never; the text is ours`,
  },
];

function named(containers: readonly ContainerDefinition[], name: string): ContainerDefinition | undefined {
  return containers.find((container) => container.name === name);
}

/** Starts containers in thought, one after another, until nobody is left who could be next. */
function waitingForever(containers: readonly ContainerDefinition[]): readonly ContainerDefinition[] {
  const names = containers.map(({ name }) => name);
  const left = containers.filter(({ dependsOn = [] }) =>
    dependsOn.some(({ containerName }) => names.includes(containerName)),
  );
  return left.length === 0 || left.length === containers.length ? left : waitingForever(left);
}
