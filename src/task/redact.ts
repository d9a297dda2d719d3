import { environmentList } from "./normalise-inputs";
import type { TaskInputs } from "./task-inputs";

/** Shorter values (`true`, `5432`, `info`) would tear holes into every text and are no secrets worth the name. */
const SHORTEST_REDACTED = 8;

/** Replaces what must not be shown in a text. */
export type Redact = (text: string) => string;

/**
 * Replaces each whole occurrence of the value of an environment override by the name of its variable.
 *
 * The provider cannot see which inputs are secrets, and a message can end up in plain state (init errors) and
 * in a pull request's comment: so no value is shown.
 */
export function redactor(inputs: Pick<TaskInputs, "overrides">): Redact {
  const secrets = (inputs.overrides?.containerOverrides ?? [])
    .flatMap((container) => environmentList(container.environment) ?? [])
    .filter(({ value }) => value.length >= SHORTEST_REDACTED)
    // The longest first: a value may be part of another one.
    .sort((a, b) => b.value.length - a.value.length);
  return (text) => secrets.reduce((shown, { name, value }) => shown.replaceAll(value, `[${name}]`), text);
}
