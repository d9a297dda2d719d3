/**
 * Declares what a request may contain; reading a request with a shape checks it and gives it its type.
 * As AWS does, members that are not declared are ignored and `null` is the same as absent.
 */
export interface Shape<T> {
  read(value: unknown, name: string): T;
}

export type Value<S> = S extends Shape<infer T> ? T : never;

/** `type`: not what the protocol can carry here; `limit`: understood, but not allowed. */
export class ShapeError extends Error {
  readonly kind: "type" | "limit";

  constructor(kind: "type" | "limit", message: string) {
    super(message);
    this.kind = kind;
  }
}

interface RequiredShape<T> extends Shape<T> {
  readonly missing: string | undefined;
}

/** Marks a member that must be there. `message` is what the service says when it is not. */
export function required<T>(shape: Shape<T>, message?: string): RequiredShape<T> {
  return { read: (value, name) => shape.read(value, name), missing: message };
}

interface TextLimits {
  readonly max?: number;
  readonly pattern?: RegExp;
  readonly oneOf?: readonly string[];
}

export function text<const L extends TextLimits>(
  limits?: L,
): Shape<L extends { oneOf: readonly (infer V)[] } ? V : string> {
  const { max, pattern, oneOf } = limits ?? ({} as TextLimits);
  function read(value: unknown, name: string): string {
    if (typeof value !== "string") throw wrongType(value, "a string", name);
    if (max !== undefined && value.length > max)
      throw limit(`${name} is too long: ${value.length} characters, at most ${max}.`);
    if (pattern !== undefined && !pattern.test(value))
      throw limit(`${name} contains characters that are not allowed: it must match ${String(pattern)}.`);
    if (oneOf !== undefined && !oneOf.includes(value))
      throw limit(`${name} is not valid: it must be one of ${oneOf.join(", ")}.`);
    return value;
  }
  return { read } as Shape<never>;
}

export function integer(limits: { readonly min?: number; readonly max?: number } = {}): Shape<number> {
  const { min = -Infinity, max = Infinity } = limits;
  return {
    read(value, name) {
      if (typeof value !== "number" || !Number.isInteger(value)) throw wrongType(value, "an integer", name);
      if (value < min || value > max) throw limit(`${name} must be between ${min} and ${max}.`);
      return value;
    },
  };
}

export const flag: Shape<boolean> = {
  read(value, name) {
    if (typeof value !== "boolean") throw wrongType(value, "a boolean", name);
    return value;
  },
};

/** A point in time: AWS JSON sends seconds since 1970, with a fraction. */
export const timestamp: Shape<Date> = {
  read(value, name) {
    if (typeof value !== "number") throw wrongType(value, "a timestamp", name);
    return new Date(Math.round(value * 1000));
  },
};

/** Carried as it is: the local ECS stores it and shows it, but does not act on it. */
export function opaque<T>(): Shape<T> {
  return { read: (value) => value as T };
}

export function list<T>(item: Shape<T>, limits: { readonly max?: number } = {}): Shape<readonly T[]> {
  return {
    read(value, name) {
      if (!Array.isArray(value)) throw wrongType(value, "a list", name);
      if (limits.max !== undefined && value.length > limits.max)
        throw limit(`${name} can have at most ${limits.max} items.`);
      return value.map((entry, index) => item.read(entry, `${name}[${index}]`));
    },
  };
}

export function map<T>(item: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return {
    read(value, name) {
      return Object.fromEntries(
        Object.entries(members(value, name)).map(([key, entry]) => [key, item.read(entry, `${name}.${key}`)]),
      );
    },
  };
}

type Fields = Readonly<Record<string, Shape<unknown>>>;
type RequiredKeys<F> = { [K in keyof F]: F[K] extends RequiredShape<unknown> ? K : never }[keyof F];
type Structure<F> = { readonly [K in RequiredKeys<F>]: Value<F[K]> } & {
  readonly [K in Exclude<keyof F, RequiredKeys<F>>]?: Value<F[K]>;
};

export function structure<F extends Fields>(fields: F): Shape<Structure<F>> {
  return {
    read(value, name) {
      const given = members(value, name);
      const result: Record<string, unknown> = {};
      for (const [key, shape] of Object.entries(fields)) {
        const path = name === "" ? key : `${name}.${key}`;
        const member = given[key] ?? undefined;
        if (member !== undefined) result[key] = shape.read(member, path);
        else if ("missing" in shape)
          throw limit((shape as RequiredShape<unknown>).missing ?? `${path} is required.`);
      }
      return result as Structure<F>;
    },
  };
}

function members(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrongType(value, "a structure", name);
  return value as Record<string, unknown>;
}

function limit(message: string): ShapeError {
  return new ShapeError("limit", message);
}

function wrongType(value: unknown, wanted: string, name: string): ShapeError {
  const found = Array.isArray(value) ? "a list" : value === null ? "null" : `a ${typeof value}`;
  return new ShapeError("type", `${name === "" ? "The request" : name} must be ${wanted}, not ${found}.`);
}
