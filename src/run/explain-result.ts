import type { CAUSE_CODES } from "../errors";
import { diagnosisText, type Diagnosis } from "../outcome/explain/diagnose";
import { expectationOf } from "../outcome/expectation";
import { reasonsText } from "../outcome/explain/group-reasons";
import type { Outcome } from "../outcome/judge-outcome";
import { settle, type Deeds, type GaveUp, type Goal, type Verdict } from "../outcome/settle";
import { explainRun } from "../outcome/explain/explain-run";
import type { RunPorts } from "./ports/run-ports";
import { readDefinition } from "./read-definition";
import { runState, type RunFacts, type RunResult } from "./run-result";

/** What we did to a run and why, where its failure is our doing. */
export interface Cause extends Pick<Diagnosis, "summary" | "remedy"> {
  readonly code: (typeof CAUSE_CODES)[number];
  /** Where the tasks that we stopped had been seen before, and who waited for whom. */
  readonly lastSeen: string;
  /** The tasks that we stopped. */
  readonly taskArns: readonly string[];
}

/** What is asked of a run. */
export function goalOf({ order, essentialContainers, dependencies }: RunFacts): Goal {
  const { normal, wanted } = order;
  const expectation = { ...expectationOf(normal, essentialContainers), dependencies };
  return { waitFor: normal.waitFor, wanted, expectation };
}

/** What the tasks of a run have come to, as they were last seen. */
export function verdictOf(facts: RunFacts, gaveUp?: GaveUp, deeds: Deeds = {}): Verdict {
  const { tasks, shortfall } = facts;
  return settle(goalOf(facts), gaveUp ? { tasks, gaveUp } : { tasks }, { shortfall, ...deeds });
}

type Failed = Extract<Verdict, { phase: "FAILED" }>;

/** Why a run failed, in one line. What we did stands for how the tasks ended to which we did it. */
export function failureOf({ reasons, shortfall }: Failed, taskCount: number, cause?: Cause): string {
  const own = reasons.filter(({ taskArn }) => !cause?.taskArns.includes(taskArn));
  return [shortfall, cause && lowerFirst(cause.summary), reasonsText(own, taskCount)]
    .filter(Boolean)
    .join(", ");
}

const INCOMPLETE = {
  code: "RUN_INCOMPLETE" satisfies Cause["code"],
  details: [],
  remedy:
    "see to it that there is room for all of them (capacity, quotas); then run `pulumi up` again: it starts all of them anew.",
};

/** What is known of a run that is over. */
interface EndedRun extends RunFacts {
  /** What led to its end when it was not the tasks' own doing, e.g. our stopping them after a timeout. */
  readonly cause?: Cause | undefined;
}

/** The report of a run that is settled or has failed, with an explanation of the failure. */
export async function reportEnd(
  ports: RunPorts,
  facts: EndedRun,
  verdict: Extract<Verdict, { phase: "SETTLED" | "FAILED" }>,
): Promise<RunResult> {
  if (verdict.phase === "SETTLED") return { state: runState(facts, verdict) };
  const state = runState(facts, verdict, failureOf(verdict, facts.tasks.length, facts.cause));
  const [first, ...others] = verdict.reasons;
  if (first) {
    const failed: FailedOutcome = { kind: "FAILED", reasons: [first, ...others] };
    return { state, problem: await explain(ports, facts, failed) };
  }
  const summary = `The run is incomplete: ${verdict.shortfall ?? ""}`;
  return { state, problem: diagnosisText({ ...INCOMPLETE, summary }, []) };
}

/** The report of a run by what is known of it, where nothing was done about its tasks. */
export async function reportVerdict(ports: RunPorts, facts: RunFacts, verdict: Verdict): Promise<RunResult> {
  if (verdict.phase === "SETTLED") return reportEnd(ports, facts, verdict);
  if (verdict.phase === "FAILED") {
    // A record does not say where the containers write to.
    const definition = await readDefinition(ports, facts.tasks[0]?.taskDefinitionArn);
    return reportEnd(ports, { ...facts, definition }, verdict);
  }
  throw new Error(`a run that has ended was judged to be ${verdict.phase}`);
}

type FailedOutcome = Extract<Outcome, { kind: "FAILED" }>;

async function explain(ports: RunPorts, facts: EndedRun, failed: FailedOutcome): Promise<string> {
  const { cause } = facts;
  const { diagnosis, logs } = await explainRun(ports, explained(facts), failed);
  if (!cause) return diagnosisText(diagnosis, logs);
  const lastSeen = cause.lastSeen ? `, last seen ${cause.lastSeen}` : "";
  const summary = `${cause.summary}${lastSeen}; ${lowerFirst(diagnosis.summary)}`;
  return diagnosisText({ ...diagnosis, ...cause, summary }, logs);
}

function explained({ order, tasks, definition }: RunFacts) {
  return { tasks, definition, showLogs: order.normal.showLogs };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
