import { isStopped, type ContainerRecord, type TaskRecord } from "./task-record";

/** What has to be true of the tasks of a run for it to have succeeded. */
export interface Expectation {
  /** The containers whose exit code decides; `undefined`: all, because it is not known which are essential. */
  readonly decidingContainers?: readonly string[] | undefined;
  /** The exit codes that mean success. @defaultValue [0] */
  readonly successExitCodes?: readonly number[] | undefined;
  /** By container, the digest of the image it must have run. */
  readonly expectedImageDigests?: Readonly<Record<string, string>> | undefined;
  /**
   * The containers that were given a command for this run. They are what the task is for and nobody's sidecar,
   * so that being stopped by ECS is never forgiven them.
   */
  readonly workContainers?: readonly string[];
}

/** Why a run failed: one thing that was seen. */
export interface FailedReason {
  readonly taskArn: string;
  /** The container, when it is one container's failure. */
  readonly container?: ContainerRecord;
  /** What was seen, in words that go on from "failed:". */
  readonly text: string;
  /** What kind of failure it is, where it was us who found it and not ECS who said it. */
  readonly code?: "WRONG_IMAGE";
}

/** Our judgement of a run. */
export type Outcome =
  | { readonly kind: "SUCCEEDED" }
  | { readonly kind: "RUNNING" }
  | { readonly kind: "FAILED"; readonly reasons: readonly [FailedReason, ...FailedReason[]] };

/**
 * Decides whether the tasks of a run did what they were for.
 *
 * Succeeded means that in every task each deciding container exited with a success code and every expected
 * digest was pulled, and that it was a container's exit that ended the task. A container without an exit code
 * never ran to its end, so it counts as failed. An essential container that ECS itself killed (137, 143)
 * because another essential one had ended with success is no failure: that is how a sidecar ends.
 *
 * Reads only what DescribeTasks returned.
 *
 * @returns `FAILED` as soon as one task has, with reasons in the order of the tasks; `RUNNING` while none has and
 *   not all have stopped.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html for the stop codes
 */
export function judgeOutcome(tasks: readonly TaskRecord[], expectation: Expectation): Outcome {
  const [first, ...others] = tasks.filter(isStopped).flatMap((task) => failedReasons(task, expectation));
  if (first) return { kind: "FAILED", reasons: [first, ...others] };
  return tasks.every(isStopped) ? { kind: "SUCCEEDED" } : { kind: "RUNNING" };
}

function failedReasons(task: TaskRecord, expectation: Expectation): FailedReason[] {
  const exits = badExits(task, expectation);
  const failed = [...exits, ...wrongImages(task, expectation)];
  if (failed.length > 0) return failed;
  if (task.stopCode === undefined || task.stopCode === "EssentialContainerExited") return [];
  return [{ taskArn: task.taskArn, text: `was stopped before it ended by itself (${task.stopCode})` }];
}

function badExits({ taskArn, containers }: TaskRecord, expectation: Expectation): FailedReason[] {
  const { decidingContainers, successExitCodes = [0], workContainers } = expectation;
  const deciding = containers.filter((container) => decidingContainers?.includes(container.name) ?? true);
  if (deciding.length === 0) return [{ taskArn, text: "stopped without a container that could decide" }];
  const succeeded = ({ exitCode }: ContainerRecord) =>
    exitCode !== undefined && successExitCodes.includes(exitCode);
  const workIsDone = deciding.some(succeeded);
  return deciding
    .filter(
      (container) =>
        !succeeded(container) && !(workIsDone && isSidecarStoppedByEcs(container, workContainers)),
    )
    .map((container) => ({ taskArn, container, text: containerText(container) }));
}

function wrongImages(
  { taskArn, containers }: TaskRecord,
  { expectedImageDigests = {} }: Expectation,
): FailedReason[] {
  return Object.entries(expectedImageDigests).flatMap(([name, expected]) => {
    const container = containers.find((each) => each.name === name);
    if (container?.imageDigest === expected) return [];
    const ran = container?.imageDigest
      ? `ran image ${container.imageDigest}`
      : "ran an image of unknown digest";
    const text = `container "${name}" ${ran}, expected was ${expected}`;
    return [{ taskArn, text, code: "WRONG_IMAGE" as const }];
  });
}

/** 137 is SIGKILL, 143 SIGTERM; a container that ran out of memory has a reason that says so. */
function isSidecarStoppedByEcs(container: ContainerRecord, workContainers: readonly string[] = []): boolean {
  const killed = container.exitCode === 137 || container.exitCode === 143;
  return killed && !container.reason && !workContainers.includes(container.name);
}

function containerText(container: ContainerRecord): string {
  return container.exitCode === undefined
    ? `container "${container.name}" did not run to its end`
    : `container "${container.name}" exited with code ${container.exitCode}`;
}
