import assert from "node:assert/strict";
import { FAILURE_CODES, FAILURE_KINDS, failureKind } from "../../../src/task/failure-kinds";
import { judgeOutcome, type Expectation } from "../../../src/task/judge-outcome";
import type { TaskRecord } from "../../../src/task/task-record";
import { container, neverStarted, stoppedTask } from "../../support/builders";

interface Said {
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
const DAEMON = "CannotStartContainerError: Error response from daemon: ";
const failedToStart = { stopCode: "TaskFailedToStart" };

/** What ECS, Fargate and the real agent say, word for word. */
const cases: readonly Said[] = [
  {
    code: "IMAGE_NOT_FOUND",
    reason: "CannotPullImageManifestError: Error response from daemon: manifest unknown: manifest unknown",
  },
  {
    code: "IMAGE_NOT_FOUND",
    reason: `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${ECR}/app:1: ${ECR}/app:1: not found`,
  },
  {
    code: "IMAGE_PULL_DENIED",
    reason: `CannotPullContainerError: Error response from daemon: pull access denied for ${ECR}/app, repository does not exist or may require 'docker login': denied: User: arn:aws:sts::123456789012:assumed-role/exec/1 is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:eu-central-1:123456789012:repository/app because no identity-based policy allows the ecr:BatchGetImage action`,
  },
  {
    code: "IMAGE_PULL_DENIED",
    reason: `CannotPullContainerError: inspect image has been retried 1 time(s): failed to resolve ref "${ECR}/app:1": unexpected status code [manifests 6981141]: 403 Forbidden`,
  },
  {
    code: "IMAGE_PULL_LIMITED",
    reason:
      "CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/x/blobs/sha256:403ab4010: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.",
  },
  {
    code: "IMAGE_REGISTRY_UNREACHABLE",
    reason: `CannotPullContainerError: inspect image has been retried 5 time(s): failed to resolve ref "${ECR}/app:1": failed to do request: Head "https://${ECR}/v2/app/manifests/1": dial tcp 52.217.233.242:443: i/o timeout`,
  },
  {
    code: "IMAGE_REGISTRY_UNREACHABLE",
    reason: `CannotPullContainerError: Error response from daemon: Get "https://${ECR}/v2/": dial tcp: lookup ${ECR} on 10.0.0.2:53: no such host`,
  },
  {
    code: "IMAGE_REGISTRY_UNREACHABLE",
    reason: `CannotPullContainerError: The task cannot pull ${ECR}/app:1 from the registry ${ECR}/app:1. There is a connection issue between the task and the registry. Check your task network configuration.`,
  },
  {
    code: "IMAGE_WRONG_PLATFORM",
    reason:
      "CannotPullContainerError: image Manifest does not contain descriptor matching platform 'linux/amd64'",
  },
  {
    code: "IMAGE_WRONG_PLATFORM",
    reason:
      "CannotPullContainerError: Error response from daemon: no matching manifest for linux/amd64 in the manifest list entries",
  },
  { code: "IMAGE_WRONG_PLATFORM", reason: `${DAEMON}exec /usr/bin/node: exec format error` },
  {
    code: "IMAGE_NOT_PULLED",
    reason: `CannotPullContainerError: failed to register layer: write /api/orders/app.js: no space left on device`,
  },
  { code: "OUT_OF_MEMORY", reason: "OutOfMemoryError: Container killed due to memory usage", exitCode: 137 },
  {
    code: "REGISTRY_AUTH_NOT_READ",
    ...failedToStart,
    stoppedReason: `${NO_RESOURCES}unable to retrieve ecr registry auth: service call has been retried 3 time(s): RequestError: send request failed caused by: Post "https://api.ecr.eu-central-1.amazonaws.com/": dial tcp 52.94.1.2:443: i/o timeout. Please check your task network configuration.`,
  },
  {
    code: "REGISTRY_AUTH_NOT_READ",
    ...failedToStart,
    stoppedReason: `${NO_SECRETS}The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. Check your task network configuration.`,
  },
  {
    code: "SECRETS_NOT_READ",
    ...failedToStart,
    stoppedReason: `${NO_RESOURCES}unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:db from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
  },
  {
    code: "SECRETS_NOT_READ",
    ...failedToStart,
    stoppedReason: `${NO_RESOURCES}unable to retrieve secrets from ssm: service call has been retried 1 time(s): operation error SSM: GetParameters, https response error StatusCode: 400, api error AccessDeniedException`,
  },
  {
    code: "SECRETS_NOT_READ",
    ...failedToStart,
    stoppedReason:
      "Fetching secret data from AWS Secrets Manager in region eu-central-1: secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:db: AccessDeniedException",
  },
  {
    code: "LOGS_NOT_WRITABLE",
    ...failedToStart,
    stoppedReason:
      "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1",
  },
  {
    code: "LOGS_NOT_WRITABLE",
    ...failedToStart,
    stoppedReason:
      "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: InvalidParameterException: 1 validation error detected : exit status 1",
  },
  {
    code: "LOGS_NOT_WRITABLE",
    reason: `${DAEMON}failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.`,
  },
  {
    code: "RESOURCES_NOT_INITIALISED",
    ...failedToStart,
    stoppedReason:
      'ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: Failed to resolve "fs-1.efs.eu-central-1.amazonaws.com" - check that your file system ID is correct, and ensure that the VPC has an EFS mount target : unsuccessful EFS utils command execution; code: 1',
  },
  {
    code: "NO_NETWORK_INTERFACE",
    ...failedToStart,
    stoppedReason: "Timeout waiting for network interface provisioning to complete.",
  },
  {
    code: "NO_NETWORK_INTERFACE",
    ...failedToStart,
    stoppedReason:
      "Unexpected EC2 error while attempting to Create Network Interface in subnet 'subnet-1': InsufficientFreeAddressesInSubnet",
  },
  {
    code: "NO_CAPACITY",
    ...failedToStart,
    stoppedReason:
      "Capacity is unavailable at this time. Please try again later or in a different availability zone",
  },
  { code: "NO_CAPACITY", ...failedToStart, stoppedReason: "TaskFailedToStart: RESOURCE:MEMORY" },
  { code: "NO_CAPACITY", ...failedToStart, stoppedReason: "TaskFailedToStart: EMPTY CAPACITY PROVIDER" },
  {
    code: "NO_SUITABLE_INSTANCE",
    ...failedToStart,
    stoppedReason: "TaskFailedToStart: MemberOf placement constraint unsatisfied.",
  },
  { code: "NO_SUITABLE_INSTANCE", ...failedToStart, stoppedReason: "TaskFailedToStart: ATTRIBUTE" },
  {
    code: "CONTAINER_NOT_STARTED",
    ...failedToStart,
    reason: `${DAEMON}failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/no/such": stat /no/such: no such file or directory: unknown`,
  },
  {
    code: "RUNTIME_TIMED_OUT",
    reason: "DockerTimeoutError: Could not transition to created; timed out after waiting 4m0s",
  },
  {
    code: "CONTAINER_UNHEALTHY",
    stoppedReason: "Task failed container health checks",
    exitCode: 137,
  },
  {
    code: "DEPENDENCY_FAILED",
    reason:
      "dependency graph: failed to resolve container ordering dependency [app] for target [web] as dependency did not exit successfully.",
  },
  {
    code: "HOST_TERMINATED",
    stoppedReason: "Host EC2 (instance i-0123456789abcdef0) terminated.",
  },
  { code: "HOST_TERMINATED", stopCode: "InfrastructureHealth", exitCode: 137 },
  {
    code: "SPOT_INTERRUPTED",
    stopCode: "SpotInterruption",
    stoppedReason: "Your Spot Task was interrupted.",
    exitCode: 143,
  },
  {
    code: "STOPPED_BY_SOMEBODY",
    stopCode: "UserInitiated",
    stoppedReason: "Task stopped by user",
    exitCode: 143,
  },
  { code: "NOT_EXECUTABLE", exitCode: 126 },
  { code: "COMMAND_NOT_FOUND", exitCode: 127 },
  { code: "KILLED", exitCode: 137 },
  { code: "CRASHED", exitCode: 139 },
  { code: "TERMINATED", exitCode: 143 },
  { code: "TASK_FAILED_TO_START", ...failedToStart, stoppedReason: "Task failed to start" },
  { code: "CONTAINER_FAILED", exitCode: 1, stoppedReason: "Essential container in task exited" },
];

function codeOf(task: TaskRecord, expectation: Expectation = {}): string {
  const outcome = judgeOutcome([task], expectation);
  assert.ok(outcome.kind === "FAILED");
  return failureKind(outcome.reasons[0], task).code;
}

describe("failureKind", () => {
  for (const { code, reason, exitCode, ...said } of cases) {
    const words = [reason, said.stoppedReason, said.stopCode, exitCode].find((each) => each !== undefined);
    it(`is ${code} for ${String(words).slice(0, 100)}`, () => {
      const one = exitCode === undefined ? neverStarted() : container({ exitCode });

      assert.equal(codeOf(stoppedTask([{ ...one, ...(reason && { reason }) }], said)), code);
    });
  }

  it("is WRONG_IMAGE for a digest that was not expected, whatever else is said", () => {
    const task = stoppedTask([container({ imageDigest: "sha256:1" })], { stoppedReason: "RESOURCE:CPU" });

    assert.equal(codeOf(task, { expectedImageDigests: { app: "sha256:2" } }), "WRONG_IMAGE");
  });

  it("is WORK_UNKNOWN for a container that was killed where nothing shows which one has the work", () => {
    const task = stoppedTask([container(), container({ name: "side", exitCode: 137 })]);

    assert.equal(codeOf(task), "WORK_UNKNOWN");
  });

  it("has a case here for each kind", () => {
    const tested = new Set([...cases.map(({ code }) => code), "WORK_UNKNOWN", "WRONG_IMAGE"]);

    assert.deepStrictEqual(
      FAILURE_CODES.filter((code) => !tested.has(code)),
      [],
    );
  });

  it("has one remedy for each code", () => {
    const codes = FAILURE_KINDS.map(({ code }) => code);

    assert.equal(new Set(codes).size, codes.length);
  });
});
