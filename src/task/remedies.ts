import type { FailedReason } from "./judge-outcome";
import type { TaskRecord } from "./task-record";

interface Remedy {
  /** Matches what ECS said: the container's reason, the task's stopped reason, or its stop code. */
  readonly said?: RegExp;
  readonly exitCode?: number;
  readonly remedy: string;
}

const RUN_AGAIN = "then run `pulumi up` again: it starts a new task.";

/**
 * What to do about what ECS said, the first match counts.
 *
 * Sources: "Stopped tasks error messages",
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html, and the pages it
 * links; exit codes above 128 are those of the shell, 128 + signal.
 */
const REMEDIES: readonly Remedy[] = [
  {
    said: /CannotPullContainer|CannotPullImage|CannotPullECRContainer/,
    remedy: `check that the image and its tag exist, that the task's execution role may pull it, and that its subnets reach the registry, ${RUN_AGAIN}`,
  },
  {
    said: /OutOfMemory/,
    remedy: `give the container more memory (overrides.containerOverrides[].memory, or the task definition), ${RUN_AGAIN}`,
  },
  {
    said: /ResourceInitializationError/,
    remedy: `check that the task's subnets reach the services it needs (ECR, Secrets Manager, SSM, CloudWatch Logs: by NAT, VPC endpoints or a public IP), and that its execution role may read its secrets, ${RUN_AGAIN}`,
  },
  {
    said: /CannotStartContainer|CannotCreateContainer/,
    remedy: `check that the command and entry point exist in the image, ${RUN_AGAIN}`,
  },
  {
    said: /SpotInterruption/,
    remedy: `run on capacity that is not taken away (FARGATE instead of FARGATE_SPOT), ${RUN_AGAIN}`,
  },
  {
    said: /UserInitiated/,
    remedy: "somebody or something stopped the task; find out why, then run `pulumi up` again.",
  },
  {
    exitCode: 127,
    remedy: `the command was not found in the image; correct overrides.containerOverrides[].command, ${RUN_AGAIN}`,
  },
  { exitCode: 126, remedy: `the command is not executable in the image; correct it, ${RUN_AGAIN}` },
  {
    exitCode: 137,
    remedy: `the container was killed: look whether it ran out of memory or was stopped, ${RUN_AGAIN}`,
  },
];

const DEFAULT_REMEDY = `correct the cause (the container's own output says most), ${RUN_AGAIN}`;

/** What to do about the failure of a task or of one of its containers. */
export function remedyFor(reason: FailedReason, task: TaskRecord | undefined): string {
  const said = [reason.container?.reason, task?.stoppedReason, task?.stopCode].filter(Boolean).join("\n");
  const match = REMEDIES.find(
    (remedy) => remedy.said?.test(said) ?? remedy.exitCode === reason.container?.exitCode,
  );
  return match?.remedy ?? DEFAULT_REMEDY;
}
