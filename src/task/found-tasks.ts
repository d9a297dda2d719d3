import type { Task } from "@aws-sdk/client-ecs";
import { canonicalJson } from "./canonical-json";
import { normaliseOverrides, type NormalInputs, type NormalOverrides } from "./normalise-inputs";
import { overridesRequest } from "./run-task-request";
import { isStopped, taskRecord, type TaskRecord } from "./task-record";
import type { Redact } from "./redact";
import type { TaskOverrides } from "./task-inputs";

/** The tasks of a resource that ECS knows, by what they mean for the run that is about to be launched. */
export interface FoundTasks {
  /** Alive, and exactly the run that is about to be launched: an interrupted `up` started them. Newest first. */
  readonly adoptable: readonly TaskRecord[];
  /** Exactly this run, and on their way out: they have to end, and count as ended then. */
  readonly ending: readonly TaskRecord[];
  /** Alive, and another run: they have to end before the next one is launched. */
  readonly inTheWay: readonly TaskRecord[];
  /** Stopped, and exactly this run. Newest first. */
  readonly ended: readonly TaskRecord[];
}

/**
 * Sorts the tasks of a resource. A task is of this very run when its marker says so, which covers all inputs
 * but the values of environment variables, and when it runs with the overrides that would be sent now.
 */
export function sortFoundTasks(
  tasks: readonly Task[],
  inputs: NormalInputs,
  startedBy: string,
  redact: Redact,
): FoundTasks {
  const wanted = overridesText(inputs.overrides);
  const anyInputs = inputs.idempotencyKey !== undefined;
  const sorted = [...tasks].sort((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0));
  const found = sorted.map((task) => ({
    record: taskRecord(task, redact),
    isThisRun:
      task.startedBy === startedBy &&
      (anyInputs || overridesText(normaliseOverrides(overridesOf(task))) === wanted),
  }));
  const records = (some: typeof found) => some.map(({ record }) => record);
  const isAlive = (record: TaskRecord) => !isStopped(record);
  const isToldToStop = (record: TaskRecord) => record.desiredStatus === "STOPPED";
  const ofThisRun = records(found.filter(({ isThisRun }) => isThisRun));
  const ofOthers = records(found.filter(({ isThisRun }) => !isThisRun));
  return {
    adoptable: ofThisRun.filter((record) => isAlive(record) && !isToldToStop(record)),
    ending: ofThisRun.filter((record) => isAlive(record) && isToldToStop(record)),
    ended: ofThisRun.filter(isStopped),
    inTheWay: ofOthers.filter(isAlive),
  };
}

function overridesText(overrides: NormalOverrides | undefined): string {
  return canonicalJson(overridesRequest(overrides) ?? {});
}

/** The overrides of a task, which DescribeTasks gives in the API's form, with an entry for each container. */
export function overridesOf({ overrides }: Task): TaskOverrides | undefined {
  if (!overrides) return undefined;
  const { ephemeralStorage, ...rest } = overrides;
  const own = { ...rest, ephemeralStorage: ephemeralStorage && { sizeInGib: ephemeralStorage.sizeInGiB } };
  const isNothing = (value: unknown) => Array.isArray(value) && value.length === 0;
  return JSON.parse(
    JSON.stringify(own, (_key, value: unknown) => (isNothing(value) ? undefined : value)),
  ) as TaskOverrides;
}
