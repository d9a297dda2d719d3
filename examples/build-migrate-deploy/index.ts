/** Deploys an image that CI built once: the migration runs it, then the service, and the outputs show that both did. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CONTAINER, migrate } from "./migrate";
import { serviceDigests } from "./service-digests";

const config = new pulumi.Config();
const imageDigest = config.require("imageDigest");
const cluster = config.require("cluster");
const repository = aws.ecr.getRepositoryOutput({ name: config.require("repository") });

const taskDefinition = new aws.ecs.TaskDefinition("shop", {
  family: "shop",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  executionRoleArn: config.require("executionRoleArn"),
  containerDefinitions: pulumi.jsonStringify([
    {
      name: CONTAINER,
      // By digest: what was built is what runs, whatever becomes of a tag.
      image: pulumi.interpolate`${repository.repositoryUrl}@${imageDigest}`,
      essential: true,
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": config.require("logGroup"),
          "awslogs-region": aws.getRegionOutput().region,
          "awslogs-stream-prefix": "ecs",
        },
      },
    },
  ]),
});

/** Where the task and the service run: one object fits both. */
const placement = {
  cluster,
  taskDefinition: taskDefinition.arn,
  launchType: "FARGATE",
  networkConfiguration: {
    subnets: config.requireObject<string[]>("subnets"),
    securityGroups: config.getObject<string[]>("securityGroups") ?? [],
    assignPublicIp: config.getBoolean("assignPublicIp") ?? false,
  },
};

const migration = migrate(imageDigest, placement);

// Not touched when the migration failed: the old version goes on with the old tables.
const service = new aws.ecs.Service(
  "shop",
  { ...placement, name: "shop", desiredCount: 2, waitForSteadyState: true },
  { dependsOn: migration },
);

/** Three times the same digest: what CI built, what migrated the database, what the service runs. */
export const built = imageDigest;
export const migrated = migration.imageDigests[CONTAINER];
export const running = serviceDigests(service);
