import { environmentList } from "./normalise-inputs";
import { plainText } from "../text/plain-text";
import type { TaskInputs } from "./task-inputs";

/** Shorter values (`true`, `5432`, `info`) would tear holes into every text and are no secrets worth the name. */
const SHORTEST_REDACTED = 8;

/** Replaces what must not be shown in a text. */
export type Redact = (text: string) => string;

/**
 * Replaces each occurrence of the value of an environment override by the name of its variable.
 *
 * The provider cannot see which inputs are secrets, and a message can end up in plain state (init errors) and
 * in a pull request's comment: so no value is shown.
 *
 * A value is recognised as a whole, without the line breaks around it, and by each of its lines: a secret that was read
 * from a file ends with a line break, and of a key each line is printed by itself. It is recognised as JSON and URLs
 * write it, too. What has fewer than {@link SHORTEST_REDACTED} characters is not recognised.
 *
 * The text has to be plain, see `plainText`: an escape sequence within a value would hide it.
 */
export function redactor(...inputs: readonly Pick<TaskInputs, "overrides">[]): Redact {
  const names = new Map<string, string>();
  for (const { name, value } of inputs.flatMap(environmentOf))
    for (const form of formsOf(value)) if (!names.has(form)) names.set(form, name);
  // The longest first: a value may be part of another one.
  const forms = [...names.keys()].sort((a, b) => b.length - a.length);
  const marks = [...new Set(names.values())].map((name) => `[${name}]`);
  return (text) => {
    const found = forms.filter((form) => text.includes(form));
    if (found.length === 0) return text;
    // In one pass, so that nothing is looked for in names: neither in those that are put in, nor in those that stand there.
    const anyOf = new RegExp([...found, ...marks].map(escaped).join("|"), "g");
    return text.replace(anyOf, (form) => {
      const name = names.get(form);
      return name === undefined ? form : `[${name}]`;
    });
  };
}

function environmentOf({ overrides }: Pick<TaskInputs, "overrides">) {
  return (overrides?.containerOverrides ?? []).flatMap(
    ({ environment }) => environmentList(environment) ?? [],
  );
}

/** How a value can stand in a text. */
function formsOf(value: string): readonly string[] {
  const plain = plainText(value);
  const lines = plain.split("\n").map((line) => line.trim());
  const inOneLine = lines.filter((line) => line !== "").join(" ");
  return [plain.trim(), inOneLine, ...lines]
    .flatMap((form) => [form, asJson(form), encodeURIComponent(form)])
    .filter((form) => form.length >= SHORTEST_REDACTED);
}

function asJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
