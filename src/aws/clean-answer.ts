import { plainLine } from "../text/plain-text";

/**
 * Parts of answers that are compared with what was sent, and never shown: they stay as they are, but for halves of
 * characters.
 */
const EXACT: ReadonlySet<string> = new Set(["overrides", "containerDefinitions", "volumes", "tags"]);

/**
 * The door for texts of others: what ECS answers passes through here before anything else
 * sees it. Each text becomes a plain line, see `plainLine`. Errors and log lines are made plain where they are made.
 *
 * A text may hold half of a surrogate pair: JSON can write one (`"\ud83d"`), and who cuts a text at so many
 * characters makes one. gRPC cannot answer an error whose message holds one: `encodeURI` throws while the status
 * is written, no answer is ever sent, and `pulumi up` waits for ever. A half becomes U+FFFD, wherever it is.
 *
 * A text is not made shorter here: a secret in it is recognised only as a whole. `fitText` does that where it is told.
 *
 * What comes from Pulumi, inputs and state, needs no such door: protobuf's strings are UTF-8, which has no halves.
 *
 * Source: `sendStatus` in `packages/grpc-js/src/server-interceptors.ts` of grpc/grpc-node 1.14; observed with
 * `@pulumi/pulumi` 3.270 and engine 3.258.
 *
 * @returns the value itself unless something in it, keys included, has to be changed; then a copy.
 */
export function cleanAnswer<T>(value: T): T {
  return cleaned(value, plainLine) as T;
}

type Clean = (text: string) => string;

function cleaned(value: unknown, clean: Clean): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => cleaned(item, clean));
    return items.some((item, index) => !Object.is(item, value[index])) ? items : value;
  }
  if (!isData(value)) return value;
  const before = Object.entries(value);
  const after = before.map(([key, member]): [string, unknown] => [
    toWellFormed(key),
    cleaned(member, EXACT.has(key) ? toWellFormed : clean),
  ]);
  const isSame = after.every(
    ([key, member], at) => key === before[at]?.[0] && Object.is(member, before[at][1]),
  );
  return isSame ? value : Object.fromEntries(after);
}

function toWellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** Whether it is an object of an answer, and not a Date, a stream or another thing with a nature of its own. */
function isData(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
