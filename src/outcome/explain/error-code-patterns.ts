import type { FailureCode } from "../../errors";

/** A kind of failure, how it is recognised, and what to do about it. */
export interface FailureKind {
  /** A stable code; its section in docs/errors.md. */
  readonly code: FailureCode;
  /** The stop codes that say it, whatever else is said: people and services write what they like into the reason. */
  readonly stopCodes?: readonly string[];
  /** Matches what ECS said: the container's reason, or the task's stopped reason. */
  readonly said?: RegExp;
  readonly exitCodes?: readonly number[];
  /** What to do, in the imperative. */
  readonly remedy: string;
  /** AWS's page about it. */
  readonly page?: string;
}

const GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";

export const DEFAULT_KIND: FailureKind = {
  code: "CONTAINER_FAILED",
  remedy: "correct the cause (the container's own output says most)",
};

export const WRONG_IMAGE: FailureKind = {
  code: "WRONG_IMAGE",
  remedy: "look which image the tag names now, and let the task definition name the image by its digest",
};

export const WORK_UNKNOWN: FailureKind = {
  code: "WORK_UNKNOWN",
  remedy:
    "look at the output of both, and name the container that does the work in successContainers, or give it its command in overrides",
};

export const SIDECAR_FAILED: FailureKind = {
  code: "SIDECAR_FAILED",
  remedy:
    "repair the sidecar, or let its end decide nothing: essential: false in the task definition, or the names of the containers that decide in successContainers",
};

/** A command with blanks in one word: nothing in an image is called like that. */
export const WORD_WITH_BLANKS: FailureKind = {
  code: "COMMAND_NOT_FOUND",
  remedy:
    'the command is one word with blanks in it, and was looked for as one file; write it as a list of words, such as ["npm", "run", "migrate"], or leave it to a shell: ["sh", "-c", "npm run migrate"]',
};

/**
 * What ECS says and what it means; the first match counts, so the special stands before the general. Texts hold names of
 * images, too, such as `shop/platform:429`: a word alone or a number after a colon says nothing.
 *
 * Sources: "Stopped tasks error messages" in the ECS developer guide and the pages linked from it; the enum
 * `TaskStopCode` of the API; the real agent's words as observed with 1.105.1; texts of the field, each with its source in
 * the table of the test. Exit codes above 128 are the shell's convention: 128 and the number of the signal.
 */
