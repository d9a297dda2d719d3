import { lastLines } from "../logs/last-lines";
import { diagnose, diagnosisText, type Diagnosis } from "../task/diagnose";
import { expectationOf } from "../task/expectation";
import { judgeOutcome, type FailedReason, type Outcome } from "../task/judge-outcome";
import { logTargets } from "../task/log-target";
import { normaliseInputs } from "../task/normalise-inputs";
import { redactor } from "../task/redact";
import type { TaskState } from "../task/task-state";
import type { RunPorts } from "./run-ports";
import { runState, type RunFacts, type RunReport } from "./run-report";

/** Codes of failures that are our doing, each with its section in docs/errors.md. */
export const CAUSE_CODES = ["START_TIMED_OUT", "TIMED_OUT"] as const;

/** What we did to a run and why, where its failure is our doing. */
export interface Cause extends Pick<Diagnosis, "summary" | "remedy"> {
  readonly code: (typeof CAUSE_CODES)[number];
}

/** The record of a run whose tasks are judged as they were last seen. */
export function judgedState(facts: RunFacts): { state: TaskState; outcome: Outcome } {
  const outcome = judgeOutcome(facts.tasks, expectationOf(facts.inputs, facts.essentialContainers));
  const reasons = outcome.kind === "FAILED" ? outcome.reasons.map(({ text }) => text) : [];
  const failure = [...(facts.shortfall ? [facts.shortfall] : []), ...reasons].join(", ");
  const state = failure ? runState(facts, "FAILED", "FAILED", failure) : runState(facts, "SETTLED", outcome.kind);
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
  outcome: Extract<Outcome, { kind: "FAILED" }>,
  cause: Cause | undefined,
): Promise<string> {
  const diagnosis = diagnose(facts.tasks, outcome);
  // With STREAM they have been shown already, with OFF nobody wants them.
  const showsLines = normaliseInputs(facts.inputs).showLogs === "ON_FAILURE";
  const shown = showsLines ? ranAndFailed(outcome.reasons) : [];
  const logs = await Promise.all(shown.map((reason) => linesOf(ports, facts, reason)));
  if (!cause) return diagnosisText(diagnosis, logs);
  const summary = `${cause.summary}; ${lowerFirst(diagnosis.summary)}`;
  return diagnosisText({ ...diagnosis, ...cause, summary }, logs);
}

/** The failures of containers that began to run: only they can have written anything. */
function ranAndFailed(reasons: readonly FailedReason[]): FailedReason[] {
  return reasons.filter(({ container }) => container?.runtimeId !== undefined || container?.exitCode !== undefined);
}

function linesOf(ports: RunPorts, facts: RunFacts, reason: FailedReason) {
  const container = reason.container?.name ?? "";
  const target = logTargets(facts.definition, reason.taskArn)[container];
  return lastLines({ logs: ports.logs, clock: ports.clock, redact: redactor(facts.inputs) }, container, target);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
