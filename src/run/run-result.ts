import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { decisiveDependencies, type Dependency } from "../outcome/container-dependencies";
import type { LogTarget } from "../outcome/logs/log-target";
import { recordedOrder, type Order } from "./order/order";
import { projectOutputs } from "../outcome/outputs";
import { readInputs } from "../inputs/read-inputs";
import type { Standing } from "../outcome/settle";
import type { TaskInputs } from "../inputs/task-inputs";
import type { TaskRecord } from "../outcome/task-record";
import { SCHEMA_VERSION, type TaskState } from "./task-state";

/** What became of a run: what to record, and what to tell when it is not what was asked for. */
export interface RunResult {
  readonly state: TaskState;
  /** The whole message for the user; absent when the run is settled. */
  readonly problem?: string;
}

/** A run and what is known about it. */
export interface RunFacts {
  readonly order: Order;
  readonly tasks: readonly TaskRecord[];
  /** When ECS was asked for the tasks, ISO 8601. */
  readonly launchedAt?: string | undefined;
  readonly definition?: TaskDefinition | undefined;
  /** Where the containers of the task write to. */
  readonly logs?: Readonly<Record<string, LogTarget>>;
  readonly essentialContainers?: readonly string[] | undefined;
  /** Which containers wait for which; of a record only those dependencies that kept one from starting. */
  readonly dependencies?: readonly Dependency[] | undefined;
  /** Why fewer tasks were started than asked for. */
  readonly shortfall?: string | undefined;
}

/** What is recorded of a run. How it stands is needed for it, so that nothing is settled that was not seen to be. */
export function runState(facts: RunFacts, { phase, outcome }: Standing, failure?: string): TaskState {
  const { written, run, marker, place } = facts.order;
  const dependencies = decisiveDependencies(facts.tasks, facts.dependencies ?? []);
  return {
    ...written,
    ...run,
    ...projectOutputs(facts.tasks, outcome, facts.logs ?? {}),
    phase,
    schemaVersion: SCHEMA_VERSION,
    marker,
    place,
    ...(facts.launchedAt ? { launchedAt: facts.launchedAt } : {}),
    ...(facts.essentialContainers ? { essentialContainers: facts.essentialContainers } : {}),
    ...(dependencies.length > 0 ? { dependencies } : {}),
    ...(failure ? { failure } : {}),
  };
}

/**
 * What a record says of its run.
 *
 * @param region - where it was asked for, if that was not recorded.
 * @param inputs - the inputs to go on with.
 */
export function recordedFacts(
  recorded: TaskState,
  region: string,
  inputs: TaskInputs = readInputs(recorded),
): RunFacts {
  const { launchedAt, tasks, essentialContainers, dependencies, logs } = recorded;
  const order = recordedOrder(recorded, inputs, region);
  return { order, launchedAt, tasks, essentialContainers, dependencies, logs };
}
