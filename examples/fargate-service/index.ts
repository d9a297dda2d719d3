/** A service on Fargate that is deployed only after its database was migrated, with the same image. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { EcsTask } from "pulumi-ecs-task";

const config = new pulumi.Config();
const region = aws.getRegionOutput().region;

const cluster = new aws.ecs.Cluster("shop");
const logGroup = new aws.cloudwatch.LogGroup("shop", { retentionInDays: 30 });
const executionRole = new aws.iam.Role("shop-execution", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
});
const mayPullAndLog = new aws.iam.RolePolicyAttachment("shop-execution", {
  role: executionRole,
  policyArn: aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy,
});

const taskDefinition = new aws.ecs.TaskDefinition("shop", {
  family: "shop",
  requiresCompatibilities: ["FARGATE"],
  networkMode: "awsvpc",
  cpu: "256",
  memory: "512",
  executionRoleArn: executionRole.arn,
  containerDefinitions: pulumi.jsonStringify([
    {
      name: "app",
      image: config.require("image"),
      essential: true,
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": logGroup.name, "awslogs-region": region, "awslogs-stream-prefix": "ecs" },
      },
    },
  ]),
});

/** Where the task and the service run: one object fits both. */
const placement = {
  launchType: "FARGATE",
  networkConfiguration: {
    subnets: config.requireObject<string[]>("subnets"),
    securityGroups: config.getObject<string[]>("securityGroups") ?? [],
    assignPublicIp: config.getBoolean("assignPublicIp") ?? false,
  },
  tags: { project: "shop" },
};

// A new image makes a new revision of the task definition, and that runs the migration again.
const migrate = new EcsTask(
  "migrate",
  {
    ...placement,
    cluster,
    taskDefinition,
    overrides: { containerOverrides: [{ name: "app", command: ["npm", "run", "migrate"] }] },
  },
  { dependsOn: mayPullAndLog },
);

// Not touched when the migration failed: the old version goes on with the old tables.
const service = new aws.ecs.Service(
  "shop",
  { ...placement, cluster: cluster.arn, taskDefinition: taskDefinition.arn, desiredCount: 2 },
  { dependsOn: migrate },
);

export const serviceName = service.name;
/** The image that really ran, by container: compare it with what was built. */
export const { imageDigests } = migrate;
