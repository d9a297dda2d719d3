import fc from "fast-check";
import { anyBeginning } from "./people/beginnings";
import { anySteps } from "./people/steps";
import { Violation, World, type Mutation } from "./people/world";

/** A kind of violation, how many sequences showed it, and the journal of the shortest of them. */
export interface Tally {
  readonly kind: string;
  count: number;
  shortest: string;
}

/** Plays sequences to their end whatever they show, and counts what they show. */
export async function tally(sequences: number, seed: number, mutation?: Mutation): Promise<readonly Tally[]> {
  const kinds = new Map<string, Tally>();
  const property = fc.asyncProperty(anyBeginning, anySteps, async (beginning, steps) => {
    const world = new World(beginning, mutation);
    try {
      await fc.asyncModelRun(() => ({ model: world, real: world }), steps);
      await world.comesToRest();
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const text = error instanceof Violation ? error.message : (error.stack ?? error.message);
      const kind = kindOf(text);
      const known = kinds.get(kind) ?? { kind, count: 0, shortest: text };
      known.count += 1;
      if (text.length < known.shortest.length) known.shortest = text;
      kinds.set(kind, known);
    }
  });
  await fc.check(property, { numRuns: sequences, seed });
  return [...kinds.values()].sort((a, b) => b.count - a.count);
}

/** The first line without what differs each time. */
function kindOf(text: string): string {
  const line = text.slice(0, text.indexOf("\n") >>> 0);
  return line
    .replace(/\btasks? \d{4}(, task \d{4})*/g, "task N")
    .replace(/arn:\S+/g, "ARN")
    .replace(/which is .*/, "which is other")
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\d+/g, "N");
}
