import { INPUT_DEFAULTS } from "./task-inputs";

interface CountedInputs {
  readonly containerInstances?: readonly string[] | undefined;
  readonly count?: number | undefined;
}

/** How many tasks a run consists of: one on each named container instance, or as many as are asked for. */
export function taskCount({ containerInstances, count }: CountedInputs): number {
  const named = containerInstances?.length ?? 0;
  return named > 0 ? named : (count ?? INPUT_DEFAULTS.count);
}
