import { familyOf, isBareFamily, taskDefinitionName } from "../../aws/arn";
import { canonicalJson } from "../../text/canonical-json";
import { normaliseOverrides, type NormalInputs, type NormalOverrides } from "../../inputs/normalise-inputs";
import type { Order } from "../order/order";
import type { Place } from "../order/place";
import { overridesRequest } from "../../inputs/run-task-request";
import { isOver } from "../../outcome/is-over";
import type { SeenTask, TaskRecord } from "../../outcome/task-record";

/** The tasks of a resource that ECS knows, by what they mean for the run that is about to be launched. */
export interface Candidates {
  /** Alive, and exactly the run that is about to be launched: an interrupted `up` started them. Newest first. */
  readonly adoptable: readonly TaskRecord[];
  /** Exactly this run, and on their way out: they have to end, and count as ended then. */
  readonly ending: readonly TaskRecord[];
  /** Alive, and another run: they have to end before the next one is launched. */
  readonly inTheWay: readonly TaskRecord[];
  /** Over, and exactly this run. Newest first. */
  readonly ended: readonly TaskRecord[];
  /** Where looking is not permitted. */
  readonly denied: readonly Place[];
}

/**
 * Sorts the tasks of a resource.
 *
 * @param isOfOthers - whether a task is another run whatever it bears: it belongs to another resource of this process, or
 *   is in another place, which markers do not tell apart.
 */
export function sortCandidates(
  tasks: readonly SeenTask[],
  order: Order,
  isOfOthers: (taskArn: string) => boolean,
): Omit<Candidates, "denied"> {
  const sorted = [...tasks].sort((a, b) => newestFirst(a.record, b.record));
  const found = sorted.map((task) => ({
    record: task.record,
    isThisRun: isThisRun(task, order) && !isOfOthers(task.record.taskArn),
  }));
  const records = (some: typeof found) => some.map(({ record }) => record);
  const isAlive = (record: TaskRecord) => !isOver(record);
  const isToldToStop = (record: TaskRecord) => record.desiredStatus === "STOPPED";
  const ofThisRun = records(found.filter((each) => each.isThisRun));
  const ofOthers = records(found.filter((each) => !each.isThisRun));
  return {
    adoptable: ofThisRun.filter((record) => isAlive(record) && !isToldToStop(record)),
    ending: ofThisRun.filter((record) => isAlive(record) && isToldToStop(record)),
    ended: ofThisRun.filter(isOver),
    inTheWay: ofOthers.filter(isAlive),
  };
}

/**
 * Whether a task is the run that is ordered. Its `startedBy` says so, which covers all inputs that count but the values of
 * environment variables; and it runs what would be sent now, by what DescribeTasks says of it, values included.
 */
export function isThisRun({ record, overrides }: SeenTask, { proof, normal }: Order): boolean {
  return (
    record.startedBy === proof &&
    overridesText(normaliseOverrides(overrides)) === overridesText(normal.overrides) &&
    runsDefinition(record, normal)
  );
}

/** Sorts tasks: the one that was created last comes first, and one of which ECS gives no time last. */
export function newestFirst(a: TaskRecord, b: TaskRecord): number {
  return createdMs(b) - createdMs(a);
}

function createdMs({ createdAt }: TaskRecord): number {
  return createdAt === undefined ? 0 : Date.parse(createdAt);
}

/** With an `idempotencyKey` the key says which revision runs. */
function runsDefinition(
  { taskDefinitionArn }: TaskRecord,
  { taskDefinition, idempotencyKey }: NormalInputs,
): boolean {
  // A replayed answer of RunTask does not name it.
  if (!taskDefinitionArn) return true;
  const isAnyRevision = idempotencyKey !== undefined || isBareFamily(taskDefinition);
  const nameOf = isAnyRevision ? familyOf : taskDefinitionName;
  return nameOf(taskDefinitionArn) === nameOf(taskDefinition);
}

function overridesText(overrides: NormalOverrides | undefined): string {
  return canonicalJson(overridesRequest(overrides) ?? {});
}
