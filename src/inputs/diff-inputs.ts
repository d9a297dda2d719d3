import { clusterName, containerInstanceId, parseArn, sameReference, taskDefinitionName } from "../aws/arn";
import { canonicalJson, isPlainObject } from "../text/canonical-json";
import { INPUT_NAMES, INPUTS, type Effect } from "./inputs-and-effects";
import { normaliseInputs } from "./normalise-inputs";
import type { TaskInputs } from "./task-inputs";
import { containsUnknown } from "./unknown";

/** An input that means something else than it did for the recorded run. */
export interface InputChange {
  readonly property: keyof TaskInputs;
  readonly effect: Effect;
  /** Where inside the property, e.g. `overrides.containerOverrides[app].command`; the property itself when all of it changed. */
  readonly paths: readonly string[];
  /** The new value is not known before the update, so it may turn out to be the old one. */
  readonly unknown: boolean;
}

/** Inputs that were checked before, or a record that echoes them and says where its run was started. */
type Olds = TaskInputs & { readonly taskArn?: string; readonly place?: { readonly region: string } };

/**
 * Compares what inputs mean: two that are written differently and mean the same are no change.
 *
 * @param olds - the inputs of the recorded run, as echoed in its outputs.
 */
export function diffInputs(olds: Olds, news: TaskInputs): InputChange[] {
  const before: Record<string, unknown> = normaliseInputs(olds);
  const after: Record<string, unknown> = normaliseInputs(asFarAsKnown(news, olds));
  const recordedRegion = parseArn(olds.taskArn ?? "")?.region ?? olds.place?.region;
  return INPUT_NAMES.flatMap((property): InputChange[] => {
    const effect = effectOf(property, news, recordedRegion);
    if (effect === "none") return [];
    if (containsUnknown(news[property])) return [{ property, effect, paths: [property], unknown: true }];
    if (sameMeaning(property, before[property], after[property])) return [];
    return [
      { property, effect, paths: changedPaths(before[property], after[property], property), unknown: false },
    ];
  });
}

/** The new inputs, with the old value in the place of each that is not known yet. */
function asFarAsKnown(news: TaskInputs, olds: TaskInputs): TaskInputs {
  const unknown = INPUT_NAMES.filter((property) => containsUnknown(news[property]));
  if (unknown.length === 0) return news;
  return { ...news, ...Object.fromEntries(unknown.map((property) => [property, olds[property]])) };
}

/** Whether a change of the inputs asks for a new run. */
export function asksForRun(changes: readonly InputChange[]): boolean {
  return changes.some((change) => change.effect === "re-run");
}

/** Whether a change of the inputs asks for another judgement of the recorded run. */
export function asksForJudgement(changes: readonly InputChange[]): boolean {
  return changes.some((change) => change.effect === "judge");
}

/** A region is only where to look, unless it is another one than that of the recorded run: then the run asked for is a new one. */
function effectOf(property: keyof TaskInputs, news: TaskInputs, recordedRegion: string | undefined): Effect {
  if (property !== "region") return INPUTS[property].effect;
  return news.region && recordedRegion && news.region !== recordedRegion ? "re-run" : "update";
}

function sameMeaning(property: keyof TaskInputs, before: unknown, after: unknown): boolean {
  if (typeof before === "string" && typeof after === "string") {
    if (property === "cluster") return sameReference(before, after, clusterName);
    if (property === "taskDefinition") return sameReference(before, after, taskDefinitionName);
  }
  const meaning = (value: unknown) => canonicalJson(property === "containerInstances" ? ids(value) : value);
  return meaning(before ?? null) === meaning(after ?? null);
}

/** The ids of container instances, which may be given by their ARNs. */
function ids(instances: unknown): string[] {
  return Array.isArray(instances)
    ? instances.map((instance) => containerInstanceId(String(instance))).sort()
    : [];
}

/** The deepest paths at which two values differ. Lists of named things are compared by name. */
function changedPaths(before: unknown, after: unknown, path: string): string[] {
  const members = memberPairs(before, after);
  if (!members) return [path];
  return members
    .filter(({ old, now }) => canonicalJson(old ?? null) !== canonicalJson(now ?? null))
    .flatMap(({ key, old, now }) => changedPaths(old, now, `${path}${key}`));
}

function memberPairs(
  before: unknown,
  after: unknown,
): { key: string; old: unknown; now: unknown }[] | undefined {
  const old = membersOf(before);
  const now = membersOf(after);
  if (!old || !now) return undefined;
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  return keys.map((key) => ({ key, old: old.get(key), now: now.get(key) }));
}

function membersOf(value: unknown): Map<string, unknown> | undefined {
  if (isPlainObject(value)) return new Map(Object.entries(value).map(([key, member]) => [`.${key}`, member]));
  if (!Array.isArray(value) || !value.every(isNamed)) return undefined;
  return new Map(value.map((item) => [`[${item.name}]`, "value" in item ? item.value : item]));
}

function isNamed(value: unknown): value is { name: string; value?: unknown } {
  return isPlainObject(value) && typeof value.name === "string";
}
