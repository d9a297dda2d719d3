import fc from "fast-check";
import { anyBeginning, type Beginning } from "./people/beginnings";
import { anySteps, type Step } from "./people/steps";
import { Violation, World, type Mutation } from "./people/world";

/*
 * The cast.
 *
 * simulate-many     plays many sequences, or counts what they show
 * tally             counts the kinds of violations
 * scenarios         sequences that once went wrong
 * scenarios-of-ends what is left of a task when its work is done, and who waits for it
 * windows.spec      what nobody can know, and what happens then
 * mutations         what is broken on purpose, to see that the simulation notices
 * breaking          how it is broken
 * canonical, random-of, virtual-time: equal texts, chance, and time
 *
 * ecs/      what AWS does
 *   places            the regions, clusters and families that there are
 *   virtual-cloud     the account: all regions, all tasks, and who sees what really happens
 *   virtual-region    the API of one region
 *   virtual-cluster   a cluster, its clientTokens, and whether it may be listed
 *   client-tokens     what ECS repeats for a clientToken, for how long, and when it says no
 *   task-plan         what becomes of a task when nobody interferes
 *   virtual-task      a task at any moment
 *   echo              how DescribeTasks gives overrides back
 * process/  what lies between a resource and AWS
 *   fault             how calls go wrong, and where a process is killed
 *   faulty-wire       makes them go wrong
 *   provider-process  what the resources of one process share
 * engine/   what Pulumi does
 *   resource          a resource and what is recorded of it
 *   virtual-engine    which operation a command calls, and what it records
 *   command-end       how a command ended
 * people/   who gives commands and meddles
 *   beginnings        how a world begins
 *   edits             changes of the program
 *   plans             what becomes of tasks, in words
 *   weathers          faults and crashes by chance
 *   steps             all that can happen, in words
 *   world             brings everything together
 *   in-short          short words for sequences that are written by hand
 * witness/  who judges
 *   documents         what the documents say about inputs, in the test's own words
 *   witness           sees everything, and says what must not have happened
 *   command-case      what one command does with one resource
 *   ledger            what was launched, for whom and why
 *   judge-launch      I1 and I2: a run once, and never two at once
 *   judge-stop        I5: nothing is stopped that nobody wanted to be stopped
 *   judge-success     I3 and I6: success is what was asked for
 *   judge-record      I9: what is in state
 *   deadlines         I7: how long a command may take
 *   launch-pace       I8: how many launches, and how fast
 *   excuses           what cannot be known
 */

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

interface Sequence {
  readonly beginning: Beginning;
  readonly steps: readonly Step[];
}

/** The world after a sequence. @throws Violation when something happened that must not. */
export async function worldAfter({ beginning, steps }: Sequence, mutation?: Mutation): Promise<World> {
  const world = new World(beginning, mutation);
  for (const step of steps) if (step.check(world)) await step.run(world);
  return world;
}

/** Plays one sequence. @returns what must not have happened, in words; `undefined` when nothing did. */
export async function play(sequence: Sequence, mutation?: Mutation): Promise<string | undefined> {
  try {
    const world = await worldAfter(sequence, mutation);
    await world.comesToRest();
    return undefined;
  } catch (error) {
    return textOf(error);
  }
}
