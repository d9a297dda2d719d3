import type { Beginning } from "./people/beginnings";
import type { Step } from "./people/steps";

/** A sequence that once went wrong. */
export interface Scenario {
  readonly name: string;
  readonly beginning: Beginning;
  readonly steps: readonly Step[];
}
