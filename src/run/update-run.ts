import { asksForRun, diffInputs } from "../inputs/diff-inputs";
import { isJudgedAgain } from "./is-only-judged-again";
import { orderOf } from "./order/order";
import { redactor } from "../inputs/redact-secrets";
import { isStoppedByNow } from "../outcome/is-over";
import { asRecorded, isReached, settle } from "../outcome/settle";
import { runIdentity, type TaskState } from "./task-state";
import { isForTheEnd, type TaskInputs } from "../inputs/task-inputs";
import { followRun } from "./follow/follow-run";
import { goalOf, reportVerdict } from "./explain-result";
import { redactingPorts } from "./ports/redacting-ports";
import { releasingFailed } from "./release-failed-tasks";
import { resumeUnknown } from "./resume-unknown";
import type { RunPorts } from "./ports/run-ports";
import { recordedFacts, runState, type RunResult } from "./run-result";
import { runOrder } from "./start-run";
import { warnOfStrays } from "./warn-of-strays";

/**
 * Brings a recorded run to what the inputs now ask for: a new run, going on with the recorded one, judging it
 * again, or nothing but the new inputs.
 */
export function updateRun(ports: RunPorts, recorded: TaskState, news: TaskInputs): Promise<RunResult> {
  const redacting = redactingPorts(ports, redactor(news, recorded));
  return releasingFailed(ports, recorded.life, () => update(redacting, recorded, news));
}

async function update(ports: RunPorts, recorded: TaskState, news: TaskInputs): Promise<RunResult> {
  const changes = diffInputs(recorded, news);
  const nextRun = { ...runIdentity(recorded), generation: nextGeneration(recorded) };
  const runNext = () => runOrder(ports, orderOf(news, nextRun, ports.region), { recorded });
  if (asksForRun(changes)) return runNext();
  const facts = recordedFacts(recorded, ports.region, news);
  const { waitFor } = facts.order.normal;
  const isThere = recorded.tasks.every(
    (task) => isReached(task, waitFor) || isStoppedByNow(task, ports.clock.wallMs()),
  );
  const goOn = () => followRun(ports, facts, { wereSeen: true });
  if (isJudgedAgain(recorded, changes) && isThere) {
    await warnOfStrays(ports, facts.order, recorded);
    return reportVerdict(ports, facts, settle({ ...goalOf(facts), waitFor: "EXITED" }, facts));
  }
  switch (recorded.phase) {
    case "FAILED":
      // Judged again, its end is waited for first.
      return isJudgedAgain(recorded, changes) ? goOn() : runNext();
    case "RUNNING":
      return goOn();
    case "UNKNOWN":
      return resumeUnknown(ports, recorded, news);
    case "SETTLED": {
      if (isForTheEnd(waitFor) && !(isThere && recorded.outcome === "SUCCEEDED")) return goOn();
      await warnOfStrays(ports, facts.order, recorded);
      return { state: runState(facts, asRecorded({ phase: recorded.phase, outcome: recorded.outcome })) };
    }
  }
}

/**
 * Which run the next one is. Where it is not known whether the recorded one was started, it is that one, asked for with
 * other inputs: its tokens then tell what was started.
 */
function nextGeneration({ phase, tasks, generation }: TaskState): number {
  return phase === "UNKNOWN" && tasks.length === 0 ? generation : generation + 1;
}
