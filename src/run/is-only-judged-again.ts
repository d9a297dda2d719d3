import { asksForJudgement, type InputChange } from "../inputs/diff-inputs";
import { isOver } from "../outcome/is-over";
import type { TaskState } from "./task-state";

/** Whether changes of the inputs lead to another judgement of the recorded run, and to nothing else: whatever it was judged before. */
export function isJudgedAgain({ tasks, phase }: TaskState, changes: readonly InputChange[]): boolean {
  const hasEnded = tasks.length > 0 && tasks.every(isOver);
  return asksForJudgement(changes) && hasEnded && phase !== "UNKNOWN";
}
