import { isObject } from "../values/is-object";

/** Checks objects that people write by hand: what is misspelt must not be ignored. */

/** @returns what is wrong, to be read after the member's name: `must be a text`. */
export type Check = (value: unknown) => string | undefined;

export const isText: Check = (value) =>
  typeof value === "string" && value !== "" ? undefined : "must be a text";
export const isAnyText: Check = (value) => (typeof value === "string" ? undefined : "must be a text");
export const isFlag: Check = (value) => (typeof value === "boolean" ? undefined : "must be true or false");

export function isOneOf(...allowed: readonly string[]): Check {
  return (value) =>
    allowed.includes(value as string)
      ? undefined
      : `must be ${allowed.map((text) => JSON.stringify(text)).join(" or ")}`;
}

export function isWholeNumber(least: number, most = Infinity): Check {
  const range = most === Infinity ? `${least} or more` : `${least} to ${most}`;
  return (value) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `must be a whole number, ${range}`;
}

export function isEither(one: Check, other: Check): Check {
  return (value) => {
    const [first, second] = [one(value), other(value)];
    return first === undefined || second === undefined
      ? undefined
      : `${first}, or ${second.replace("must be ", "")}`;
  };
}

export function isListOf(item: Check): Check {
  return (value) => {
    if (!Array.isArray(value) || value.length === 0) return "must be a list that is not empty";
    const problem = value.map(item).find((found) => found !== undefined);
    return problem === undefined ? undefined : `has an item that ${problem}`;
  };
}

/** An object with these members and no others; `required` ones must be there. */
export function isObjectOf(members: Readonly<Record<string, Check>>, ...required: readonly string[]): Check {
  return (value) => {
    if (!isObject(value)) return `must be an object of ${Object.keys(members).join(", ")}`;
    for (const [name, member] of Object.entries(value)) {
      const check = Object.hasOwn(members, name) ? members[name] : undefined;
      if (check === undefined)
        return `has no member ${JSON.stringify(name)}, only ${Object.keys(members).join(", ")}`;
      const problem = member === undefined ? undefined : check(member);
      if (problem !== undefined) return `has a member ${name} that ${problem}`;
    }
    const missing = required.find((name) => value[name] === undefined);
    return missing === undefined ? undefined : `needs ${missing}`;
  };
}
