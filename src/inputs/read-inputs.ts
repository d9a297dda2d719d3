import { isPlainObject } from "../text/canonical-json";
import { INPUT_NAMES } from "./inputs-and-effects";
import type { TaskInputs } from "./task-inputs";

/**
 * Picks the inputs out of what Pulumi passes (inputs, or a record that echoes them), without the members that
 * say nothing: `null` and `undefined` are left out at any depth, as if they had not been written.
 */
export function readInputs(value: object): TaskInputs {
  const entries = Object.entries(value).filter(([name]) => (INPUT_NAMES as readonly string[]).includes(name));
  return withoutNothing(Object.fromEntries(entries)) as TaskInputs;
}

function withoutNothing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNothing);
  if (!isPlainObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNothing(member)]));
}
