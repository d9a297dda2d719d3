import { isBareFamily, taskDefinitionName, taskId, clusterName } from "../aws/arn";
import { asksForRun, diffInputs, type InputChange } from "../inputs/diff-inputs";
import { isJudgedAgain } from "./is-only-judged-again";
import { INPUTS } from "../inputs/inputs-and-effects";
import { INPUT_DEFAULTS, isForTheEnd, type TaskInputs, type WaitFor } from "../inputs/task-inputs";
import { changesText, definitionChanges } from "../inputs/definition/definition-changes";
import type { WhatRuns } from "../inputs/definition/what-runs";
import { hasEnded } from "../outcome/settle";
import type { TaskState } from "./task-state";
import { containsUnknown } from "../inputs/unknown";
import { isPlainObject } from "../text/canonical-json";
import { digestChange, imageText } from "../inputs/definition/image-text";

/** What is known of the task definitions of the last run and of the next one. */
export interface Revisions {
  readonly before?: WhatRuns | undefined;
  readonly after?: WhatRuns | undefined;
}

/**
 * What the preview says of a resource that is not recorded yet.
 *
 * @param after - what its task definition runs, if that is known.
 */
export function willRun(inputs: TaskInputs, after?: WhatRuns): string {
  const { taskDefinition, cluster, count } = { ...INPUT_DEFAULTS, ...inputs };
  const what = containsUnknown(taskDefinition) ? "" : `: ${taskDefinitionName(taskDefinition)}`;
  const where = containsUnknown(cluster) ? "" : ` on cluster ${clusterName(cluster)}`;
  const tasks = typeof count === "number" && count > 1 ? `${count} tasks` : "a task";
  const images = after ? imagesText(after, overriddenContainers(inputs)) : "";
  return `will run ${tasks}${what}${where}${images && ` (${images})`}${latestRevision(inputs)}`;
}

/** `app: image shop/app:42`, of the containers that do the work, else of all. */
function imagesText({ containers }: WhatRuns, names: readonly string[]): string {
  const known = Object.entries(containers);
  const meant = known.filter(([name]) => names.includes(name));
  return changesText(
    (meant.length > 0 ? meant : known).map(([of, { image }]) => ({ of, text: `image ${imageText(image)}` })),
  );
}

/** The containers that are given something of their own: they do the work. */
function overriddenContainers({ overrides }: TaskInputs): readonly string[] {
  const containers: unknown = overrides?.containerOverrides;
  return Array.isArray(containers) && !containsUnknown(containers)
    ? (containers as readonly { name: string }[]).map(({ name }) => name)
    : [];
}

/**
 * What the next `up` will do about a recorded run, in one line for the preview; `undefined` when nothing is to
 * be done.
 *
 * Values are shown only of properties that cannot hold a secret; of the others, overrides above all, the name.
 *
 * @param revisions - what is known of the task definitions, where another one is asked for.
 */
export function willDo(recorded: TaskState, news: TaskInputs, revisions: Revisions = {}): string | undefined {
  const changes = diffInputs(recorded, news);
  const inside = insideOf(revisions);
  const changed = changes.map((change) => changeText(change, { olds: recorded, news, inside })).join(", ");
  if (asksForRun(changes)) {
    const isSure = ({ effect, unknown, property }: InputChange) =>
      effect === "re-run" && (!unknown || (property === "taskDefinition" && inside?.differs === true));
    const sure = changes.some(isSure);
    return `${sure ? "will" : "may"} run a new task: ${changed}${latestRevision(news)}`;
  }
  if (isJudgedAgain(recorded, changes)) return restText(changes, changed, ", the last run is judged again");
  const also = changed ? `; also changed: ${changed}` : "";
  switch (recorded.phase) {
    case "FAILED":
      return `will run again: the last run failed (${recorded.failure ?? "no reason was recorded"})${also}`;
    case "RUNNING":
      return `will go on waiting for task ${openIds(recorded, waitForOf(news))}: ${recorded.failure ?? "it had not ended"}${also}`;
    case "UNKNOWN":
      return `will look for the last run's task: ${recorded.failure ?? "it is not known how it ended"}${also}`;
    case "SETTLED":
      if (!changed) return undefined;
      return endText(recorded, news, changed) ?? restText(changes, changed);
  }
}

