import { diagnosisText, type Diagnosis } from "../task/diagnose";
import { expectationOf } from "../task/expectation";
import { judgeOutcome, type Outcome } from "../task/judge-outcome";
import type { TaskState } from "../task/task-state";
import { explainFailure } from "./explain-failure";
import type { RunPorts } from "./run-ports";
import { runState, type RunFacts, type RunReport } from "./run-report";

/** What we did to a run and why, where its failure is our doing. */
export type Cause = Pick<Diagnosis, "summary" | "code" | "remedy">;

/** The record of a run whose tasks are judged as they were last seen. */
export function judgedState(facts: RunFacts): { state: TaskState; outcome: Outcome } {
  const outcome = judgeOutcome(facts.tasks, expectationOf(facts.inputs, facts.essentialContainers));
  const reasons = outcome.kind === "FAILED" ? outcome.reasons.map(({ text }) => text) : [];
  const failure = [...(facts.shortfall ? [facts.shortfall] : []), ...reasons].join(", ");
  const state = failure
    ? runState(facts, "FAILED", "FAILED", failure)
    : runState(facts, "SETTLED", outcome.kind);
  return { state, outcome };
}

/**
 * Judges the tasks of a run as they were last seen, and explains a failure.
 *
 * @param cause - what led to it when it was not the tasks' own doing, e.g. our stopping them after a timeout.
 */
export async function judgeRun(ports: RunPorts, facts: RunFacts, cause?: Cause): Promise<RunReport> {
  const { state, outcome } = judgedState(facts);
  if (outcome.kind === "FAILED") return { state, problem: await explain(ports, facts, outcome, cause) };
  if (!facts.shortfall) return { state };
  const problem = `The run is incomplete: ${facts.shortfall}. Run \`pulumi up\` again when this is settled: it starts all of them anew.`;
  return { state, problem };
}

async function explain(
  ports: RunPorts,
  facts: RunFacts,
  failed: Extract<Outcome, { kind: "FAILED" }>,
  cause: Cause | undefined,
): Promise<string> {
  const { diagnosis, logs } = await explainFailure(ports, facts, failed);
  if (!cause) return diagnosisText(diagnosis, logs);
  const summary = `${cause.summary}; ${lowerFirst(diagnosis.summary)}`;
  return diagnosisText({ ...diagnosis, ...cause, summary }, logs);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
