import type { RunPorts } from "./run-ports";
import type { RunReport } from "./run-report";

/** Gives the tasks of a run free when it did not come to what was asked for: a hook may ask for the resource again. */
export async function releasingFailed(
  { claims }: Pick<RunPorts, "claims">,
  life: string,
  act: () => Promise<RunReport>,
): Promise<RunReport> {
  let report: RunReport | undefined;
  try {
    report = await act();
    return report;
  } finally {
    if (report === undefined || report.problem !== undefined) claims.release(life);
  }
}
