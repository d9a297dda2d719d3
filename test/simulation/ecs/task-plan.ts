/** What becomes of a task when nobody interferes. Times are in milliseconds. */
export interface TaskPlan {
  /** Until its first container is created. */
  readonly pendingMs: number;
  /** How much longer than that the last of several takes that are launched together. @defaultValue no longer */
  readonly stragglerMs?: number;
  /** How long `init` runs. The task is not RUNNING meanwhile, because `app` waits for it. @defaultValue 0 */
  readonly initMs?: number;
  /** What ECS says of the task meanwhile. Both were seen: aws/containers-roadmap#1532. @defaultValue "ACTIVATING" */
  readonly statusMeanwhile?: "PENDING" | "ACTIVATING";
  /** Of `init`: with another code than 0, `app` never runs. @defaultValue 0 */
  readonly initExitCode?: number;
  /** How long `app` runs. */
  readonly runMs: number;
  /** Of `app`; `undefined`: the container cannot be started. */
  readonly exitCode: number | undefined;
  /** How long after the end exit codes are reported. Infinity: never. */
  readonly exitCodeDelayMs: number;
  /** How long after its containers the task ends. @defaultValue 1 s */
  readonly deprovisioningMs?: number;
  /** Whether ECS manages a volume for it, which is deleted with its end. @defaultValue false */
  readonly hasVolume?: boolean;
  /** When DescribeTasks says MISSING, counted from the launch. @defaultValue never */
  readonly hidden?: { readonly fromMs: number; readonly untilMs: number };
  /** How long listings name only the first task of those that are launched together. @defaultValue not at all */
  readonly othersListedAfterMs?: number;
  /** In the family "other": its sidecar ends first, and ECS kills `app`. @defaultValue ECS kills the sidecar when `app` has ended */
  readonly sidecarEndsFirst?: boolean;
}

export const QUICK: TaskPlan = { pendingMs: 5000, runMs: 10_000, exitCode: 0, exitCodeDelayMs: 0 };

const TEN_THOUSAND_DAYS_MS = 10_000 * 24 * 60 * 60_000;
export const ENDLESS: TaskPlan = { ...QUICK, pendingMs: 0, runMs: TEN_THOUSAND_DAYS_MS };
