import type { FindProgress } from "../../lookup/find-tasks-by-image";
import { ProgressLine } from "./progress-line";

/** Shows on stderr how far a survey is, until it has ended. */
export async function surveyProgress<Result>(
  survey: (onProgress: (progress: FindProgress) => void) => Promise<Result>,
): Promise<Result> {
  const line = new ProgressLine(process.stderr);
  line.show("Listing tasks …");
  try {
    return await survey(({ clusters, tasks, describedTasks, askedImages }) => {
      const where = `in ${clusters} ${clusters === 1 ? "cluster" : "clusters"}`;
      const registries = askedImages === undefined ? "" : `, registry asked about ${askedImages} images`;
      line.show(`${describedTasks} of ${tasks} tasks ${where}${registries} …`);
    });
  } finally {
    line.clear();
  }
}
