import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { LogTarget } from "../task/log-target";
import type { Outcome } from "../task/judge-outcome";
import type { RunIdentity } from "../task/marker";
import { projectOutputs } from "../task/project-outputs";
import type { TaskInputs } from "../task/task-inputs";
import type { TaskRecord } from "../task/task-record";
import { readInputs } from "../task/read-inputs";
import { runIdentity, SCHEMA_VERSION, type Phase, type TaskState } from "../task/task-state";

/** What became of a run: what to record, and what to tell when it is not what was asked for. */
export interface RunReport {
  readonly state: TaskState;
  /** The whole message for the user; absent when the run is settled. */
  readonly problem?: string;
}

/** A run and what is known about it. */
export interface RunFacts {
  readonly inputs: TaskInputs;
  readonly run: RunIdentity;
  readonly marker: string;
  readonly tasks: readonly TaskRecord[];
  /** When ECS was asked for the tasks, ISO 8601. */
  readonly launchedAt?: string | undefined;
  readonly definition?: TaskDefinition | undefined;
  /** Where the containers of the task write to. */
  readonly logs?: Readonly<Record<string, LogTarget>>;
  readonly essentialContainers?: readonly string[] | undefined;
  /** Why fewer tasks were started than asked for. */
  readonly shortfall?: string | undefined;
}

/** What is recorded of a run. */
export function runState(
  facts: RunFacts,
  phase: Phase,
  outcome: Outcome["kind"] | "UNKNOWN",
  failure?: string,
): TaskState {
  return {
    ...facts.inputs,
    ...facts.run,
    ...projectOutputs(facts.tasks, outcome, facts.logs ?? {}),
    phase,
    schemaVersion: SCHEMA_VERSION,
    marker: facts.marker,
    ...(facts.launchedAt ? { launchedAt: facts.launchedAt } : {}),
    ...(facts.essentialContainers ? { essentialContainers: facts.essentialContainers } : {}),
    ...(failure ? { failure } : {}),
  };
}

/**
 * What a record says of its run.
 *
 * @param tasks - its tasks as they are now.
 * @param inputs - the inputs to go on with.
 */
export function recordedFacts(
  recorded: TaskState,
  tasks: readonly TaskRecord[] = recorded.tasks,
  inputs: TaskInputs = readInputs(recorded),
): RunFacts {
  const { marker, launchedAt, essentialContainers, logs } = recorded;
  return { inputs, run: runIdentity(recorded), marker, launchedAt, tasks, essentialContainers, logs };
}
