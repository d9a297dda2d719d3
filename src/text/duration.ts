/** Seconds of the units of Go's durations, which Pulumi's `customTimeouts` are written in. */
const SECONDS = { h: 3600, m: 60, s: 1, ms: 0.001 } as const;

/**
 * Seconds of a duration such as `1h30m` or `90s`, as Pulumi's `customTimeouts` take them.
 *
 * @returns `undefined` for anything else: Pulumi itself refuses it, and says so.
 * @see https://www.pulumi.com/docs/iac/concepts/options/customtimeouts/
 */
export function durationSeconds(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g);
  return Math.ceil(
    [...parts].reduce(
      (sum, [, number, unit]) => sum + Number(number) * SECONDS[unit as keyof typeof SECONDS],
      0,
    ),
  );
}
