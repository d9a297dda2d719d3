/** Migrates a database before anything that needs the new tables is touched. */
import * as pulumi from "@pulumi/pulumi";
import { EcsTask } from "pulumi-ecs-task";

const config = new pulumi.Config();
const container = config.require("container");
const command = config.getObject<string[]>("command");
const environment = config.getObject<Record<string, string>>("environment") ?? {};
const subnets = config.getObject<string[]>("subnets");
const securityGroups = config.getObject<string[]>("securityGroups") ?? [];

const placement = {
  cluster: config.require("cluster"),
  taskDefinition: config.require("taskDefinition"),
  launchType: config.require("launchType"),
  ...(subnets && {
    networkConfiguration: {
      subnets,
      securityGroups,
      assignPublicIp: config.getBoolean("assignPublicIp") ?? false,
    },
  }),
};

const migrate = new EcsTask("migrate", {
  ...placement,
  overrides: { containerOverrides: [{ name: container, environment, ...(command && { command }) }] },
});

// Stands for whatever needs the new tables, an aws.ecs.Service for instance: it waits for the migration, and when
// that fails it is not touched. `triggers` runs this check again after each migration.
new EcsTask(
  "smoke-test",
  {
    ...placement,
    overrides: { containerOverrides: [{ name: container, environment, command: ["smoke-test.mjs"] }] },
    triggers: [migrate.taskArn],
  },
  { dependsOn: migrate },
);

export const { imageDigests, exitCodes, taskArn, outcome } = migrate;
