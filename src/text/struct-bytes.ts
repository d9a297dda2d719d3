import { isPlainObject } from "./canonical-json";
import { utf8Bytes } from "./fit-text";

/**
 * How many bytes an object takes as a `google.protobuf.Struct`, as Pulumi sends inputs and state.
 *
 * @see https://github.com/protocolbuffers/protobuf/blob/v29.0/src/google/protobuf/struct.proto
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function structBytes(value: object): number {
  return sum(
    Object.entries(value).map(([key, member]) => fieldBytes(fieldBytes(utf8Bytes(key)) + valueField(member))),
  );
}

/** What a field takes that has so many bytes inside: its tag, its length, itself. All field numbers here are below 16. */
export function fieldBytes(inside: number): number {
  return 1 + varintBytes(inside) + inside;
}

function valueField(value: unknown): number {
  return fieldBytes(valueBytes(value));
}

function valueBytes(value: unknown): number {
  if (typeof value === "string") return fieldBytes(utf8Bytes(value));
  if (typeof value === "number") return 9;
  if (Array.isArray(value)) return fieldBytes(sum(value.map(valueField)));
  // `true`, `false` and `null`.
  return isPlainObject(value) ? fieldBytes(structBytes(value)) : 2;
}

function varintBytes(length: number): number {
  return length < 0x80 ? 1 : 1 + varintBytes(length >>> 7);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
