import fc from "fast-check";
import { anyBeginning, anySteps } from "./commands";
import { Violation, World, type Mutation } from "./world";

export interface Simulation {
  readonly sequences: number;
  readonly seed: number;
  readonly mutation?: Mutation;
  /** Whether to look for the shortest sequence. @defaultValue true */
  readonly shortens?: boolean;
}

/**
 * Plays random sequences until one shows something that must not happen.
 *
 * @returns the shortest such sequence, in words; `undefined` when there is none.
 */
export async function simulate({
  sequences,
  seed,
  mutation,
  shortens = true,
}: Simulation): Promise<string | undefined> {
  const property = fc.asyncProperty(anyBeginning, anySteps, async (beginning, steps) => {
    const world = new World(beginning, mutation);
    await fc.asyncModelRun(() => ({ model: world, real: world }), steps);
    await world.comesToRest();
  });
  const result = await fc.check(property, { numRuns: sequences, seed, endOnFailure: !shortens });
  if (!result.failed) return undefined;
  const { errorInstance, numShrinks, numRuns } = result;
  const what = textOf(errorInstance);
  return `sequence ${numRuns} of seed ${seed}, made shorter ${numShrinks} times:\n${what}`;
}

function textOf(error: unknown): string {
  if (error instanceof Violation || !(error instanceof Error)) return String(error);
  return error.stack ?? error.message;
}
