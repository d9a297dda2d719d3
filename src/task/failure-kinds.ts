import type { FailedReason } from "./judge-outcome";
import type { TaskRecord } from "./task-record";

/** A kind of failure, how it is recognised, and what to do about it. */
export interface FailureKind {
  /** A stable code; its section in docs/errors.md. */
  readonly code: string;
  /** Matches what ECS said: the container's reason, the task's stopped reason, or its stop code. */
  readonly said?: RegExp;
  readonly exitCode?: number;
  /** What to do, in the imperative. */
  readonly remedy: string;
  /** AWS's page about it. */
  readonly page?: string;
}

const GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";

const DEFAULT_KIND: FailureKind = {
  code: "CONTAINER_FAILED",
  remedy: "correct the cause (the container's own output says most)",
};

const WRONG_IMAGE: FailureKind = {
  code: "WRONG_IMAGE",
  remedy: "look which image the tag names now, and let the task definition name the image by its digest",
};

const WORK_UNKNOWN: FailureKind = {
  code: "WORK_UNKNOWN",
  remedy:
    "look at the output of both, and name the container that does the work in successContainers, or give it its command in overrides",
};

/**
 * What ECS says and what it means; the first match counts, so the special stands before the general.
 *
 * Sources: "Stopped tasks error messages" in the ECS developer guide and the pages linked from it; the enum
 * `TaskStopCode` of the API; the real agent's words as observed with 1.105.1. Exit codes above 128 are the
 * shell's convention: 128 and the number of the signal.
 */