export const FAILURE_KINDS: readonly FailureKind[] = [
  {
    code: "SPOT_INTERRUPTED",
    stopCodes: ["SpotInterruption"],
    said: /Spot Task was interrupted/i,
    remedy: "run on capacity that is not taken away (FARGATE instead of FARGATE_SPOT)",
    page: `${GUIDE}/fargate-capacity-providers.html`,
  },
  {
    code: "HOST_TERMINATED",
    stopCodes: ["TerminationNotice", "InfrastructureHealth"],
    said: /Host EC2|maintenance on the underlying infrastructure/i,
    remedy: "the machine under the task went away; find out whether the work was done",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "CONTAINER_UNHEALTHY",
    said: /failed (container|ELB) health checks?|health checks? failed/i,
    remedy: "look why the container's health check failed, or give it a longer startPeriod",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "STOPPED_BY_SOMEBODY",
    stopCodes: ["UserInitiated", "ServiceSchedulerInitiated"],
    said: /^Task stopped by user/i,
    remedy: "find out who stopped the task, and why (CloudTrail, event StopTask)",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "IMAGE_PULL_LIMITED",
    said: /CannotPull\w*Error.*(toomanyrequests|too many requests|rate limit|rate exceeded|\s429\b)/is,
    remedy: "wait, log in to the registry, or use a copy of the image in ECR (a pull-through cache)",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    code: "NO_DISK_SPACE",
    said: /no space left on device|disk quota exceeded|Thin Pool has|not enough space on the disk/i,
    remedy:
      "make room: on Fargate raise overrides.ephemeralStorage.sizeInGib, on EC2 give the instances a larger disk or let the agent clean up images sooner",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    code: "IMAGE_WRONG_PLATFORM",
    said: /CannotPull\w*Error.*(match\w* (for )?platform|(on this|for) platform|no matching manifest)|exec format error|operating system does not match/is,
    remedy: "build the image for the task definition's runtimePlatform (X86_64 or ARM64, and its system)",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    // Registries that hide what one may not see say "denied" and "does not exist" in one sentence.
    code: "IMAGE_PULL_DENIED",
    said: /CannotPull\w*Error.*(denied|not authorized|unauthori[sz]ed|no basic auth|has the permissions|\s40[13]\b)/is,
    remedy:
      "check the image's name, and allow the task's execution role to pull it (ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer) or give it the registry's credentials",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    code: "IMAGE_NOT_FOUND",
    said: /CannotPull\w*Error.*(manifest unknown|name unknown|not found|can.t find|does not exist|no such manifest|no such image)/is,
    remedy: "check the image's name, tag or digest, and that it was pushed to this registry and region",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    code: "IMAGE_REGISTRY_UNREACHABLE",
    said: /CannotPull\w*Error.*(timeout|timed out|deadline exceeded|connection issue|connection re(fused|set)|no such host|server misbehaving|no route to host|network is unreachable|x509|request canceled|\bEOF\b)/is,
    remedy:
      "give the task's subnets a way to the registry: a NAT gateway, VPC endpoints for ECR and S3, or assignPublicIp in a public subnet",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    code: "IMAGE_NOT_PULLED",
    said: /CannotPull\w*Error/i,
    remedy:
      "check that the image exists, that the execution role may pull it, that the subnets reach the registry, and that there is room on the disk",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    code: "OUT_OF_MEMORY",
    said: /OutOfMemory|OOM-killed|memory limit too low|cannot allocate memory|Minimum memory limit/i,
    remedy: "give the container more memory (overrides.containerOverrides[].memory, or the task definition)",
    page: `${GUIDE}/resolve-outofmemory-error.html`,
  },
  {
    code: "LOGS_NOT_WRITABLE",
    said: /logger args|logging driver|Cloudwatch log (stream|group)|awslogs/i,
    remedy:
      "check that the log group exists or awslogs-create-group is set, that the execution role may write (logs:CreateLogStream, logs:PutLogEvents), and that the subnets reach CloudWatch Logs, or what receives the lines of another log driver",
    page: `${GUIDE}/resource-initialization-error.html`,
  },
  {
    // Of an own name: Fargate puts ResourceInitializationError before them.
    code: "COMMAND_NOT_FOUND",
    said: /executable file not found|exec:? [^:]*: (stat [^:]*: )?no such file or directory|cannot find the (file|path) specified/i,
    exitCodes: [127],
    remedy:
      "the command was not found in the image; correct overrides.containerOverrides[].command, or the entry point (of a script also the interpreter in its first line, and Windows line ends)",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "NOT_EXECUTABLE",
    said: /exec:? [^:]*: permission denied|runc.*permission denied/i,
    exitCodes: [126],
    remedy: "the command was found and is not executable; correct its permissions or the command",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "DEPENDENCY_FAILED",
    said: /dependency graph|DependencyError|container ordering dependency/i,
    remedy: "look at the container that this one depends on (dependsOn in the task definition)",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "CONTAINER_NOT_STARTED",
    said: /CannotStartContainerError|CannotCreateContainerError|ContainerRuntimeError/i,
    remedy:
      "correct what the container runtime complains of: the command, the user, the working directory, the ports, devices or mounts of the container",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "ROLE_NOT_ASSUMED",
    said: /unable to assume the (configured )?.*role|not authorized to perform: sts:AssumeRole|role.*cannot be assumed/i,
    remedy:
      "let the role's trust policy name the service that assumes it (ecs-tasks.amazonaws.com; for EBS volumes ecs.amazonaws.com), and check that the role exists; a new role can take some seconds",
    page: `${GUIDE}/task_execution_IAM_role.html`,
  },
  {
    code: "ENVIRONMENT_FILES_NOT_READ",
    said: /(env|environment) files?\b/i,
    remedy:
      "check the ARN of the environment file, that the execution role may read it (s3:GetObject, s3:GetBucketLocation), and that the subnets reach S3",
    page: `${GUIDE}/use-environment-file.html`,
  },
  {
    code: "VOLUME_NOT_MOUNTED",
    said: /\bEFS\b|\bEBS\b|\bFSx\b|CannotCreateVolumeError|volume plugin|mount\.nfs/i,
    remedy:
      "check the volume: that it exists in this VPC and zone, that security groups let the task reach it (EFS: port 2049, and a mount target in each zone), and that the role may use it",
    page: `${GUIDE}/resource-initialization-error.html`,
  },
  {
    code: "REGISTRY_AUTH_NOT_READ",
    said: /ResourceInitializationError.*(ecr registry auth|registry auth from Amazon ECR|GetAuthorizationToken)/is,
    remedy:
      "allow the task's execution role ecr:GetAuthorizationToken, and give its subnets a way to ECR: a NAT gateway, VPC endpoints for ecr.api and ecr.dkr, or assignPublicIp in a public subnet",
    page: `${GUIDE}/resource-initialization-error.html`,
  },
  {
    // "unable to pull secrets or registry auth" begins texts that are about neither.
    code: "SECRETS_NOT_READ",
    said: /ResourceInitializationError.*((?<!unable to pull )secrets?\b|\bSSM\b|Parameter Store|registry auth from asm)|Fetching secret data/is,
    remedy:
      "check that the secrets and their JSON keys exist, that the execution role may read them (secretsmanager:GetSecretValue, ssm:GetParameters, kms:Decrypt), and that the subnets reach those services",
    page: `${GUIDE}/resource-initialization-error.html`,
  },
  {
    code: "RESOURCES_NOT_INITIALISED",
    said: /ResourceInitializationError/i,
    remedy:
      "give the task's subnets a way to ECR, Secrets Manager, SSM and CloudWatch Logs (NAT, VPC endpoints or a public IP; and DNS), and check the execution role",
    page: `${GUIDE}/resource-initialization-error.html`,
  },
  {
    code: "NO_CAPACITY",
    said: /RESOURCE:|(^|: )AGENT\b|NO ACTIVE INSTANCES|EMPTY CAPACITY PROVIDER|Capacity is unavailable|limit on the number of|No Container Instances/,
    remedy:
      "add instances with room for the task: CPU, memory, ports, network interfaces (or let the capacity provider scale out), or try other subnets; on Fargate it often passes, or the account's quota of vCPUs is reached",
    page: `${GUIDE}/api_failures_messages.html`,
  },
  {
    code: "NO_SUITABLE_INSTANCE",
    said: /(^|: )(ATTRIBUTE|LOCATION)\b|placement constraint/,
    remedy:
      "no instance of the cluster has what the task asks for: check its placement constraints and the attributes the task definition needs (operating system, log driver, ENI trunking, …)",
    page: `${GUIDE}/api_failures_messages.html`,
  },
  {
    code: "NO_NETWORK_INTERFACE",
    said: /network interface|InsufficientFreeAddresses|\bENI\b/i,
    remedy:
      "check that the subnets have free IP addresses and the account free network interfaces; often it passes",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "RUNTIME_TIMED_OUT",
    said: /DockerTimeoutError|ContainerRuntimeTimeoutError|Could not transition to|Cannot(Inspect|Stop|Stats|Describe)ContainerError/i,
    remedy:
      "the container runtime did not answer in time; start it again, and on EC2 look at the load and the disk of the instance",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "KILLED",
    exitCodes: [137],
    remedy:
      "the container was killed (SIGKILL): look whether it ran out of memory or did not end when it was stopped",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    // SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV; of Windows STATUS_ACCESS_VIOLATION.
    code: "CRASHED",
    exitCodes: [132, 134, 135, 136, 139, -1_073_741_819],
    remedy:
      "the program crashed (SIGSEGV, SIGABRT or the like): look for a native module, an image of the wrong platform, or a program that ran out of its own heap",
  },
  {
    // SIGHUP, SIGINT, SIGQUIT, SIGTERM; of Windows STATUS_CONTROL_C_EXIT.
    code: "TERMINATED",
    exitCodes: [129, 130, 131, 143, -1_073_741_510],
    remedy:
      "the container was told to end (SIGTERM or the like): look who stopped the task, or which essential container ended first",
  },
  {
    // Where nothing says more: by its place here, and not by its stop code alone.
    code: "TASK_FAILED_TO_START",
    said: /^TaskFailedToStart$/,
    remedy: "correct what ECS says about it",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
];
