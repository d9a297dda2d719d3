import assert from "node:assert/strict";
import { differences } from "./differences";
import { targetName } from "./target";

/**
 * A case of the suite. Where the target is known to differ it has to fail, and as is known: so a difference that
 * vanishes, or becomes another one, is noticed.
 */
export function conforms(name: string, body: () => Promise<void>): void {
  const difference = targetName === "moto" ? differences.find((each) => each.name === name) : undefined;
  if (difference === undefined) {
    it(name, body);
    return;
  }
  it(`${name} (known difference)`, async () => {
    const failure: unknown = await body().then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(
      failure,
      `${targetName} conforms now: remove "${name}" from differences.ts and docs/conformance.md.`,
    );
    assert.match(
      failure instanceof Error ? `${failure.name}: ${failure.message}` : "no Error",
      difference.seen,
    );
  });
}