/** What is done about a settled run whose end is asked for now; `undefined` when nothing is. */
function endText(recorded: TaskState, news: TaskInputs, changed: string): string | undefined {
  const waitFor = waitForOf(news);
  if (!isForTheEnd(waitFor)) return undefined;
  if (recorded.outcome === "RUNNING") {
    const end = waitFor === "STOPPED" ? "stop" : "end";
    return `will wait for task ${openIds(recorded, waitFor)} to ${end}: ${changed}`;
  }
  if (recorded.outcome === "FAILED") {
    return `will fail, no task will run: the last run, whose end was not waited for, failed (${recorded.failure ?? "no reason was recorded"}); ${changed}`;
  }
  if (recorded.tasks.some((task) => !hasEnded(task, waitFor)))
    return `no task will run; task ${openIds(recorded, waitFor)} is waited for until it is STOPPED: ${changed}`;
  return undefined;
}

function restText(changes: readonly InputChange[], changed: string, judged = ""): string {
  const later = changes.map(({ property }) => property).filter((property) => INPUTS[property].isOfNextRun);
  const holds = later.length > 0 ? ` (${later.join(" and ")} from the next run on)` : "";
  return `no task will run${judged}: ${changed}${holds}`;
}

/** What differs inside of two revisions. */
interface Inside {
  readonly differs: boolean;
  readonly text: string;
}

function insideOf({ before, after }: Revisions): Inside | undefined {
  if (!before || !after) return undefined;
  const changes = definitionChanges(before, after);
  return changes.length > 0
    ? { differs: true, text: changesText(changes) }
    : { differs: false, text: "with the same images, commands, variables, sizes and roles" };
}

/** What the inputs were and are, and what is known of their task definitions. */
interface Update {
  readonly olds: TaskInputs;
  readonly news: TaskInputs;
  readonly inside: Inside | undefined;
}

function changeText({ property, paths, unknown }: InputChange, { olds, news, inside }: Update): string {
  if (property === "taskDefinition" && inside) {
    const name = unknown ? "a new revision made by this update" : shown(property, news);
    const perhaps = unknown && !inside.differs ? "perhaps " : "";
    return `${property} ${shown(property, olds)} -> ${perhaps}${name} (${inside.text})`;
  }
  if (unknown) return `${property} (known only after the update)`;
  if (!INPUTS[property].isShown)
    return paths
      .map((path) => path + digestChange(valueAt(path, property, olds), valueAt(path, property, news)))
      .join(", ");
  return `${property} ${shown(property, olds)} -> ${shown(property, news)}`;
}

/** The value at a path of `expectedImageDigests` or `triggers`; of a list with one member, that. Others are never shown. */
function valueAt(path: string, property: keyof TaskInputs, inputs: TaskInputs): unknown {
  if (property !== "expectedImageDigests" && property !== "triggers") return undefined;
  const value: unknown = inputs[property];
  if (Array.isArray(value)) return value.length === 1 ? (value[0] as unknown) : undefined;
  return isPlainObject(value) ? value[path.slice(property.length + 1)] : undefined;
}

function shown(property: keyof TaskInputs, inputs: TaskInputs): string {
  const value: unknown = { ...INPUT_DEFAULTS, ...inputs }[property];
  if (typeof value !== "string") return typeof value === "number" ? String(value) : "(none)";
  if (property === "taskDefinition") return taskDefinitionName(value);
  return property === "cluster" ? clusterName(value) : value;
}

/** A family alone never runs again by itself when a new revision appears, which would surprise many. */
function latestRevision({ taskDefinition }: TaskInputs): string {
  const bare = !containsUnknown(taskDefinition) && isBareFamily(taskDefinition);
  return bare
    ? " (its latest revision; a newer one will not make it run again, taskDefinition.arn would)"
    : "";
}

function waitForOf({ waitFor }: TaskInputs): WaitFor {
  return waitFor ?? INPUT_DEFAULTS.waitFor;
}

/** The tasks of a run that have not ended; all of them where each has, by what is waited for now. */
function openIds({ tasks }: TaskState, waitFor: WaitFor): string {
  const open = tasks.filter((task) => !hasEnded(task, waitFor));
  const ids = (open.length > 0 ? open : tasks).map((task) => taskId(task.taskArn));
  return ids.join(", ") || "of the last run";
}
