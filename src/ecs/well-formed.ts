/**
 * The door for texts of others: everything that ECS, CloudWatch Logs, STS or a registry says passes through here
 * before anything else sees it.
 *
 * A text may hold half of a surrogate pair: JSON can write one (`"\ud83d"`), and who cuts a text at so many
 * characters makes one. gRPC cannot answer an error whose message holds one: `encodeURI` throws while the status
 * is written, no answer is ever sent, and `pulumi up` waits for ever. A half becomes U+FFFD.
 *
 * What comes from Pulumi, inputs and state, needs no such door: protobuf's strings are UTF-8, which has no halves.
 *
 * Source: `sendStatus` in `packages/grpc-js/src/server-interceptors.ts` of grpc/grpc-node 1.14; observed with
 * `@pulumi/pulumi` 3.270 and engine 3.258.
 *
 * @returns the value itself unless something in it, keys included, is malformed; then a copy.
 */
export function wellFormed<T>(value: T): T {
  return cleaned(value) as T;
}

function cleaned(value: unknown): unknown {
  if (typeof value === "string") return value.isWellFormed() ? value : value.toWellFormed();
  if (Array.isArray(value)) {
    const items = value.map(cleaned);
    return items.some((item, index) => !Object.is(item, value[index])) ? items : value;
  }
  if (!isData(value)) return value;
  const before = Object.entries(value);
  const after = before.map(([key, member]): [string, unknown] => [key.toWellFormed(), cleaned(member)]);
  const isSame = after.every(
    ([key, member], at) => key === before[at]?.[0] && Object.is(member, before[at][1]),
  );
  return isSame ? value : Object.fromEntries(after);
}

/** Whether it is an object of an answer, and not a Date, a stream or another thing with a nature of its own. */
function isData(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
