import { failedDependencies, type Dependency, type FailedDependency } from "./container-dependencies";
import { exitBits } from "../inputs/exit-code";
import { isOver } from "./is-over";
import { hasContainerRun, type ContainerRecord, type TaskRecord } from "./task-record";

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
  /** Which containers wait for which; absent where the task definition could not be read. They change no judgement, and name the culprit. */
  readonly dependencies?: readonly Dependency[] | undefined;
}

/** Why a run failed: one thing that was seen. */
export interface FailedReason {
  readonly taskArn: string;
  /** The container, when it is one container's failure. */
  readonly container?: ContainerRecord;
  /** What was seen, in words that go on from "failed:". */
  readonly text: string;
  /** What kind of failure it is, where it was us who found it and not ECS who said it. */
  readonly code?: "WRONG_IMAGE" | "WORK_UNKNOWN" | "SIDECAR_FAILED";
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
 * @returns `FAILED` as soon as one task has, with the culprit first: what failed by itself stands before what was killed,
 *   that before what never ran, and among equals those that have the work. `RUNNING` while none has and not all are
 *   over.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html for the stop codes
 */
export function judgeOutcome(tasks: readonly TaskRecord[], expectation: Expectation): Outcome {
  const [first, ...others] = tasks
    .filter(isOver)
    .flatMap((task) => failures(task, expectation))
    .sort((a, b) => a.rank - b.rank)
    .map(({ reason }) => reason);
  if (first) return { kind: "FAILED", reasons: [first, ...others] };
  return tasks.every(isOver) ? { kind: "SUCCEEDED" } : { kind: "RUNNING" };
}

/** A reason, and how far it is from the cause: 0 is the culprit. */
interface Ranked {
  readonly reason: FailedReason;
  readonly rank: number;
}

function failures(task: TaskRecord, expectation: Expectation): Ranked[] {
  const failed = [
    ...badExits(task, expectation),
    ...wrongImages(task, expectation).map((reason) => ({ reason, rank: RANKS.itself + RANKS.others })),
  ];
  if (failed.length > 0) return failed;
  if (task.stopCode === undefined || task.stopCode === "EssentialContainerExited") return [];
  const text = `was stopped before it ended by itself (${task.stopCode})`;
  return [{ reason: { taskArn: task.taskArn, text }, rank: RANKS.itself }];
}

/** What is added up to a rank. */
const RANKS = { itself: 0, killed: 2, neverRan: 4, work: 0, others: 1 } as const;

function badExits({ taskArn, containers }: TaskRecord, expectation: Expectation): Ranked[] {
  const { decidingContainers, successExitCodes = [0], workContainers, dependencies = [] } = expectation;
  const deciding = containers.filter((container) => decidingContainers?.includes(container.name) ?? true);
  if (deciding.length === 0) {
    return [{ reason: { taskArn, text: "stopped without a container that could decide" }, rank: 0 }];
  }
  const succeeded = ({ exitCode }: ContainerRecord) =>
    exitCode !== undefined && successExitCodes.some((code) => exitBits(code) === exitBits(exitCode));
  const isWork = ({ name }: ContainerRecord) => workContainers?.includes(name) === true;
  const work = containers.filter(isWork);
  const isWorkDone = work.length > 0 && work.every(succeeded);
  const isForgiven = (container: ContainerRecord) =>
    isWorkDone && !isWork(container) && (wasStopped(container) || neverRan(container));
  const isUnclear = workContainers === undefined && deciding.some(succeeded);
  const bad = deciding
    .filter((container) => !succeeded(container) && !isForgiven(container))
    .map((container) => ({
      container,
      inTheWay: failedDependencies(container, { containers, dependencies }),
    }));
  const culprits = distinct(bad.flatMap(({ inTheWay }) => inTheWay));
  function blame(container: ContainerRecord, inTheWay: readonly FailedDependency[]): Ranked {
    const rank = rankOf(container, inTheWay) + (isWork(container) ? RANKS.work : RANKS.others);
    if (isUnclear && wasStopped(container))
      return { rank, reason: { taskArn, container, text: unclearText(container), code: "WORK_UNKNOWN" } };
    const text = containerText(container, inTheWay[0]);
    if (!isWorkDone) return { rank, reason: { taskArn, container, text } };
    const although = `${text}, although the work ended well`;
    return { rank, reason: { taskArn, container, text: although, code: "SIDECAR_FAILED" } };
  }
  return [
    ...culprits.map((culprit) => ({
      reason: { taskArn, container: culprit.failed, text: dependencyText(culprit) },
      rank: RANKS.itself,
    })),
    ...bad
      .filter(({ container }) => !culprits.some(({ on }) => on === container.name))
      .map(({ container, inTheWay }) => blame(container, inTheWay)),
  ];
}

function rankOf(container: ContainerRecord, inTheWay: readonly FailedDependency[]): number {
  if (inTheWay.length > 0 || neverRan(container)) return RANKS.neverRan;
  return wasStopped(container) ? RANKS.killed : RANKS.itself;
}

/** One container can be waited for by several. */
function distinct(dependencies: readonly FailedDependency[]): readonly FailedDependency[] {
  return [...new Map(dependencies.map((dependency) => [dependency.on, dependency])).values()];
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

function dependencyText({ failed, condition }: FailedDependency): string {
  if (condition !== "HEALTHY") return containerText(failed);
  const exit = failed.exitCode === undefined ? "" : ` (exit code ${failed.exitCode})`;
  return `container "${failed.name}" did not become healthy${exit}`;
}

function containerText({ name, exitCode }: ContainerRecord, inTheWay?: FailedDependency): string {
  if (inTheWay)
    return `container "${name}" was not started, because it waited for "${inTheWay.on}" to be ${inTheWay.condition}`;
  return exitCode === undefined
    ? `container "${name}" did not run to its end`
    : `container "${name}" exited with code ${exitCode}`;
}
