/**
 * How ECS ends a running task that nobody stopped.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html for stop codes (read 2026-11)
 * @public
 */
export interface Interruption {
  /**
   * `SpotInterruption`: the containers are told to stop, and have their stop timeout. `TerminationNotice`: so too, but
   * their exit codes never arrive, for the host is gone (observed: apache/airflow's handling of a terminated host).
   */
  readonly stopCode: "SpotInterruption" | "TerminationNotice";
  /** @defaultValue `Your Spot Task was interrupted.`, or `Host EC2 (instance i-…) terminated.` */
  readonly stoppedReason?: string;
}

/**
 * What becomes of tasks that are still to be launched, beside what their containers do.
 * @public
 */
export interface TaskPlan {
  /**
   * Only tasks of this task definition family.
   * @defaultValue any
   */
  readonly family?: string;
  /**
   * How many tasks: 1 or more, or `always`.
   * @defaultValue 1
   */
  readonly times?: number | "always";
  /** The task stays in this status, as where there is no capacity, until it is released or stopped. */
  readonly holdAt?: "PROVISIONING" | "PENDING";
  /** The task ends before a container starts: stopCode TaskFailedToStart, with this as stoppedReason. */
  readonly failToStart?: string;
  /** The task is interrupted when it has been RUNNING for `afterMs` milliseconds, at once unless given. */
  readonly interrupt?: Interruption & { readonly afterMs?: number };
  /** Exit codes are shown only this many milliseconds after the task is STOPPED, or never. */
  readonly exitCodesAfterMs?: number | "never";
  /** No container shows the digest of its image, as where the host used a cached one. */
  readonly withoutImageDigest?: boolean;
}

const stoppedReasons = {
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html (read 2026-11)
  SpotInterruption: "Your Spot Task was interrupted.",
  // Observed: apache/airflow matches `Host EC2 (instance …) terminated.`
  TerminationNotice: "Host EC2 (instance i-0123456789abcdef0) terminated.",
} as const;

export function stoppedReasonOf({ stopCode, stoppedReason }: Interruption): string {
  return stoppedReason ?? stoppedReasons[stopCode];
}
