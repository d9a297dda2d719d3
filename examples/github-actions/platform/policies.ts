/** What each role may do. Pure: names in, statements out. */

export interface Statement {
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** ARNs of what the deployment works with. */
export interface Names {
  readonly clusterArn: string;
  readonly repositoryArn: string;
  readonly logGroupArn: string;
  readonly executionRoleArn: string;
  readonly stateBucketArn: string;
  readonly stateKeyArn: string;
  /** Family of the task definition, which is the service's name too. */
  readonly family: string;
}

const allow = (
  Action: readonly string[],
  Resource: Statement["Resource"],
  Condition?: Statement["Condition"],
): Statement => ({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });

/** Pushes an image, and asks for its digest. */
export function buildPolicy({ repositoryArn }: Names): Statement[] {
  return [
    allow(["ecr:GetAuthorizationToken"], "*"),
    allow(
      [
        "ecr:BatchCheckLayerAvailability",
        "ecr:BatchGetImage",
        "ecr:CompleteLayerUpload",
        "ecr:DescribeImages",
        "ecr:GetDownloadUrlForLayer",
        "ecr:InitiateLayerUpload",
        "ecr:PutImage",
        "ecr:UploadLayerPart",
      ],
      repositoryArn,
    ),
  ];
}

/** Reads the state and what runs. Changes nothing. */
export function previewPolicy(names: Names): Statement[] {
  const { clusterArn, repositoryArn, stateBucketArn, stateKeyArn } = names;
  return [
    allow(["s3:ListBucket"], stateBucketArn),
    allow(["s3:GetObject"], `${stateBucketArn}/*`),
    allow(["kms:Decrypt"], stateKeyArn),
    allow(["ecr:DescribeRepositories", "ecr:ListTagsForResource"], repositoryArn),
    allow(["ecs:DescribeClusters"], clusterArn),
    allow(["ecs:DescribeTasks"], `${inCluster(clusterArn, "task")}/*`),
    allow(["ecs:ListTasks"], "*", { ArnEquals: { "ecs:cluster": clusterArn } }),
    allow(["ecs:DescribeTaskDefinition"], "*"),
  ];
}

/** What the preview may, and besides: keeps the state, runs the migration, makes revisions, updates the service. */
export function deployPolicy(names: Names): Statement[] {
  const { clusterArn, logGroupArn, executionRoleArn, stateBucketArn, stateKeyArn, family } = names;
  const taskDefinitions = `${clusterArn.replace(/:cluster\/.*/, "")}:task-definition/${family}:*`;
  return [
    ...previewPolicy(names),
    allow(["s3:PutObject", "s3:DeleteObject"], `${stateBucketArn}/*`),
    allow(["kms:Encrypt"], stateKeyArn),
    // The migration.
    allow(["ecs:RunTask"], taskDefinitions, { ArnEquals: { "ecs:cluster": clusterArn } }),
    allow(["ecs:StopTask"], `${inCluster(clusterArn, "task")}/*`),
    allow(["iam:PassRole"], executionRoleArn, {
      StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" },
    }),
    allow(["logs:GetLogEvents"], `${logGroupArn}:log-stream:*`),
    // The task definition and the service. DeregisterTaskDefinition knows no narrower resource.
    allow(["ecs:RegisterTaskDefinition"], taskDefinitions),
    allow(["ecs:DeregisterTaskDefinition"], "*"),
    allow(
      ["ecs:CreateService", "ecs:DeleteService", "ecs:DescribeServices", "ecs:UpdateService"],
      `${inCluster(clusterArn, "service")}/${family}`,
    ),
  ];
}

/** `arn:…:cluster/shop` becomes `arn:…:task/shop`. */
function inCluster(clusterArn: string, kind: "task" | "service"): string {
  return clusterArn.replace(":cluster/", `:${kind}/`);
}
