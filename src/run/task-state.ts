import type { Dependency } from "../outcome/container-dependencies";
import type { RunIdentity } from "./order/started-by-and-client-token";
import type { Place } from "./order/place";
import type { TaskInputs } from "../inputs/task-inputs";
import type { TaskOutputs } from "../outcome/outputs";

/** The version of the shape of what is stored. Raised when older code could not read what newer code writes. */
export const SCHEMA_VERSION = 1;

/**
 * What is settled about a run. Settled means that what was asked for was reached once (`waitFor`), and it
 * stays so. Not settled: it failed, it still runs (a timeout), or nobody knows.
 */
export type Phase = "SETTLED" | "FAILED" | "RUNNING" | "UNKNOWN";

/** Everything that is stored of a resource: its inputs, as they were written, and what they led to. */
export interface TaskState extends TaskInputs, RunIdentity, TaskOutputs {
  readonly phase: Phase;
  readonly schemaVersion: number;
  /** The `startedBy` by which the tasks of the run are recognised. */
  readonly marker: string;
  /** Where the run was asked for; absent in records of 0.1.0. */
  readonly place?: Place;
  /** When ECS was asked for the tasks, ISO 8601: tells how long their clientToken is remembered. */
  readonly launchedAt?: string;
  /** The containers of the task definition that are essential; absent when it could not be read. */
  readonly essentialContainers?: readonly string[];
  /** Who waited for whom, where that kept a container from starting; otherwise absent. Names the culprit when the record is judged again. */
  readonly dependencies?: readonly Dependency[];
  /** Why the run is not settled, in one line; what the next preview says. */
  readonly failure?: string;
}

/** Which run a record is of. */
export function runIdentity({ identity, life, generation }: TaskState): RunIdentity {
  return { identity, life, generation };
}
