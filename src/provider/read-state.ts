import { EcsTaskError } from "../errors";
import { projectOutputs } from "../outcome/outputs";
import { SCHEMA_VERSION, type TaskState } from "../run/task-state";

/**
 * Reads what is stored of a resource. Outputs that are made from the tasks are made again where they are absent: the
 * record of a large failure is stored without them, see `./fit-error-into-answer`.
 *
 * @throws EcsTaskError when a newer version of this package wrote it: guessing what it means could run a task
 *   a second time.
 */
export function readState(id: string, stored: object): TaskState {
  const state = stored as Partial<TaskState>;
  const version = state.schemaVersion ?? SCHEMA_VERSION;
  if (version > SCHEMA_VERSION) {
    throw new EcsTaskError(
      "STATE_TOO_NEW",
      `The state of this EcsTask was written by a newer version of pulumi-ecs-task (schema version ${version}, this one reads up to ${SCHEMA_VERSION}). Upgrade the package pulumi-ecs-task in this project.`,
    );
  }
  const { tasks = [], outcome = "UNKNOWN" } = state;
  const derived = projectOutputs(tasks, outcome, {});
  return {
    ...state,
    taskDefinition: state.taskDefinition ?? "",
    identity: state.identity ?? id,
    life: state.life ?? "",
    generation: state.generation ?? 0,
    phase: state.phase ?? "UNKNOWN",
    outcome,
    schemaVersion: version,
    marker: state.marker ?? "",
    taskArns: state.taskArns ?? [],
    tasks,
    imageDigests: state.imageDigests ?? derived.imageDigests,
    images: state.images ?? derived.images,
    exitCodes: state.exitCodes ?? derived.exitCodes,
    containers: state.containers ?? derived.containers,
    logs: state.logs ?? {},
  };
}
