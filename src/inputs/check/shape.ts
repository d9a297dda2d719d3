import { isPlainObject } from "../../text/canonical-json";
import { refusalOf } from "./refused-value";
import { UNKNOWN } from "../unknown";

/** One thing wrong with the inputs: where, and what is wrong and allowed. */
export interface InputFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * Says what is wrong with a value. A shape never throws, whatever it is given; a value that preview does not
 * know yet is never wrong.
 */
export type Shape = (value: unknown, path: string) => InputFailure[];

function known(shape: Shape): Shape {
  return (value, path) => {
    if (value === UNKNOWN) return [];
    const refusal = refusalOf(value);
    return refusal === undefined ? shape(value, path) : [{ property: path, reason: refusal }];
  };
}

/** Text, within a length or of a pattern that `allowed` describes. */
export function text(limits: { max?: number; pattern?: RegExp; allowed?: string } = {}): Shape {
  const { max = Infinity, pattern, allowed } = limits;
  return known((value, path) => {
    if (typeof value !== "string") return wrongType(value, path, allowed ?? "a string");
    if (value === "")
      return [
        { property: path, reason: `is empty; must be ${allowed ?? "a string of at least one character"}` },
      ];
    if (value.length > max)
      return [{ property: path, reason: `has ${value.length} characters; at most ${max} are allowed` }];
    if (pattern && !pattern.test(value))
      return [
        { property: path, reason: `is ${JSON.stringify(value)}; must be ${allowed ?? String(pattern)}` },
      ];
    return [];
  });
}

/** Text that may be empty and is never shown in a message, such as the value of an environment variable. */
export const secretText: Shape = known((value, path) => {
  if (typeof value === "string") return [];
  const isWritable = typeof value === "number" || typeof value === "boolean";
  return wrongType(
    value,
    path,
    isWritable ? "a string; write it in quotation marks, or String(…)" : "a string",
  );
});

/** As {@link secretText}, of a limited length and of characters that `allowed` describes. */
export function secretTextUpTo(
  max: number,
  { pattern, allowed }: { pattern: RegExp; allowed: string },
): Shape {
  return known((value, path) => {
    if (typeof value !== "string") return secretText(value, path);
    if (value.length > max)
      return [{ property: path, reason: `has ${value.length} characters; at most ${max} are allowed` }];
    if (!pattern.test(value))
      return [{ property: path, reason: `has a character that is not allowed; allowed are ${allowed}` }];
    return [];
  });
}

/**
 * One of a few words.
 *
 * @param mistaken - words that belong elsewhere, and what to do instead.
 */
export function oneOf(words: readonly string[], mistaken: Readonly<Record<string, string>> = {}): Shape {
  const all = words.map(quoted).join(", ");
  const allowed = words.length > 1 ? `one of ${all}` : all;
  return known((value, path) => {
    if (typeof value !== "string") return wrongType(value, path, allowed);
    if (words.includes(value)) return [];
    const near = words.find((word) => word.toLowerCase() === value.toLowerCase());
    const hint = Object.hasOwn(mistaken, value) ? mistaken[value] : undefined;
    const wanted = hint ?? `must be ${near === undefined ? allowed : quoted(near)}`;
    return [{ property: path, reason: `is ${quoted(value)}; ${wanted}` }];
  });
}

/** A whole number within a range, with its unit. */
export function integer(range: { min: number; max: number; unit?: string }): Shape {
  const { min, max, unit } = range;
  const allowed = `a whole number${unit ? ` of ${unit}` : ""} from ${min} to ${max}`;
  return known((value, path) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? []
      : notAText(value, path, allowed),
  );
}

export const boolean: Shape = known((value, path) =>
  typeof value === "boolean" ? [] : notAText(value, path, "true or false"),
);

/** What is wrong with a value that is to be a number or a boolean: often it is one in quotation marks, as configuration gives it. */
function notAText(value: unknown, path: string, allowed: string): InputFailure[] {
  if (isAbsent(value)) return wrongType(value, path, allowed);
  const hint = typeof value === "string" ? ", not a string" : "";
  return [{ property: path, reason: `is ${show(value)}; must be ${allowed}${hint}` }];
}

/** Anything that arrives as it was written, at any depth, for values that are only compared. */
export const anything: Shape = known((value, path) => {
  if (Array.isArray(value)) return value.flatMap((element, index) => anything(element, `${path}[${index}]`));
  return isPlainObject(value) ? mapOf(anything)(value, path) : [];
});

/** A list of things of one shape. */
export function list(item: Shape, limits: { min?: number; max?: number; example?: string } = {}): Shape {
  const { min = 0, max = Infinity, example } = limits;
  return known((value, path) => {
    if (!Array.isArray(value)) return wrongType(value, path, suchAs("a list", example));
    if (value.length < min || value.length > max) {
      const atLeast = max === Infinity ? `at least ${min}` : `from ${min} to ${max}`;
      const allowed = min === 0 ? `at most ${max}` : atLeast;
      return [{ property: path, reason: `has ${value.length} items; must have ${allowed}` }];
    }
    return value.flatMap((element, index) => elementOf(item)(element, `${path}[${index}]`));
  });
}