export const FAILURE_KINDS: readonly FailureKind[] = [
  {
    code: "IMAGE_PULL_LIMITED",
    said: /CannotPull\w*Error.*(toomanyrequests|rate limit)/is,
    remedy: "wait, log in to the registry, or use a copy of the image in ECR (a pull-through cache)",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    // Registries that hide what one may not see say "denied" and "does not exist" in one sentence.
    code: "IMAGE_PULL_DENIED",
    said: /CannotPull\w*Error.*(denied|not authorized|unauthori[sz]ed|no basic auth|\b40[13]\b)/is,
    remedy:
      "check the image's name, and allow the task's execution role to pull it (ecr:GetAuthorizationToken, ecr:BatchGetImage, ecr:GetDownloadUrlForLayer) or give it the registry's credentials",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    code: "IMAGE_NOT_FOUND",
    said: /CannotPull\w*Error.*(manifest unknown|not found|does not exist|no such manifest)/is,
    remedy: "check the image's name, tag or digest, and that it was pushed to this registry and region",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    code: "IMAGE_REGISTRY_UNREACHABLE",
    said: /CannotPull\w*Error.*(timeout|timed out|connection issue|connection refused|no such host|request canceled|\bEOF\b)/is,
    remedy:
      "give the task's subnets a way to the registry: a NAT gateway, VPC endpoints for ECR and S3, or assignPublicIp in a public subnet",
    page: `${GUIDE}/task_cannot_pull_image.html`,
  },
  {
    code: "IMAGE_WRONG_PLATFORM",
    said: /CannotPull\w*Error.*(platform|no matching manifest)|exec format error/is,
    remedy: "build the image for the task definition's runtimePlatform (X86_64 or ARM64)",
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
    said: /OutOfMemory/i,
    remedy: "give the container more memory (overrides.containerOverrides[].memory, or the task definition)",
    page: `${GUIDE}/resolve-outofmemory-error.html`,
  },
  {
    code: "LOGS_NOT_WRITABLE",
    said: /logger args|logging driver|Cloudwatch log (stream|group)|awslogs/i,
    remedy:
      "check that the log group exists or awslogs-create-group is set, that the execution role may write (logs:CreateLogStream, logs:PutLogEvents), and that the subnets reach CloudWatch Logs",
    page: `${GUIDE}/resource-initialization-error.html`,
  },
  {
    code: "REGISTRY_AUTH_NOT_READ",
    said: /ResourceInitializationError.*(ecr registry auth|registry auth from|GetAuthorizationToken)/is,
    remedy:
      "allow the task's execution role ecr:GetAuthorizationToken, and give its subnets a way to ECR: a NAT gateway, VPC endpoints for ecr.api and ecr.dkr, or assignPublicIp in a public subnet",
    page: `${GUIDE}/resource-initialization-error.html`,
  },
  {
    code: "SECRETS_NOT_READ",
    said: /ResourceInitializationError.*(secret|ssm|parameter)|Fetching secret data/is,
    remedy:
      "check that the secrets exist, that the execution role may read them (secretsmanager:GetSecretValue, ssm:GetParameters, kms:Decrypt), and that the subnets reach those services",
    page: `${GUIDE}/resource-initialization-error.html`,
  },
  {
    code: "RESOURCES_NOT_INITIALISED",
    said: /ResourceInitializationError/i,
    remedy:
      "check the network (NAT, VPC endpoints or a public IP), the execution role, and the volumes and environment files of the task",
    page: `${GUIDE}/resource-initialization-error.html`,
  },
  {
    code: "NO_NETWORK_INTERFACE",
    said: /network interface|InsufficientFreeAddresses|\bENI\b/i,
    remedy:
      "check that the subnets have free IP addresses and the account free network interfaces; often it passes",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "NO_CAPACITY",
    said: /RESOURCE:|\bAGENT\b|NO ACTIVE INSTANCES|EMPTY CAPACITY PROVIDER|Capacity is unavailable/,
    remedy:
      "add instances with room for the task (or let the capacity provider scale out), or try other subnets; on Fargate it often passes",
    page: `${GUIDE}/api_failures_messages.html`,
  },
  {
    code: "NO_SUITABLE_INSTANCE",
    said: /\bATTRIBUTE\b|placement constraint/,
    remedy:
      "no instance of the cluster has what the task asks for: check its placement constraints and the attributes the task definition needs (operating system, log driver, ENI trunking, …)",
    page: `${GUIDE}/api_failures_messages.html`,
  },
  {
    code: "CONTAINER_NOT_STARTED",
    said: /CannotStartContainerError|CannotCreateContainerError|ContainerRuntimeError/i,
    remedy: "check that the entry point and the command exist in the image and may be executed",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "RUNTIME_TIMED_OUT",
    said: /DockerTimeoutError|ContainerRuntimeTimeoutError/i,
    remedy:
      "the instance's container runtime did not answer in time; look at the load and the disk of the instance",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "CONTAINER_UNHEALTHY",
    said: /health checks?/i,
    remedy: "look why the container's health check failed, or give it a longer startPeriod",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "DEPENDENCY_FAILED",
    said: /dependency|DependencyError/i,
    remedy: "look at the container that this one depends on (dependsOn in the task definition)",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "HOST_TERMINATED",
    said: /Host EC2|TerminationNotice|InfrastructureHealth/i,
    remedy: "the machine under the task went away; find out whether the work was done",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "SPOT_INTERRUPTED",
    said: /SpotInterruption|Spot Task was interrupted/i,
    remedy: "run on capacity that is not taken away (FARGATE instead of FARGATE_SPOT)",
    page: `${GUIDE}/fargate-capacity-providers.html`,
  },
  {
    code: "STOPPED_BY_SOMEBODY",
    said: /UserInitiated|ServiceSchedulerInitiated/i,
    remedy: "find out who stopped the task, and why",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "NOT_EXECUTABLE",
    exitCode: 126,
    remedy: "the command was found and is not executable; correct its permissions or the command",
  },
  {
    code: "COMMAND_NOT_FOUND",
    exitCode: 127,
    remedy: "the command was not found in the image; correct overrides.containerOverrides[].command",
  },
  {
    code: "KILLED",
    exitCode: 137,
    remedy:
      "the container was killed (SIGKILL): look whether it ran out of memory or did not end when it was stopped",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
  {
    code: "CRASHED",
    exitCode: 139,
    remedy: "the program crashed (SIGSEGV): look for a native module or an image of the wrong platform",
  },
  {
    code: "TERMINATED",
    exitCode: 143,
    remedy:
      "the container was told to end (SIGTERM): look who stopped the task, or which essential container ended first",
  },
  {
    code: "TASK_FAILED_TO_START",
    said: /TaskFailedToStart/i,
    remedy: "correct what ECS says about it",
    page: `${GUIDE}/stopped-task-error-codes.html`,
  },
];

/** All codes a failed run can have, each with its section in docs/errors.md. */
export const FAILURE_CODES: readonly string[] = [
  ...FAILURE_KINDS,
  DEFAULT_KIND,
  WRONG_IMAGE,
  WORK_UNKNOWN,
].map(({ code }) => code);

/** The kind of a failure of a task or of one of its containers. */
export function failureKind(reason: FailedReason, task: TaskRecord | undefined): FailureKind {
  if (reason.code === "WRONG_IMAGE") return WRONG_IMAGE;
  if (reason.code === "WORK_UNKNOWN") return WORK_UNKNOWN;
  // What is said of the container explains more than what is said of the task.
  const said = [reason.container?.reason, task?.stoppedReason, task?.stopCode].filter(
    (text) => text !== undefined,
  );
  const matches = (kind: FailureKind, text: string) => kind.said?.test(text) ?? false;
  for (const text of said) {
    const kind = FAILURE_KINDS.find((each) => matches(each, text));
    if (kind) return kind;
  }
  const exitCode = reason.container?.exitCode;
  return (
    FAILURE_KINDS.find((kind) => kind.exitCode !== undefined && kind.exitCode === exitCode) ?? DEFAULT_KIND
  );
}
