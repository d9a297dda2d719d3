import type { RunPorts } from "./ports/run-ports";
import type { RunResult } from "./run-result";

/** Brings a run to its end, and gives its tasks up when that is not what was asked for. */
export async function releasingFailed(
  { claims }: Pick<RunPorts, "claims">,
  life: string,
  act: () => Promise<RunResult>,
): Promise<RunResult> {
  claims.begin(life);
  let report: RunResult | undefined;
  try {
    report = await act();
    return report;
  } finally {
    if (report === undefined || report.failure !== undefined) claims.release(life);
  }
}
