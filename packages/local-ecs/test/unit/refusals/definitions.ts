import type { ContainerDefinition, Volume } from "@aws-sdk/client-ecs";
import type { Definition } from "../../../src/refusals/task-definitions/task-definition";

export const app: ContainerDefinition = { name: "app", image: "app:1", memory: 128 };

export const withContainers = (...containerDefinitions: ContainerDefinition[]): Definition => ({
  family: "app",
  containerDefinitions,
});

/** A task definition with one container. */
export const withContainer = (
  container: Partial<ContainerDefinition>,
  task: Partial<Definition> = {},
): Definition => ({
  ...withContainers({ ...app, ...container }),
  ...task,
});

export const inMode = (
  networkMode: "awsvpc" | "host" | "none",
  container: Partial<ContainerDefinition> = {},
) => withContainer(container, { networkMode });

export const withVolumes = (volumes: Volume[], mounted: readonly string[] = []): Definition =>
  withContainer(
    { mountPoints: mounted.map((sourceVolume) => ({ sourceVolume, containerPath: `/${sourceVolume}` })) },
    { volumes },
  );

export const withEfs = (settings: NonNullable<Volume["efsVolumeConfiguration"]>): Definition =>
  withVolumes([{ name: "data", efsVolumeConfiguration: settings }]);

export const dependsOn = (containerName: string, condition: "START" | "SUCCESS" | "HEALTHY" = "START") => ({
  dependsOn: [{ containerName, condition }],
});

export const side = { ...app, name: "side", essential: false };
export const port = { containerPort: 80 };
export const role = "arn:aws:iam::123456789012:role/execution";
export const secrets = [{ name: "DB", valueFrom: "db" }];
export const healthCheck = { command: ["CMD", "true"] };
