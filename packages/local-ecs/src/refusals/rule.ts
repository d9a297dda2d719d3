import { AwsError, type AwsErrorCode } from "../server/aws-error";

/** One thing that AWS refuses. The tables in this folder are all of them; the shape of a request checks each member alone. */
export interface Rule<Subject> {
  /** What is refused, in a few words. */
  readonly refused: string;
  readonly error: AwsErrorCode;
  /** What the error says where the subject breaks the rule; undefined where it keeps it. */
  readonly message: (subject: Subject) => string | undefined;
  /** Where AWS says so, or where it can be read that somebody met this refusal. */
  readonly source: string;
}

/** @throws AwsError for the first rule that the subject breaks. */
export function refuse<Subject>(rules: readonly Rule<Subject>[], subject: Subject): void {
  for (const { error, message } of rules) {
    const text = message(subject);
    if (text !== undefined) throw new AwsError(error, text);
  }
}

/** The same rules for those subjects alone. */
export function only<Subject>(
  concerns: (subject: Subject) => boolean,
  rules: readonly Rule<Subject>[],
): readonly Rule<Subject>[] {
  return rules.map((rule) => ({
    ...rule,
    message: (subject) => (concerns(subject) ? rule.message(subject) : undefined),
  }));
}

/** The message about the first of these that has one. */
export function firstOf<Item>(
  items: readonly Item[] | undefined,
  message: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items ?? []) {
    const text = message(item);
    if (text !== undefined) return text;
  }
  return undefined;
}
