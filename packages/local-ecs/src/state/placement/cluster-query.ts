/**
 * The cluster query language: `attribute:color == red and not (task:group == database)`.
 * A useful part: every operator, `and`, `or`, `not` and parentheses; an argument with blanks or one of ()[],"'|& is quoted.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-query-language.html (read 2026-11)
 */
export type Matches = (subject: (name: string) => readonly string[]) => boolean;

/** @throws Error that says what of the expression cannot be understood. */
export function parseClusterQuery(expression: string): Matches {
  const rest = tokensOf(expression);
  const matches = parseEither(rest);
  if (rest.length > 0) throw new Error(`${JSON.stringify(rest[0])} is not expected there`);
  return matches;
}

const token =
  /\s*(&&|\|\||==|!=|>=|<=|=~|!~|!(?:in|exists)\b|[!<>()[\],]|"[^"]*"|'[^']*'|[^\s!=<>()[\],"'|&]+)/y;

function tokensOf(expression: string): string[] {
  const text = expression.trimEnd();
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const from = token.lastIndex;
    const found = token.exec(text)?.[1];
    if (found === undefined) throw new Error(`${JSON.stringify(text.slice(from))} cannot be read`);
    tokens.push(found);
  }
  return tokens;
}

function parseEither(rest: string[]): Matches {
  const parts = [parseAll(rest)];
  while (takes(rest, "or", "||")) parts.push(parseAll(rest));
  return (subject) => parts.some((matches) => matches(subject));
}

function parseAll(rest: string[]): Matches {
  const parts = [parseOne(rest)];
  while (takes(rest, "and", "&&")) parts.push(parseOne(rest));
  return (subject) => parts.every((matches) => matches(subject));
}

function parseOne(rest: string[]): Matches {
  if (takes(rest, "not", "!")) {
    const matches = parseOne(rest);
    return (subject) => !matches(subject);
  }
  if (!takes(rest, "(")) return parseComparison(rest);
  const matches = parseEither(rest);
  if (!takes(rest, ")")) throw new Error('")" is missing');
  return matches;
}

const opposites: ReadonlyMap<string, string> = new Map([
  ["!=", "=="],
  ["not_equals", "=="],
  ["!in", "in"],
  ["not_in", "in"],
  ["!~", "=~"],
  ["not_matches", "=~"],
  ["!exists", "exists"],
  ["not_exists", "exists"],
]);

const synonyms: ReadonlyMap<string, string> = new Map([
  ["equals", "=="],
  ["matches", "=~"],
  ["greater_than", ">"],
  ["greater_than_equal", ">="],
  ["less_than", "<"],
  ["less_than_equal", "<="],
]);

function parseComparison(rest: string[]): Matches {
  const name = next(rest);
  const given = next(rest);
  const opposite = opposites.get(given);
  const operator = opposite ?? synonyms.get(given) ?? given;
  const holds = testOf(operator, rest);
  return (subject) => subject(name).some(holds) === (opposite === undefined);
}

function testOf(operator: string, rest: string[]): (value: string) => boolean {
  if (operator === "exists") return () => true;
  if (operator === "in") {
    const wanted = argumentsOf(rest);
    return (value) => wanted.includes(value);
  }
  const argument = next(rest);
  if (operator === "=~") {
    const pattern = new RegExp(`^(?:${argument})$`);
    return (value) => pattern.test(value);
  }
  switch (operator) {
    case "==":
      return (value) => value === argument;
    case ">":
      return (value) => compare(value, argument) > 0;
    case ">=":
      return (value) => compare(value, argument) >= 0;
    case "<":
      return (value) => compare(value, argument) < 0;
    case "<=":
      return (value) => compare(value, argument) <= 0;
    default:
      throw new Error(`${JSON.stringify(operator)} is no operator`);
  }
}

function argumentsOf(rest: string[]): readonly string[] {
  if (!takes(rest, "[")) throw new Error('"[" is missing after "in"');
  const wanted = [next(rest)];
  while (takes(rest, ",")) wanted.push(next(rest));
  if (!takes(rest, "]")) throw new Error('"]" is missing');
  return wanted;
}

/** Numbers, versions (1.9 is before 1.10) and ISO dates all order like this. */
function compare(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

function takes(rest: string[], ...words: readonly string[]): boolean {
  const isNext = words.includes(rest[0] ?? "");
  if (isNext) rest.shift();
  return isNext;
}

function next(rest: string[]): string {
  const word = rest.shift();
  if (word === undefined) throw new Error("it ends too early");
  return word.replace(/^(["'])(.*)\1$/, "$2");
}
