import type { RunPorts } from "./ports/run-ports";
import type { RunReport } from "./run-report";

/** Brings a run to its end, and gives its tasks up when that is not what was asked for. */
export async function releasingFailed(
  { claims }: Pick<RunPorts, "claims">,
  life: string,
  act: () => Promise<RunReport>,
): Promise<RunReport> {
  claims.begin(life);
  let report: RunReport | undefined;
  try {
    report = await act();
    return report;
  } finally {
    if (report === undefined || report.problem !== undefined) claims.release(life);
  }
}
