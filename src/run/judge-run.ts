import { diagnosisText, type Diagnosis } from "../task/diagnose";
import { expectationOf } from "../task/expectation";
import { judgeOutcome, type Outcome } from "../task/judge-outcome";
import { taskCount } from "../task/task-count";
import type { TaskState } from "../task/task-state";
import { explainFailure } from "./explain-failure";
import type { RunPorts } from "./run-ports";
import { runState, type RunFacts, type RunReport } from "./run-report";

/** Codes of failures that we see and ECS does not speak of, each with its section in docs/errors.md. */
export const CAUSE_CODES = ["RUN_INCOMPLETE", "START_TIMED_OUT", "TIMED_OUT"] as const;

/** What we did to a run and why, where its failure is our doing. */
export interface Cause extends Pick<Diagnosis, "summary" | "remedy"> {
  readonly code: (typeof CAUSE_CODES)[number];
}

/** The record of a run whose tasks are judged as they were last seen. */
export function judgedState(facts: RunFacts): JudgedRun {
  const outcome = judgeOutcome(facts.tasks, expectationOf(facts.inputs, facts.essentialContainers));
  const reasons = outcome.kind === "FAILED" ? outcome.reasons.map(({ text }) => text) : [];
  const shortfall = facts.shortfall ?? missingTasks(facts);
  const failure = [...(shortfall ? [shortfall] : []), ...reasons].join(", ");
  const state = failure
    ? runState(facts, "FAILED", "FAILED", failure)
    : runState(facts, "SETTLED", outcome.kind);
  return { state, outcome, shortfall };
}

const INCOMPLETE = {
  code: "RUN_INCOMPLETE" satisfies Cause["code"],
  details: [],
  remedy:
    "see to it that there is room for all of them (capacity, quotas); then run `pulumi up` again: it starts all of them anew.",
};

interface JudgedRun {
  readonly state: TaskState;
  readonly outcome: Outcome;
  /** Why it is incomplete. */
  readonly shortfall: string | undefined;
}

/** Why tasks are missing was told when they were launched; that they are holds for as long as the run is judged. */
function missingTasks({ tasks, inputs }: RunFacts): string | undefined {
  const wanted = taskCount(inputs);
  return tasks.length < wanted ? `only ${tasks.length} of ${wanted} tasks were started` : undefined;
}

/**
 * Judges the tasks of a run as they were last seen, and explains a failure.
 *
 * @param cause - what led to it when it was not the tasks' own doing, e.g. our stopping them after a timeout.
 */
export async function judgeRun(ports: RunPorts, facts: RunFacts, cause?: Cause): Promise<RunReport> {
  const { state, outcome, shortfall } = judgedState(facts);
  if (outcome.kind === "FAILED") return { state, problem: await explain(ports, facts, outcome, cause) };
  if (!shortfall) return { state };
  return {
    state,
    problem: diagnosisText({ ...INCOMPLETE, summary: `The run is incomplete: ${shortfall}` }, []),
  };
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
