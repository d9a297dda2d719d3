import type { SurveyProgress } from "../../run/survey-images";
import { ProgressLine } from "./progress-line";

/** Shows on stderr how far a survey is, until it has ended. */
export async function surveyProgress<Result>(
  survey: (onProgress: (progress: SurveyProgress) => void) => Promise<Result>,
): Promise<Result> {
  const line = new ProgressLine(process.stderr);
  line.show("Listing tasks …");
  try {
    return await survey(({ clusters, tasks, describedTasks }) => {
      line.show(
        `${describedTasks} of ${tasks} tasks in ${clusters} ${clusters === 1 ? "cluster" : "clusters"} …`,
      );
    });
  } finally {
    line.clear();
  }
}
