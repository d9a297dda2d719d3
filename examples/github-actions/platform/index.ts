/** What deployments need and must not make themselves: where images, tasks and state are kept, and who may do what. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { githubIdentities, githubRole } from "./github-role";
import { buildPolicy, deployPolicy, previewPolicy, type Statement, type Names } from "./policies";

const repo = `repo:${new pulumi.Config().require("githubRepository")}`;

const cluster = new aws.ecs.Cluster("shop", { name: "shop" });
const repository = new aws.ecr.Repository("shop", { name: "shop", imageTagMutability: "IMMUTABLE" });
const logGroup = new aws.cloudwatch.LogGroup("shop", { name: "/shop", retentionInDays: 30 });
const executionRole = new aws.iam.Role("shop-execution", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "ecs-tasks.amazonaws.com" }),
});
new aws.iam.RolePolicyAttachment("shop-execution", {
  role: executionRole,
  policyArn: aws.iam.ManagedPolicy.AmazonECSTaskExecutionRolePolicy,
});
const stateBucket = new aws.s3.Bucket("shop-state");
new aws.s3.BucketVersioning("shop-state", {
  bucket: stateBucket.bucket,
  versioningConfiguration: { status: "Enabled" },
});
const stateKey = new aws.kms.Key("shop-state", { description: "Secrets in the state of Pulumi" });
new aws.kms.Alias("shop-state", { name: "alias/shop-state", targetKeyId: stateKey.keyId });

const names = pulumi.output({
  clusterArn: cluster.arn,
  repositoryArn: repository.arn,
  logGroupArn: logGroup.arn,
  executionRoleArn: executionRole.arn,
  stateBucketArn: stateBucket.arn,
  stateKeyArn: stateKey.arn,
  family: "shop",
});
const may = (policy: (names: Names) => Statement[]) => names.apply(policy);

const identities = githubIdentities();
const pullRequests = `${repo}:pull_request`;
const builder = githubRole(
  "shop-build",
  identities,
  [pullRequests, `${repo}:ref:refs/heads/main`],
  may(buildPolicy),
);
const previewer = githubRole("shop-preview", identities, [pullRequests], may(previewPolicy));
const deployer = githubRole("shop-deploy", identities, [`${repo}:environment:production`], may(deployPolicy));

/** The variables of the repository on GitHub. None is a secret. */
export const variables = {
  AWS_REGION: aws.getRegionOutput().region,
  REPOSITORY_URL: repository.repositoryUrl,
  STATE_URL: pulumi.interpolate`s3://${stateBucket.bucket}`,
  BUILD_ROLE: builder.arn,
  PREVIEW_ROLE: previewer.arn,
  DEPLOY_ROLE: deployer.arn,
};
/** For the config of the stack that is deployed. */
export const executionRoleArn = executionRole.arn;
