import { setTimeout } from "node:timers/promises";

const LIMIT_MS = 60_000;
const BETWEEN_LOOKS_MS = 5;

/**
 * Waits for something that nothing announces.
 *
 * It has a limit of its own, because a test that runs out of time ends nothing that it waits for: mocha would go
 * on, and never exit.
 *
 * @param options.words - what is waited for, where the source of `isSo` does not say it.
 */
export async function eventually(
  isSo: () => boolean | Promise<boolean>,
  { words = String(isSo), limitMs = LIMIT_MS }: { words?: string; limitMs?: number } = {},
): Promise<void> {
  const startMs = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startMs >= limitMs)
      throw new Error(`never so within ${limitMs / 1000} s: ${words}`);
    await setTimeout(BETWEEN_LOOKS_MS);
  }
}
