import type { TaskDefinition } from "@aws-sdk/client-ecs";
import type { CauseCode, FailureCode } from "../errors";
import { decisiveDependencies, type Dependency } from "../outcome/container-dependencies";
import type { ContainerLines } from "../outcome/explain/diagnose";
import type { LogTarget } from "../outcome/logs/log-target";
import { recordedOrder, type Order } from "./order/order";
import { projectOutputs } from "../outcome/outputs";
import { readInputs } from "../inputs/read-inputs";
import type { Standing } from "../outcome/settle";
import type { TaskInputs } from "../inputs/task-inputs";
import type { TaskRecord } from "../outcome/task-record";
import { SCHEMA_VERSION, type Phase, type TaskState } from "./task-state";

/** Why a run is not settled. It becomes a message only where it leaves the package: `provider/failure-text.ts`. */
export interface Failure {
  /** In a few words, for the record: the next preview says them. */
  readonly inShort: string;
  /** What happened and why, in one line that stands alone. */
  readonly summary: string;
  /** What ECS said, one thing a line. */
  readonly details?: readonly string[];
  /** What the containers wrote last. */
  readonly logs?: readonly ContainerLines[];
  /** See docs/errors.md; absent where the run is not known to have failed. */
  readonly code?: FailureCode | CauseCode;
  /** What to do about it. */
  readonly remedy: string;
}

type StateIn<P extends Phase> = TaskState & { readonly phase: P };

/** What to record of a run that is not what was asked for, and why it is not. */
export interface FailedResult {
  readonly state: StateIn<Exclude<Phase, "SETTLED">>;
  readonly failure: Failure;
}

/** What became of a run. That it is recorded as settled and that it has no failure are the same. */
export type RunResult = FailedResult | { readonly state: StateIn<"SETTLED">; readonly failure?: undefined };

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
export function runState<P extends Phase>(
  facts: RunFacts,
  { phase, outcome }: Standing & { readonly phase: P },
  failure?: string,
): StateIn<P> {
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

/** The report of a run that is not what was asked for. */
export function failed(
  facts: RunFacts,
  standing: Standing & Pick<FailedResult["state"], "phase">,
  failure: Failure,
): FailedResult {
  return { state: runState(facts, standing, failure.inShort), failure };
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