/** A map from names to things of one shape. */
export function mapOf(item: Shape, limits: { max?: number; name?: Shape; example?: string } = {}): Shape {
  const { max = Infinity, name = anything, example } = limits;
  return known((value, path) => {
    if (!isPlainObject(value)) return wrongType(value, path, suchAs("a map of names to values", example));
    const size = Object.keys(value).length;
    if (size > max) return [{ property: path, reason: `has ${size} entries; at most ${max} are allowed` }];
    return Object.entries(value).flatMap(([key, element]) => [
      ...name(key, memberPath(path, key)).map(({ property, reason }) => ({
        property,
        reason: `has a key that ${reason}`,
      })),
      ...elementOf(item)(element, memberPath(path, key)),
    ]);
  });
}

/** Something in a list or a map: it is there, so what it lacks is a value. */
function elementOf(item: Shape): Shape {
  return (value, path) =>
    item(value, path).map(({ property, reason }) => ({
      property,
      reason: isAbsent(value) ? reason.replace(/^is required/, "has no value") : reason,
    }));
}

/** The members of an object: which there are, which must be there, and what people write instead of them. */
export interface Members {
  readonly required?: Readonly<Record<string, Shape>>;
  readonly optional?: Readonly<Record<string, Shape>>;
  /** Members that nobody writes by hand: accepted, and not named among the known ones. */
  readonly internal?: readonly string[];
  /** A name that is often written by mistake, and what to do instead. */
  readonly mistaken?: Readonly<Record<string, string>>;
  /** What it looks like, for who writes something else than an object. */
  readonly example?: string;
}

/** An object with known members; any other member is a failure that names the allowed ones. */
export function object(shape: Members): Shape {
  const { required = {}, optional = {}, internal = [], mistaken = {}, example } = shape;
  const members = new Map([...Object.entries(required), ...Object.entries(optional)]);
  return known((value, path) => {
    if (!isPlainObject(value)) return wrongType(value, path, suchAs("an object", example));
    const present = Object.entries(value).filter(
      ([key, element]) => element !== undefined && element !== null && !internal.includes(key),
    );
    const missing = Object.entries(required).filter(([key]) => !present.some(([name]) => name === key));
    return [
      ...missing.flatMap(([key, shape]) => shape(undefined, memberPath(path, key))),
      ...present.flatMap(([key, element]) => {
        const shape = members.get(key);
        return shape
          ? shape(element, memberPath(path, key))
          : [{ property: memberPath(path, key), reason: unknownMember(key, members, mistaken) }];
      }),
    ];
  });
}

/** Accepts what any of the shapes accepts; the failures told are those of the shape that fits the value's type. */
export function listOrMap(asList: Shape, asMap: Shape): Shape {
  return known((value, path) => {
    if (Array.isArray(value)) return asList(value, path);
    return isPlainObject(value) ? asMap(value, path) : wrongType(value, path, "a list or a map");
  });
}

function unknownMember(
  key: string,
  members: ReadonlyMap<string, Shape>,
  mistaken: Readonly<Record<string, string>>,
): string {
  const hint = Object.hasOwn(mistaken, key) ? mistaken[key] : undefined;
  const names = [...members.keys()];
  const near = names.find((name) => isNear(name.toLowerCase(), key.toLowerCase()));
  const known = near === undefined ? `known are ${names.join(", ")}` : `did you mean "${near}"?`;
  return hint ?? `is not a known property; ${known}`;
}

/** Whether one word is the other but for one letter that is missing, too many or another, or two that changed places. */
function isNear(one: string, other: string): boolean {
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const [a, b] = [one.slice(start), other.slice(start)];
  const isSwapped = a === `${b.slice(1, 2)}${b.slice(0, 1)}${b.slice(2)}`;
  return a === b || a.slice(1) === b || a === b.slice(1) || a.slice(1) === b.slice(1) || isSwapped;
}

/** The path of a member of what is at a path. */
export function memberPath(path: string, key: string): string {
  // The text that an Output turns into is a paragraph.
  if (refusalOf(key) !== undefined) return `${path}["…"]`;
  const member = /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) ? key : JSON.stringify(key);
  if (path === "") return member;
  return member === key ? `${path}.${key}` : `${path}[${member}]`;
}

function wrongType(value: unknown, path: string, wanted: string): InputFailure[] {
  const problem = isAbsent(value) ? "is required" : `is ${typeName(value)}`;
  return [{ property: path, reason: `${problem}; must be ${wanted}` }];
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function suchAs(what: string, example: string | undefined): string {
  return example === undefined ? what : `${what}, such as ${example}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function show(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : typeName(value);
}

function typeName(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
