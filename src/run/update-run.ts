import { asksForRun, diffInputs } from "../task/diff-inputs";
import { isJudgedAgain } from "../task/judged-again";
import { normaliseInputs } from "../task/normalise-inputs";
import { runIdentity, type TaskState } from "../task/task-state";
import type { TaskInputs } from "../task/task-inputs";
import { followRun } from "./follow-run";
import { judgeRun } from "./judge-run";
import { resumeUnknown } from "./resume-unknown";
import type { RunPorts } from "./run-ports";
import { recordedFacts, runState, type RunReport } from "./run-report";
import { startRun } from "./start-run";

/**
 * Brings a recorded run to what the inputs now ask for: a new run, going on with the recorded one, judging it
 * again, or nothing but the new inputs.
 */
export async function updateRun(ports: RunPorts, recorded: TaskState, news: TaskInputs): Promise<RunReport> {
  const changes = diffInputs(recorded, news);
  const nextRun = { ...runIdentity(recorded), generation: recorded.generation + 1 };
  if (asksForRun(changes)) return startRun(ports, { inputs: news, run: nextRun, recorded });
  const facts = recordedFacts(recorded, recorded.tasks, news);
  if (isJudgedAgain(recorded, changes)) return judgeRun(ports, facts);
  switch (recorded.phase) {
    case "FAILED":
      return startRun(ports, { inputs: news, run: nextRun, recorded });
    case "RUNNING":
      return followRun(ports, facts, { wereSeen: true });
    case "UNKNOWN":
      return resumeUnknown(ports, recorded, news);
    case "SETTLED": {
      const wantsTheEnd = normaliseInputs(news).waitFor === "STOPPED" && recorded.outcome !== "SUCCEEDED";
      if (wantsTheEnd) return followRun(ports, facts, { wereSeen: true });
      return { state: runState(facts, recorded.phase, recorded.outcome) };
    }
  }
}
