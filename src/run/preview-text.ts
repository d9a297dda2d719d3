import { isBareFamily, taskDefinitionName, taskId, clusterName } from "../aws/arn";
import { asksForRun, diffInputs, type InputChange } from "../inputs/diff-inputs";
import { isJudgedAgain } from "./is-only-judged-again";
import { INPUTS } from "../inputs/inputs-and-effects";
import { INPUT_DEFAULTS, isForTheEnd, type TaskInputs, type WaitFor } from "../inputs/task-inputs";
import { hasEnded } from "../outcome/settle";
import type { TaskState } from "./task-state";
import { containsUnknown } from "../inputs/unknown";

/** What the preview says of a resource that is not recorded yet. */
export function willRun(inputs: TaskInputs): string {
  const { taskDefinition, cluster, count } = { ...INPUT_DEFAULTS, ...inputs };
  const what = containsUnknown(taskDefinition) ? "" : `: ${taskDefinitionName(taskDefinition)}`;
  const where = what && !containsUnknown(cluster) ? ` on cluster ${clusterName(cluster)}` : "";
  const tasks = typeof count === "number" && count > 1 ? `${count} tasks` : "a task";
  return `will run ${tasks}${what}${where}${latestRevision(inputs)}`;
}

/**
 * What the next `up` will do about a recorded run, in one line for the preview; `undefined` when nothing is to
 * be done.
 *
 * Values are shown only of properties that cannot hold a secret; of the others, overrides above all, the name.
 */
export function willDo(recorded: TaskState, news: TaskInputs): string | undefined {
  const changes = diffInputs(recorded, news);
  const changed = changes.map((change) => changeText(change, recorded, news)).join(", ");
  if (asksForRun(changes)) {
    const sure = changes.some((change) => change.effect === "re-run" && !change.unknown);
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

function changeText(change: InputChange, olds: TaskInputs, news: TaskInputs): string {
  const { property, paths, unknown } = change;
  if (unknown) return `${property} (known only after the update)`;
  if (!INPUTS[property].isShown) return paths.join(", ");
  return `${property} ${shown(property, olds)} -> ${shown(property, news)}`;
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

/** The tasks of a run that have not ended. */
function openIds({ tasks }: TaskState, waitFor: WaitFor): string {
  return (
    tasks
      .filter((task) => !hasEnded(task, waitFor))
      .map((task) => taskId(task.taskArn))
      .join(", ") || "of the last run"
  );
}
