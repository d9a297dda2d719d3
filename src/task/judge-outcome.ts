import { exitBits } from "./exit-code";
import { hasContainerRun, isStopped, type ContainerRecord, type TaskRecord } from "./task-record";

/** What has to be true of the tasks of a run for it to have succeeded. */
export interface Expectation {
  /** The containers whose exit codes decide; `undefined`: all, because it is not known which are essential. */
  readonly decidingContainers?: readonly string[] | undefined;
  /** The exit codes that mean success. @defaultValue [0] */
  readonly successExitCodes?: readonly number[] | undefined;
  /** By container, the digest of the image it must have run. */
  readonly expectedImageDigests?: Readonly<Record<string, string>> | undefined;
  /**
   * The containers that do the work of the task. Being stopped is forgiven others only, and only when all of these ended
   * with success; `undefined`: nobody can tell which they are, and nothing is forgiven.
   */
  readonly workContainers?: readonly string[] | undefined;
}

/** Why a run failed: one thing that was seen. */
export interface FailedReason {
  readonly taskArn: string;
  /** The container, when it is one container's failure. */
  readonly container?: ContainerRecord;
  /** What was seen, in words that go on from "failed:". */
  readonly text: string;
  /** What kind of failure it is, where it was us who found it and not ECS who said it. */
  readonly code?: "WRONG_IMAGE" | "WORK_UNKNOWN";
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
 * digest was pulled, and that it was a container's exit that ended the task. A deciding container without an exit code
 * failed. Two exceptions, both only when all work containers ended with success: a container that is none of them and was
 * killed without a reason was stopped because the work had ended; one that never ran did not have to.
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
    exitCode !== undefined && successExitCodes.some((code) => exitBits(code) === exitBits(exitCode));
  const isWork = ({ name }: ContainerRecord) => workContainers?.includes(name) === true;
  const work = containers.filter(isWork);
  const isWorkDone = work.length > 0 && work.every(succeeded);
  const isForgiven = (container: ContainerRecord) =>
    isWorkDone && !isWork(container) && (wasStopped(container) || neverRan(container));
  const isUnclear = workContainers === undefined && deciding.some(succeeded);
  return deciding
    .filter((container) => !succeeded(container) && !isForgiven(container))
    .map((container) => ({
      taskArn,
      container,
      ...(isUnclear && wasStopped(container)
        ? { text: unclearText(container), code: "WORK_UNKNOWN" as const }
        : { text: containerText(container) }),
    }));
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

/**
 * The codes of containers that a signal ended which stops them: SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGTERM, as 128 and the
 * signal's number, and Windows' STATUS_CONTROL_C_EXIT.
 *
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55
 */
const KILLED: readonly number[] = [129, 130, 131, 137, 143, -1_073_741_510];

/** Whether somebody stopped a container; one that ran out of memory has a reason that says so. */
function wasStopped({ exitCode, reason }: ContainerRecord): boolean {
  return exitCode !== undefined && KILLED.includes(exitBits(exitCode)) && !reason;
}

/** Whether a container never came to run, and nothing says that it was to. */
function neverRan(container: ContainerRecord): boolean {
  return !hasContainerRun(container) && !container.reason;
}

function unclearText({ name, exitCode = 0 }: ContainerRecord): string {
  return `container "${name}" was killed (exit code ${exitCode}), and nobody can tell which container ended first`;
}

function containerText(container: ContainerRecord): string {
  return container.exitCode === undefined
    ? `container "${container.name}" did not run to its end`
    : `container "${container.name}" exited with code ${container.exitCode}`;
}
