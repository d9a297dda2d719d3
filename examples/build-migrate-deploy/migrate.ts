import { EcsTask, type EcsTaskArgs } from "pulumi-ecs-task";

/** The container that is the service, and that knows how to migrate its database. */
export const CONTAINER = "app";

/**
 * Migrates the database with an image of which the digest is known. Should ECS have pulled anything else, the task has
 * failed, and what depends on it is not touched.
 */
export function migrate(
  imageDigest: string,
  where: Pick<EcsTaskArgs, "cluster" | "taskDefinition" | "launchType" | "networkConfiguration">,
): EcsTask {
  return new EcsTask("migrate", {
    ...where,
    overrides: { containerOverrides: [{ name: CONTAINER, command: ["npm", "run", "migrate"] }] },
    expectedImageDigests: { [CONTAINER]: imageDigest },
  });
}
