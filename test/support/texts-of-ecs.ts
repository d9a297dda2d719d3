/** What ECS says of a failure, and the code it is to get. */
export interface Said {
  readonly code: string;
  /** Of the container. */
  readonly reason?: string;
  /** Of the task. */
  readonly stoppedReason?: string;
  readonly stopCode?: string;
  readonly exitCode?: number;
}

const ECR = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
const NO_SECRETS = "ResourceInitializationError: unable to pull secrets or registry auth: ";
const NO_RESOURCES = `${NO_SECRETS}execution resource retrieval failed: `;
const PULL = "CannotPullContainerError: ";
const START = "CannotStartContainerError: ";
const DAEMON = `${START}Error response from daemon: `;
const failedToStart = { stopCode: "TaskFailedToStart" };

/** What ECS, Fargate, the real agent and its container runtimes say, some of it shortened, and where it is from. */
// prettier-ignore
export const TEXTS_OF_ECS: readonly Said[] = [
  // Pulling. [TP]: developerguide/task_cannot_pull_image.html
  { code: "IMAGE_NOT_FOUND", reason: `${PULL}Error response from daemon: manifest unknown: manifest unknown` }, // EC2, agents before 1.83
  { code: "IMAGE_NOT_FOUND", reason: "CannotPullImageManifestError: Error response from daemon: manifest unknown: manifest unknown" }, // agent 1.105.1, observed
  { code: "IMAGE_NOT_FOUND", reason: `${PULL}pull image manifest has been retried 1 time(s): failed to resolve ref ${ECR}/app:1: ${ECR}/app:1: not found` }, // Fargate 1.4.0
  { code: "IMAGE_NOT_FOUND", reason: `${PULL}pull image manifest has been retried 7 time(s): failed to resolve ref ${ECR}/platform:403: not found` }, // Fargate, with names that say something else
  { code: "IMAGE_NOT_FOUND", reason: `${PULL}Error response from daemon: repository shop/api not found: does not exist or no pull access` }, // Docker 17
  { code: "IMAGE_NOT_FOUND", reason: `${PULL}Error: image library/app:2 not found` }, // aws/amazon-ecs-agent#413
  { code: "IMAGE_NOT_FOUND", reason: `${PULL}Error response from daemon: name unknown: The repository with name 'app' does not exist in the registry with id '123456789012'` }, // [TP]
  { code: "IMAGE_NOT_FOUND", reason: `${PULL}API error (404): repository 111122223333.dkr.ecr.us-east-1.amazonaws.com/test not found` }, // [TP]
  { code: "IMAGE_PULL_DENIED", reason: `${PULL}Error response from daemon: pull access denied for ${ECR}/app, repository does not exist or may require 'docker login': denied: User: arn:aws:sts::123456789012:assumed-role/exec/1 is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-central-1:123456789012:repository/app because no identity-based policy allows the ecr:BatchGetImage action` }, // [TP]
  { code: "IMAGE_PULL_DENIED", reason: `${PULL}inspect image has been retried 1 time(s): failed to resolve ref "${ECR}/app:1": unexpected status code [manifests 6981141]: 403 Forbidden` }, // Fargate 1.4.0
  { code: "IMAGE_PULL_DENIED", reason: `${PULL}pull image manifest has been retried 7 time(s): failed to resolve ref ghcr.io/shop/api:latest: failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized` }, // Fargate, ghcr.io
  { code: "IMAGE_PULL_DENIED", reason: `${PULL}AccessDeniedException: User: arn:aws:sts::1:assumed-role/x/1 is not authorized to perform: ecr:GetAuthorizationToken on resource: *` }, // EC2
  { code: "IMAGE_PULL_DENIED", reason: `${PULL}API error (500): Get https://${ECR}/v2/app/manifests/1: no basic auth credentials` }, // EC2, old agents
  { code: "IMAGE_PULL_DENIED", reason: `${PULL}The task can’t pull the image. Check that the role has the permissions to pull images from the registry.` }, // [TP]
  { code: "IMAGE_PULL_LIMITED", reason: `${PULL}ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/x/blobs/sha256:403ab4010: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.` }, // [TP]
  { code: "IMAGE_PULL_LIMITED", reason: `${PULL}inspect image has been retried 5 time(s): httpReadSeeker: failed open: unexpected status code [manifests 3.6.1]: 429 Too Many Requests` }, // docker/hub-feedback#2023
  { code: "IMAGE_PULL_LIMITED", reason: `${PULL}Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit` }, // docker/hub-feedback#2464
  { code: "IMAGE_PULL_LIMITED", reason: `${PULL}Error response from daemon: toomanyrequests: Data limit exceeded` }, // public.ecr.aws
  { code: "IMAGE_PULL_LIMITED", reason: `${PULL}ThrottlingException: Rate exceeded` }, // ECR's quota of GetAuthorizationToken
  { code: "IMAGE_REGISTRY_UNREACHABLE", reason: `${PULL}inspect image has been retried 5 time(s): failed to resolve ref "${ECR}/app:1": failed to do request: Head "https://${ECR}/v2/app/manifests/1": dial tcp 52.217.233.242:443: i/o timeout` }, // Fargate 1.4.0
  { code: "IMAGE_REGISTRY_UNREACHABLE", reason: `${PULL}Error response from daemon: Get "https://${ECR}/v2/": dial tcp: lookup ${ECR} on 10.0.0.2:53: no such host` }, // EC2
  { code: "IMAGE_REGISTRY_UNREACHABLE", reason: `${PULL}The task cannot pull ${ECR}/app:1 from the registry ${ECR}/app:1. There is a connection issue between the task and the registry. Check your task network configuration.` }, // [TP]
  { code: "IMAGE_REGISTRY_UNREACHABLE", reason: `${PULL}Error response from daemon: Get https://${ECR}/v2/: net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)` }, // [TP]
  { code: "IMAGE_REGISTRY_UNREACHABLE", reason: `${PULL}context deadline exceeded` }, // Fargate
  { code: "IMAGE_REGISTRY_UNREACHABLE", reason: `${PULL}Error response from daemon: Get https://registry.internal/v2/: x509: certificate signed by unknown authority` }, // Docker, own registry
  { code: "IMAGE_REGISTRY_UNREACHABLE", reason: `${PULL}Error response from daemon: Get https://registry-1.docker.io/v2/shop/app/manifests/1: EOF` }, // camptocamp/upkick#12
  { code: "IMAGE_REGISTRY_UNREACHABLE", reason: `${PULL}Error response from daemon: Get https://${ECR}/v2/: dial tcp 10.0.0.5:443: connect: connection refused` }, // EC2
  { code: "IMAGE_WRONG_PLATFORM", reason: `${PULL}image Manifest does not contain descriptor matching platform 'linux/amd64'` }, // Fargate 1.4.0
  { code: "IMAGE_WRONG_PLATFORM", reason: `${PULL}Error response from daemon: no matching manifest for linux/amd64 in the manifest list entries` }, // EC2
  { code: "IMAGE_WRONG_PLATFORM", reason: `${PULL}failed to resolve ref: no match for platform in manifest sha256:429: not found` }, // containerd
  { code: "IMAGE_WRONG_PLATFORM", reason: `${PULL}image operating system "linux" cannot be used on this platform` }, // Docker on Windows
  { code: "IMAGE_WRONG_PLATFORM", reason: `${DAEMON}exec /usr/bin/node: exec format error` }, // EC2
  { code: "IMAGE_WRONG_PLATFORM", reason: `${DAEMON}container_linux.go:380: starting container process caused: exec user process caused "exec format error"` }, // runc
  { code: "IMAGE_WRONG_PLATFORM", reason: "CannotCreateContainerError: Error response from daemon: hcsshim::CreateComputeSystem x: The container operating system does not match the host operating system." }, // Windows
  { code: "NO_DISK_SPACE", reason: `${PULL}failed to register layer: write /api/orders/app.js: no space left on device` }, // [TP]
  { code: "NO_DISK_SPACE", reason: "CannotCreateContainerError: API error (500): devmapper: Thin Pool has 4350 free data blocks which is less than minimum required 4454 free data blocks." }, // developerguide/CannotCreateContainerError.html
  { code: "NO_DISK_SPACE", reason: `${DAEMON}mkdir /var/lib/docker/overlay2/1: no space left on device` }, // Docker
  { code: "IMAGE_NOT_PULLED", reason: `${PULL}ref pull has been retried 5 time(s): failed to resolve ref ${ECR}/app:1: unexpected status from HEAD request: 503 Service Unavailable` }, // Fargate
  { code: "IMAGE_NOT_PULLED", reason: `${PULL}failed to register layer: devicemapper: Error running deviceResume dm_task_run failed` }, // EC2, devicemapper
  // Starting. [SC]: developerguide/cannot-start-container.html
  { code: "COMMAND_NOT_FOUND", reason: `${DAEMON}OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "python": executable file not found in $PATH: unknown` }, // aws/amazon-ecs-cli#1136
  { code: "COMMAND_NOT_FOUND", reason: `${START}API error (400): OCI runtime create failed: container_linux.go:296: starting container process caused \\"exec: \\\\\\"not_found_command\\\\\\": executable file not found in $PATH\\": unknown` }, // the command line of a task runner
  { code: "COMMAND_NOT_FOUND", reason: `${START}API error (500): Cannot start container 54b6: [8] System error: exec: "node index.js -t sockets_transport -i 0": executable file not found in $PATH` }, // aws/amazon-ecs-cli#78
  { code: "COMMAND_NOT_FOUND", reason: `${START}ResourceInitializationError: failed to create new container runtime task: failed to create shim: OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "npm run migrate": executable file not found in $PATH: unknown` }, // Fargate 1.4.0
  { code: "COMMAND_NOT_FOUND", reason: `${START}ResourceInitializationError: failed to create new container runtime task: OCI runtime create failed: container_linux.go:370: starting container process caused: exec: "/opt/sonarqube/bin/run.sh": stat /opt/sonarqube/bin/run.sh: no such file or directory` }, // aws/amazon-ecs-agent#2954
  { code: "COMMAND_NOT_FOUND", ...failedToStart, reason: `${DAEMON}failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/no/such": stat /no/such: no such file or directory: unknown` }, // agent 1.105.1, observed
  { code: "COMMAND_NOT_FOUND", reason: `${DAEMON}exec /docker-entrypoint.sh: no such file or directory` }, // a script with Windows line ends
  { code: "COMMAND_NOT_FOUND", reason: `${DAEMON}container 1 encountered an error during hcsshim::System::CreateProcess: failure in a Windows system call: The system cannot find the file specified. (0x2)` }, // Windows
  { code: "NOT_EXECUTABLE", reason: `${DAEMON}OCI runtime create failed: runc create failed: unable to start container process: exec: "./run.sh": permission denied: unknown` }, // runc
  { code: "CONTAINER_NOT_STARTED", reason: `${DAEMON}driver failed programming external connectivity on endpoint ecs-app: Bind for 0.0.0.0:8080 failed: port is already allocated` }, // Docker
  { code: "CONTAINER_NOT_STARTED", reason: `${DAEMON}could not select device driver "nvidia" with capabilities: [[gpu]]` }, // Docker
  { code: "CONTAINER_NOT_STARTED", reason: `${DAEMON}unable to find user app: no matching entries in passwd file` }, // Docker
  { code: "CONTAINER_NOT_STARTED", reason: "CannotCreateContainerError: Error response from daemon: failed to chown /data: operation not permitted" }, // Docker on EFS
  { code: "CONTAINER_NOT_STARTED", reason: 'CannotCreateContainerError: API error (409): Conflict. The container name "/ecs-app-1" is already in use' }, // agent
  { code: "CONTAINER_NOT_STARTED", reason: `${START}failed to get container status: unknown` }, // [SC]
  { code: "OUT_OF_MEMORY", reason: "OutOfMemoryError: Container killed due to memory usage", exitCode: 137 }, // agent 1.105.1, observed
  { code: "OUT_OF_MEMORY", stoppedReason: "OutOfMemoryError: container killed due to memory usage", exitCode: 137 }, // Fargate 1.4.0
  { code: "OUT_OF_MEMORY", reason: `${DAEMON}OCI runtime create failed: runc create failed: unable to start container process: container init was OOM-killed (memory limit too low?): unknown` }, // runc
  { code: "OUT_OF_MEMORY", reason: "CannotCreateContainerError: Error response from daemon: Minimum memory limit allowed is 6MB" }, // Docker
  { code: "OUT_OF_MEMORY", reason: `${DAEMON}fork/exec /usr/bin/docker-containerd: cannot allocate memory` }, // aws/amazon-ecs-agent#1000
  { code: "RUNTIME_TIMED_OUT", reason: "DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s" }, // aws/amazon-ecs-agent#1440
  { code: "RUNTIME_TIMED_OUT", reason: "DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s" }, // aws/amazon-ecs-agent#682
  { code: "RUNTIME_TIMED_OUT", reason: "ContainerRuntimeTimeoutError: Could not transition to running; timed out after waiting 1m: <reason>" }, // developerguide/stopped-task-error-codes.html
  { code: "RUNTIME_TIMED_OUT", reason: "CannotInspectContainerError: Could not transition to inspecting; timed out after waiting 30s" }, // aws/amazon-ecs-agent#336
  { code: "RUNTIME_TIMED_OUT", reason: "CannotStopContainerError: failed sending SIGTERM to container: <reason>" }, // developerguide/stopped-task-error-codes.html
  // Resources. [RI]: developerguide/resource-initialization-error.html
  { code: "REGISTRY_AUTH_NOT_READ", ...failedToStart, stoppedReason: `${NO_RESOURCES}unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.eu-central-1.amazonaws.com/": dial tcp 52.94.1.2:443: i/o timeout. Please check your task network configuration.` }, // doctorray117/minecraft-ondemand#74
  { code: "REGISTRY_AUTH_NOT_READ", ...failedToStart, stoppedReason: `${NO_RESOURCES}unable to retrieve ecr registry auth: service call has been retried 1 time(s): operation error ECR: GetAuthorizationToken, https response error StatusCode: 400, api error AccessDeniedException` }, // Fargate
  { code: "REGISTRY_AUTH_NOT_READ", ...failedToStart, stoppedReason: `${NO_SECRETS}The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.` }, // [RI]
  { code: "SECRETS_NOT_READ", ...failedToStart, stoppedReason: `${NO_RESOURCES}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:db from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.` }, // Fargate 1.4.0
  { code: "SECRETS_NOT_READ", ...failedToStart, stoppedReason: `${NO_RESOURCES}unable to retrieve secret from asm: service call has been retried 5 time(s): failed to fetch secret arn:aws:secretsmanager:us-west-2:1:secret:p from secrets manager: RequestCanceled: request context canceled caused by: context deadline exceeded.` }, // Releem/releem-agent#195
  { code: "SECRETS_NOT_READ", ...failedToStart, stoppedReason: `${NO_RESOURCES}unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key MY_SECRET` }, // Fargate 1.4.0
  { code: "SECRETS_NOT_READ", ...failedToStart, stoppedReason: `${NO_RESOURCES}unable to retrieve secrets from ssm: service call has been retried 1 time(s): operation error SSM: GetParameters, https response error StatusCode: 400, api error AccessDeniedException` }, // aws/copilot-cli#3104
  { code: "SECRETS_NOT_READ", ...failedToStart, stoppedReason: `${NO_RESOURCES}unable to get registry auth from asm: service call has been retried 5 time(s): asm fetching secret from the service for arn: RequestCanceled` }, // aws-samples/keycloak-on-aws#222
  { code: "SECRETS_NOT_READ", ...failedToStart, stoppedReason: `${NO_SECRETS}The task cannot pull secrets from AWS Secrets Manager. There is a connection issue between the task and AWS Secrets Manager.` }, // [RI]
  { code: "SECRETS_NOT_READ", ...failedToStart, stoppedReason: "Fetching secret data from AWS Secrets Manager in region eu-central-1: secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:db: AccessDeniedException" }, // EC2
  { code: "SECRETS_NOT_READ", ...failedToStart, stoppedReason: "Fetching secret data from SSM Parameter Store in us-west-2: AccessDeniedException" }, // EC2
  { code: "RESOURCES_NOT_INITIALISED", ...failedToStart, stoppedReason: `${NO_SECRETS}pull command failed: : signal: killed` }, // Fargate 1.4.0 without a way out
  { code: "RESOURCES_NOT_INITIALISED", ...failedToStart, stoppedReason: "ResourceInitializationError: unable to pull secrets or registry auth" }, // karanpratapsingh/preview-environments#9
  { code: "LOGS_NOT_WRITABLE", ...failedToStart, stoppedReason: "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1" }, // [RI]
  { code: "LOGS_NOT_WRITABLE", ...failedToStart, stoppedReason: "ResourceInitializationError: failed to validate logger args: signal: killed" }, // Fargate
  { code: "LOGS_NOT_WRITABLE", ...failedToStart, stoppedReason: "ResourceInitializationError: The task cannot find the Amazon CloudWatch log group defined in the task definition. There is a connection issue between the task and Amazon CloudWatch." }, // [RI]
  { code: "LOGS_NOT_WRITABLE", reason: `${DAEMON}failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.` }, // Rayraegah/terraform-aws-hasura#25
  { code: "LOGS_NOT_WRITABLE", reason: `${DAEMON}failed to initialize logging driver: CredentialsEndpointError: failed to load credentials` }, // aws/amazon-ecs-cli#752
  { code: "LOGS_NOT_WRITABLE", ...failedToStart, stoppedReason: "ResourceInitializationError: failed to initialize logging driver: <reason>" }, // userguide/stopped-task-error-codes.html
  { code: "VOLUME_NOT_MOUNTED", ...failedToStart, stoppedReason: 'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-1.efs.eu-central-1.amazonaws.com" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target : unsuccessful EFS utils command execution; code: 1' }, // [RI]
  { code: "VOLUME_NOT_MOUNTED", ...failedToStart, stoppedReason: "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: mounting fs-1.efs.eu-west-1.amazonaws.com:/grafana failed, reason given by server: No such file or directory' : unsuccessful EFS utils command execution; code: 32" }, // 56kcloud/terraform-grafana#4
  { code: "VOLUME_NOT_MOUNTED", ...failedToStart, stoppedReason: "Timed out while configuring EBS volume attachment to your Task." }, // developerguide/troubleshoot-ebs-volumes.html
  { code: "ENVIRONMENT_FILES_NOT_READ", ...failedToStart, stoppedReason: "ResourceInitializationError: failed to download env files: service call has been retried 1 time(s): operation error S3: HeadObject, https response error StatusCode: 403, api error Forbidden: Forbidden." }, // Fargate
  { code: "ENVIRONMENT_FILES_NOT_READ", ...failedToStart, stoppedReason: "ResourceInitializationError: failed to download env files: file download command: non-empty error stream: RequestCanceled: request context canceled" }, // aws/aws-cdk#12720
  { code: "ROLE_NOT_ASSUMED", ...failedToStart, stoppedReason: "ECS was unable to assume the role 'arn:aws:iam::123456789012:role/app' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions" }, // pulumi/pulumi-awsx#927
  // Placing. [AF]: developerguide/api_failures_messages.html
  { code: "NO_NETWORK_INTERFACE", ...failedToStart, stoppedReason: "Timeout waiting for network interface provisioning to complete." }, // aws/amazon-ecs-agent#4825
  { code: "NO_NETWORK_INTERFACE", ...failedToStart, stoppedReason: "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': InsufficientFreeAddressesInSubnet" }, // Fargate
  { code: "NO_CAPACITY", ...failedToStart, stoppedReason: "RESOURCE:ENI" }, // [AF]
  { code: "NO_CAPACITY", ...failedToStart, stoppedReason: "Capacity is unavailable at this time. Please try again later or in a different availability zone" }, // dagster
  { code: "NO_CAPACITY", ...failedToStart, stoppedReason: "You've reached the limit on the number of vCPUs you can run concurrently" }, // Fargate's quota
  { code: "NO_CAPACITY", ...failedToStart, stoppedReason: "TaskFailedToStart: RESOURCE:MEMORY" }, // [AF]
  { code: "NO_CAPACITY", ...failedToStart, stoppedReason: "TaskFailedToStart: AGENT" }, // [AF]
  { code: "NO_CAPACITY", ...failedToStart, stoppedReason: "TaskFailedToStart: EMPTY CAPACITY PROVIDER" }, // [AF]
  { code: "NO_CAPACITY", ...failedToStart, stoppedReason: "TaskFailedToStart: NO ACTIVE INSTANCES" }, // [AF]
  { code: "NO_SUITABLE_INSTANCE", ...failedToStart, stoppedReason: "TaskFailedToStart: MemberOf placement constraint unsatisfied." }, // [AF]
  { code: "NO_SUITABLE_INSTANCE", ...failedToStart, stoppedReason: "TaskFailedToStart: ATTRIBUTE" }, // [AF]
  // Being stopped.
  { code: "CONTAINER_UNHEALTHY", stoppedReason: "Task failed container health checks", exitCode: 137 }, // developerguide/stopped-task-error-codes.html
  { code: "CONTAINER_UNHEALTHY", stopCode: "ServiceSchedulerInitiated", stoppedReason: "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-central-1:1:targetgroup/a/1)", exitCode: 143 }, // repost.aws/knowledge-center/ecs-task-stopped
  { code: "DEPENDENCY_FAILED", reason: "dependency graph: failed to resolve container ordering dependency [app] for target [web] as dependency did not exit successfully." }, // agent, engine/dependencygraph/graph.go
  { code: "DEPENDENCY_FAILED", reason: "CannotStartContainerError: dependency graph: failed to resolve container ordering dependency [app] for target [web] as dependency did not exit successfully." }, // agent, engine/dependencygraph/graph.go, with the name of its error
  { code: "HOST_TERMINATED", stoppedReason: "Host EC2 (instance i-0123456789abcdef0) terminated." }, // developerguide/stopped-task-error-codes.html
  { code: "HOST_TERMINATED", stopCode: "ServiceSchedulerInitiated", stoppedReason: "ECS is performing maintenance on the underlying infrastructure hosting the task.", exitCode: 143 }, // developerguide/task-maintenance.html
  { code: "HOST_TERMINATED", stopCode: "InfrastructureHealth", exitCode: 137 }, // the API's model
  { code: "HOST_TERMINATED", stopCode: "TerminationNotice", stoppedReason: "Your Spot Task was interrupted.", exitCode: 137 }, // aws/containers-roadmap#1565
  { code: "SPOT_INTERRUPTED", stopCode: "SpotInterruption", stoppedReason: "Your Spot Task was interrupted.", exitCode: 143 }, // developerguide/fargate-capacity-providers.html
  { code: "STOPPED_BY_SOMEBODY", stopCode: "UserInitiated", stoppedReason: "Task stopped by user", exitCode: 143 }, // aws-solutions/distributed-load-testing-on-aws#82
  { code: "STOPPED_BY_SOMEBODY", stopCode: "UserInitiated", stoppedReason: "dependency upgrade, no ENI, ssm: RESOURCE:CPU", exitCode: 143 }, // aws ecs stop-task --reason
  { code: "STOPPED_BY_SOMEBODY", stopCode: "ServiceSchedulerInitiated", stoppedReason: "Scaling activity initiated by (deployment ecs-svc/1)", exitCode: 143 }, // repost.aws/knowledge-center/ecs-task-stopped
  // Ending by themselves.
  ...[126].map((exitCode) => ({ code: "NOT_EXECUTABLE", exitCode })),
  ...[127].map((exitCode) => ({ code: "COMMAND_NOT_FOUND", exitCode })),
  ...[137].map((exitCode) => ({ code: "KILLED", exitCode })),
  ...[132, 134, 135, 136, 139, 3_221_225_477].map((exitCode) => ({ code: "CRASHED", exitCode })),
  ...[129, 130, 131, 143, 3_221_225_786].map((exitCode) => ({ code: "TERMINATED", exitCode })),
  { code: "TASK_FAILED_TO_START", ...failedToStart, stoppedReason: "Task failed to start" }, // agent 1.105.1, observed
  { code: "CONTAINER_FAILED", exitCode: 1, stoppedReason: "Essential container in task exited" }, // every task
];
