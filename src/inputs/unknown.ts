/**
 * How Pulumi's engine writes a value that is not known yet, at any depth of the inputs of `check` and `diff`
 * during a preview.
 *
 * Source: observed with engine 3.258; `unknownValue` in `sdk/nodejs/runtime/rpc.ts` of pulumi/pulumi.
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether the value is, or holds anywhere inside, a value that preview does not know yet. */
export function containsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  if (typeof value === "object" && value !== null) return Object.values(value).some(containsUnknown);
  return false;
}

/** Whether something was written, as far as preview knows: a value that is not known yet may turn out to be none. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== UNKNOWN;
}

/** Whether nothing was written. A value that is not known yet is neither given nor missing. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}
