import { fitBeginning } from "../../text/fit-text";
import { UNKNOWN } from "../unknown";
import { imageChange, imageText } from "./image-text";
import { TASK_MEMBERS, type ContainerRuns, type WhatRuns } from "./what-runs";

/** How long the text of all changes may be, in characters; those that have no room are counted. */
const LONGEST = 200;

/** How long the name of a variable or a role may be. */
const LONGEST_NAME = 40;

/** The sizes of a container, in the order in which they are told. */
const SIZES = ["cpu", "memory", "memoryReservation"] as const;

/** One thing that differs between two revisions. */
export interface DefinitionChange {
  /** The container; empty for what is the task's. */
  readonly of: string;
  readonly text: string;
}

/** What differs between two revisions, container by container; nothing when nothing that runs does. */
export function definitionChanges(before: WhatRuns, after: WhatRuns): readonly DefinitionChange[] {
  const names = [...new Set([...Object.keys(before.containers), ...Object.keys(after.containers)])];
  return [
    ...names.flatMap((name) =>
      changesOf(containerOf(before, name), containerOf(after, name)).map((text) => ({ of: name, text })),
    ),
    ...TASK_MEMBERS.flatMap((member) => taskChange(member, before[member], after[member])).map((text) => ({
      of: "",
      text,
    })),
  ];
}

/** A container can be called as what every object has, such as `constructor`. */
function containerOf({ containers }: WhatRuns, name: string): ContainerRuns | undefined {
  return Object.hasOwn(containers, name) ? containers[name] : undefined;
}

/** `app: image shop/app:1 -> :2, command; proxy: removed`. */
export function changesText(changes: readonly DefinitionChange[]): string {
  let text = "";
  for (const [index, change] of changes.entries()) {
    const previous = changes[index - 1];
    const isNext = previous?.of === change.of;
    const separator = previous === undefined ? "" : isNext ? ", " : "; ";
    const name = isNext || change.of === "" ? "" : `${fitted(change.of)}: `;
    const longer = `${text}${separator}${name}${change.text}`;
    if (longer.length > LONGEST && text !== "") return `${text}; ${changes.length - index} more`;
    text = longer;
  }
  return text;
}

function changesOf(before: ContainerRuns | undefined, after: ContainerRuns | undefined): readonly string[] {
  if (!after) return ["removed"];
  return before ? containerChanges(before, after) : [`added, image ${imageText(after.image)}`];
}

function containerChanges(before: ContainerRuns, after: ContainerRuns): string[] {
  const image = imageChange(before.image, after.image);
  return [
    ...(image === undefined ? [] : [`image ${image}`]),
    ...(["command", "entryPoint"] as const).filter((member) => before[member] !== after[member]),
    ...namesChange("environment", before.environment, after.environment),
    ...namesChange("secrets", before.secrets, after.secrets),
    ...SIZES.filter((size) => before[size] !== after[size]).map((size) =>
      valueChange(size, before[size], after[size]),
    ),
  ];
}

/** `environment +ADDED -REMOVED ~CHANGED`: names, and never values. */
function namesChange(
  what: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const added = Object.keys(after).filter((name) => !Object.hasOwn(before, name));
  const removed = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  const changed = Object.keys(after).filter(
    (name) => Object.hasOwn(before, name) && before[name] !== after[name],
  );
  const names = [
    ...added.map((name) => `+${fitted(name)}`),
    ...removed.map((name) => `-${fitted(name)}`),
    ...changed.map((name) => `~${fitted(name)}`),
  ];
  return names.length === 0 ? [] : [`${what} ${names.join(" ")}`];
}

function taskChange(
  member: (typeof TASK_MEMBERS)[number],
  before: string | undefined,
  after: string | undefined,
): string[] {
  if (before === after || before === UNKNOWN || after === UNKNOWN) return [];
  const text = member.endsWith("Arn")
    ? valueChange(member, roleName(before), roleName(after))
    : valueChange(`task ${member}`, before, after);
  return [text];
}

/** Of two roles of one name, in two accounts, that they differ is all that is said. */
function valueChange(what: string, before: string | undefined, after: string | undefined): string {
  return before === after ? what : `${what} ${fitted(before ?? "none")} -> ${fitted(after ?? "none")}`;
}

function roleName(arn: string | undefined): string | undefined {
  return arn?.split("/").at(-1);
}

function fitted(name: string): string {
  return fitBeginning(name, LONGEST_NAME);
}
