/** A table of results.md. */
export interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What we want to reach, and whether this run did. */
export interface Goal {
  readonly goal: string;
  readonly measured: string;
  readonly isMet: boolean;
  /** Why it is out of reach, with what a profile shows; told only where the goal is not met. */
  readonly reason?: string;
}

/** A line of the table in the README. */
export interface Headline {
  readonly what: string;
  readonly here: string;
  readonly others: string;
  readonly sentence: string;
}

/** The answer to one question. */
export interface Finding {
  readonly title: string;
  /** How it was measured, in Markdown. */
  readonly method: string;
  readonly tables: readonly Table[];
  readonly goals: readonly Goal[];
  readonly headlines: readonly Headline[];
}

/** A question that a file in `bench/` answers. */
export interface Question {
  readonly name: string;
  /** @param isQuick - a few samples only: to see that it works, not to learn anything. */
  readonly measure: (isQuick: boolean) => Promise<Finding>;
}
