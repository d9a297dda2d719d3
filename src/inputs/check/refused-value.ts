/*
 * A program can hold values that Pulumi cannot send to a provider: a Date arrives as an empty object, a function does
 * not arrive at all. The constructor of `EcsTask` puts a text with the reason in the place of such a value, and check
 * finds it, so that the failure names the path as any other does.
 */

const MARK = "pulumi-ecs-task cannot use this value: it ";

/** The text that stands in the place of a value that cannot be sent. */
export function refusedValue(reason: string): string {
  return `${MARK}${reason}`;
}

/** What an Output turns into where JavaScript makes a text of it. Source: `sdk/nodejs/output.ts` of pulumi/pulumi, read with 3.270.0. */
const OUTPUT_AS_TEXT = /Calling \[(toString|toJSON)\] on an \[Output<T>\]/;

/** Why a value is no value: it is the text of {@link refusedValue}, or an Output that was made a text. */
export function refusalOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  if (value.startsWith(MARK)) return value.slice(MARK.length);
  const [, call] = OUTPUT_AS_TEXT.exec(value) ?? [];
  if (call === undefined) return undefined;
  const remedy =
    call === "toString" ? "pulumi.interpolate`…`" : "pulumi.jsonStringify(…) instead of JSON.stringify(…)";
  return `contains an Output that became text before its value was known; write ${remedy}`;
}
