/** More of a text than this does not help whoever reads a message. */
const MAX_CHARACTERS = 80;

/** A value from outside, fit for a message: on one line, not too long, and without what a terminal would act on. */
export function quoted(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) as string | undefined);
  if (text === undefined) return "undefined";
  const shown = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
  // JSON lets pass the control characters above 127, and those that turn the direction of writing.
  return (typeof value === "string" ? JSON.stringify(shown) : shown).replace(
    /[\p{C}\u2028\u2029]/gu,
    escaped,
  );
}

function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
